import { expect, test } from 'vitest';
import { settingsPath } from '../../src/context.ts';
import type { BlobText } from '../../src/github/blob-cache.ts';
import { gather } from '../../src/github/gather.ts';
import type { BlobRef } from '../../src/github/read-blobs.ts';

// Whatever a pull request does to the settings file, the base's settings are read: otherwise it could fall back to looser defaults.
const base = 'fail-at: low';
interface Side {
  readonly text: string;
  readonly size?: number;
}

async function gathered(head: Side | undefined, others = 1) {
  const names = Array.from({ length: others }, (_, i) => `m/f${i}.tf`);
  const tree = (side: string, settings: Side | undefined) => {
    const files = names.map((name) => [name, { sha: `${side}:${name}`, size: 10 }] as const);
    const own = settings ? [[settingsPath, { sha: settings.text, size: settings.size ?? 10 }] as const] : [];
    return new Map([...files, ...own]);
  };
  const read = (refs: readonly BlobRef[]) =>
    Promise.resolve(
      new Map(
        refs.map(({ sha }): [string, BlobText] => [
          sha,
          sha === 'binary' ? { is: 'unreadable', why: 'it is not text' } : { is: 'text', text: sha },
        ]),
      ),
    );
  const changed = [...names, settingsPath].map((path) => ({ path, status: 'modified' as const }));
  const { before, after, unread } = await gather(changed, { before: tree('old', { text: base }), after: tree('new', head) }, read);
  return {
    before: before.get(settingsPath)?.text,
    after: after.get(settingsPath)?.text,
    unread: unread.filter(({ path }) => path === settingsPath).map(({ why }) => why),
  };
}

test.each([
  ['edited', { text: 'fail-at: never' }, 'fail-at: never', []],
  ['removed', undefined, undefined, []],
  ['made binary', { text: 'binary' }, undefined, ['it is not text']],
  ['made huge', { text: 'x', size: 2_000_000 }, undefined, ['it is larger than 1 MB']],
])('%s', async (_, head, after, unread) => {
  expect(await gathered(head)).toEqual({ before: base, after, unread });
});

test('hidden behind more files than a review reads', async () => {
  expect(await gathered({ text: 'fail-at: never' }, 3000)).toEqual({ before: base, after: 'fail-at: never', unread: [] });
});
