import { code, list, plural } from '../engine/words.ts';
import type { FixedFile, FixSet } from '../fix/fix-all.ts';
import { fenced } from './comment.ts';
import { maskDiff } from './mask.ts';

/** What of a patch is shown in a comment, in UTF-16 units; GitHub takes 65,536 with all else. */
const most = 50_000;

/** All fixes as a comment: the patch, how to apply it, and what it holds. `why` it is no commit follows "because". GitHub-flavoured Markdown. */
export function renderPatch({ files, mended, left, unfixed }: FixSet, head: string, why: string): string {
  const shown: FixedFile[] = [];
  let length = 0;
  for (const file of files) {
    length += file.diff.length;
    if (length > most) break;
    shown.push(file);
  }
  const missing = files.filter((file) => !shown.includes(file));
  const patch = shown.map(({ diff }) => diff).join('');
  const safe = maskDiff(patch);
  const rest = left.length + unfixed.length;
  const parts = [
    `### Plumbline: all proven fixes as one patch\n\nIt mends ${plural(mended.length, 'finding')} at ${head.slice(0, 7)}${rest === 0 ? '' : `; ${plural(rest, 'other is', 'others are')} left to be mended by hand`}. It was not committed, because ${why}.`,
    safe === patch && missing.length === 0
      ? 'Save it as `fixes.patch` and run `git apply fixes.patch` on the branch, or run `plumbline fix --write` there.'
      : 'Run `plumbline fix --write` on the branch to apply it.',
    safe === patch ? '' : 'Values that look like secrets are not shown here, so this text can\u2019t be applied as it is.',
    missing.length === 0
      ? ''
      : `Too long to be shown: ${list(
          missing.map(({ path }) => code(path)),
          10,
        )}.`,
    shown.length === 0 ? '' : fenced('diff', safe),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
