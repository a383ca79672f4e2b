import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** What people hold against reviewers, each told as a story whose title begins with it. */
const complaints = [
  'comment spam',
  'duplicate on push',
  'duplicate on rebase',
  'duplicate after a reply',
  'unchanged lines',
  'out of diff',
  'one bad line loses all',
  'wrong suggestion',
  'forks',
  'rate limit',
  'too long',
  'large',
  'stale check',
  'merge queue',
  're-raise',
  'not marked fixed',
  'suppress',
  'who may dismiss',
  'policy change',
  'secrets',
];

const folder = fileURLToPath(new URL('..', import.meta.url));
const titles = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/^test(?:\.each\([^)]*\))?\(\s*'([^']+)'/gm)])
  .map(([, title]) => title ?? '');

test.each(complaints)('there is a story about: %s', (complaint) => {
  expect(titles.filter((title) => title.startsWith(complaint))).not.toEqual([]);
});
