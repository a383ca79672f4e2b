// Writes docs/rules and docs/coverage.md from the rules: `npm run docs`. With --check it writes nothing and fails when they are not fresh.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadRules } from '../dist/src/engine/load-rules.js';
import { coveragePage, indexPage, rulePage } from './rule-pages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const rules = await loadRules();
const pages = new Map([
  ['docs/rules/README.md', indexPage(rules)],
  ['docs/coverage.md', coveragePage(rules)],
  ...rules.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule)]),
]);
const folder = join(root, 'docs/rules');
const there = existsSync(folder) ? readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.md')) : [];
const gone = there.map((name) => `docs/rules/${name.replaceAll('\\', '/')}`).filter((path) => !pages.has(path));

if (process.argv.includes('--check')) {
  const current = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');
  const stale = [...gone, ...[...pages].filter(([path, text]) => current(path) !== text).map(([path]) => path)];
  for (const path of stale) console.error(`${path} is not what the rules say: run npm run docs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const path of gone) rmSync(join(root, path));
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  console.log(`${pages.size} pages written`);
}
