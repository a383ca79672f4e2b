import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run, type Reviewer } from '../../src/cli/run.ts';
import { settingsPath } from '../../src/context.ts';
import { review } from '../../src/review.ts';
import { notebook, open, rules, safe, today } from '../config/reviewed.ts';
import { sandbox } from '../git/sandbox.ts';

const real: Reviewer = (change) => review(change, rules, today);

async function plumbline(cwd: string, ...args: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({ isTTY: false, columns: 90, write: (text: string) => (written[name] += text) });
  const status = await run(['scan', ...args], { stdout: output('stdout'), stderr: output('stderr'), env: {}, cwd }, real);
  return { status, ...written };
}

interface Found {
  readonly verdict: string;
  readonly findings: readonly { readonly rule: string; readonly path: string; readonly line: number; readonly place: string }[];
  readonly suppressions: readonly { readonly added: boolean }[];
}
async function found(cwd: string, ...args: readonly string[]) {
  const { stdout } = await plumbline(cwd, ...args, '--format', 'json');
  const json = JSON.parse(stdout) as Found;
  return { ...json, findings: json.findings.map(({ rule, path, line, place }) => `${rule} ${path}:${line} ${place}`) };
}

test('lists what is old, committed or not, and leaves out what git ignores', async () => {
  using repository = sandbox({ 'a.tf': notebook(open), '.gitignore': 'made.tf\n' });
  repository.write('new/b.tf', notebook(open));
  repository.write('made.tf', notebook(open));
  expect(await found(repository.root)).toMatchObject({
    verdict: 'block',
    findings: ['notebooks/direct-internet a.tf:9 lines', 'notebooks/direct-internet new/b.tf:9 lines'],
  });
});

test('a folder of a checkout: only what is in it is judged, what is around it gives context', async () => {
  using repository = sandbox({
    'live/main.tf': 'module "lab" {\n  source = "../modules/lab"\n}\n',
    'modules/lab/main.tf': notebook(open),
    'other/main.tf': notebook(open),
  });
  expect((await found(repository.root, 'live')).findings).toEqual(['notebooks/direct-internet live/main.tf:1 lines']);
  expect((await found(join(repository.root, 'live'))).findings).toEqual(['notebooks/direct-internet live/main.tf:1 lines']);
});

test('obeys the settings and the suppressions, which it does not call added', async () => {
  using repository = sandbox({
    'a.tf': `# plumbline:ignore notebooks/direct-internet -- the lab is closed\n${notebook(open)}`,
    'b.tf': notebook(open, 'other'),
    'examples/c.tf': notebook(open, 'third'),
    [settingsPath]: 'ignore-paths: [examples]\nrules:\n  notebooks/direct-internet: low\n',
  });
  const { status, stdout } = await plumbline(repository.root);
  expect(status).toBe(0);
  expect(stdout).toContain('Would not block: 1 low in 1 file.');
  expect(stdout).not.toContain('added by this change');
  expect(await found(repository.root)).toMatchObject({ verdict: 'pass', suppressions: [{ added: false }] });
});

test('a plain folder, without following links and without what tools fetched', async () => {
  using outside = sandbox({ 'x.tf': notebook(open) });
  using inside = sandbox({ 'a.tf': notebook(open), '.terraform/modules/b.tf': notebook(open) });
  rmSync(join(inside.root, '.git'), { recursive: true });
  symlinkSync(join(outside.root, 'x.tf'), join(inside.root, 'link.tf'));
  symlinkSync(outside.root, join(inside.root, 'linked'));
  expect((await found(inside.root)).findings).toEqual(['notebooks/direct-internet a.tf:9 lines']);
});

test('nothing wrong, and nothing to read', async () => {
  using repository = sandbox({ 'a.tf': notebook(safe), 'README.md': 'x' });
  expect(await plumbline(repository.root)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('✓ No problem that Plumbline knows of.') as string,
  });
  repository.remove('a.tf');
  expect(await plumbline(repository.root)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('✓ There is no file here that Plumbline reads.') as string,
  });
});

test.each([
  [['nowhere'], 'There is no directory `nowhere`.'],
  [['a.tf'], 'There is no directory `a.tf`.'],
  [['a', 'b'], '`a b` is one word too many. Name one directory.'],
  [['--base', 'main'], '`plumbline scan` takes no --base.'],
])('scan %j is refused', async (args, why) => {
  using repository = sandbox({ 'a.tf': notebook(safe) });
  expect(await plumbline(repository.root, ...args)).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining(why) as string,
  });
});
