import { posix } from 'node:path';
import type { Snapshot } from '../documents/snapshot.ts';
import { filesIn, resolveIn } from './tree.ts';
import type { Repository } from './tree.ts';

/** How many files that code reads are asked for. */
const readLimit = 100;
/** Larger ones are not configuration, in bytes. */
const sizeLimit = 200_000;

const calls =
  /\b(?:(fileset)|templatefile|file(?:base64|md5|sha1|sha256|sha512|base64sha256|base64sha512)?)\([ \t\n]*\\?"([^"\\\n]{1,300})\\?"(?:[ \t\n]*,[ \t\n]*\\?"([^"\\\n]{1,200})\\?")?/g;

/**
 * The files that code reads through `file()`, `templatefile()` and `fileset()` where it names them plainly, from the module's directory
 * (which for the root module is also where other relative paths start).
 */
export function filesReadBy(code: Iterable<string>, repository: Repository, known: Snapshot): readonly string[] {
  const found = new Set<string>();
  for (const path of code) {
    const text = known.get(path)?.text;
    if (text === undefined || !/\.(?:tf|tf\.json|hcl)$/.test(path)) continue;
    for (const [, set, first = '', pattern] of text.matchAll(calls)) {
      const target = plainPath(first, posix.dirname(path));
      if (target === undefined) continue;
      for (const file of set === undefined ? [target] : matching(target, pattern ?? '', repository)) {
        if ((repository.tree.get(file)?.size ?? Infinity) <= sizeLimit) found.add(file);
        if (found.size >= readLimit) return [...found];
      }
    }
  }
  return [...found];
}

/** A path that is written out but for the directory that it begins with. */
function plainPath(written: string, directory: string): string | undefined {
  const path = written.replace(/^\$\{(?:path\.(?:module|root|cwd)|get_terragrunt_dir\(\))\}/, '.');
  return path.includes('${') || path.includes('%{') ? undefined : resolveIn(directory, path);
}

/** Files of one directory whose names match a pattern with `*`; of deeper ones nothing is known until they are named. */
function matching(directory: string, pattern: string, repository: Repository): readonly string[] {
  const at = resolveIn(directory, posix.dirname(pattern));
  const name = posix.basename(pattern);
  if (at === undefined || /[[\]{}?\\]/.test(pattern) || posix.dirname(pattern).includes('*')) return [];
  const [start = '', ...rest] = name.split('*');
  const end = rest.at(-1) ?? '';
  return filesIn(repository, at).filter((file) => {
    const base = posix.basename(file);
    return rest.length === 0
      ? base === name
      : rest.length === 1 && base.length >= start.length + end.length && base.startsWith(start) && base.endsWith(end);
  });
}
