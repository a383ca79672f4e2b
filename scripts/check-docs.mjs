// What the documentation names must exist: links and their anchors, paths of the repository, npm scripts, commands and options of `plumbline`.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const has = (path) => existsSync(join(root, path));

// Pages made from the rules are held to them by rule-docs.mjs; their examples name files of other repositories.
const isGenerated = (path) => path.startsWith(join('docs', 'rules')) || path === join('docs', 'coverage.md');

const pages = [
  'README.md',
  '.github/CONTRIBUTING.md',
  ...(has('docs') ? readdirSync(join(root, 'docs'), { recursive: true }).map((name) => join('docs', name)) : []),
].filter((path) => path.endsWith('.md') && has(path) && !isGenerated(path));
const { scripts } = JSON.parse(read('package.json'));
const help = read('src/cli/help.ts');
const commands = new Set(Array.from(help.matchAll(/^ {2}plumbline ([a-z][a-z-]*)/gm), ([, command]) => command));
const options = new Set(Array.from(help.matchAll(/--[a-z][a-z-]*/g), ([option]) => option));

/** The anchors that GitHub gives to a page's headings. */
const anchorsOf = (markdown) => {
  const seen = new Map();
  return new Set(
    Array.from(withoutBlocks(markdown).matchAll(/^#{1,6}\s+(.*?)\s*$/gm), ([, heading]) => {
      const slug = heading
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-');
      const count = seen.get(slug) ?? 0;
      seen.set(slug, count + 1);
      return count === 0 ? slug : `${slug}-${count}`;
    }),
  );
};
const withoutBlocks = (markdown) => markdown.replace(/^(```|~~~)[^]*?^\1/gm, (block) => block.replace(/[^\n]/g, ' '));

/** Paths that the documentation names of its readers' repositories. */
const theirs = new Set(['.github/plumbline.yml']);

const problems = [];
let checked = 0;
const check = (page, text, offset, holds, message) => {
  checked++;
  if (!holds) problems.push(`${page}:${text.slice(0, offset).split('\n').length}: ${message}`);
};

for (const page of pages) {
  const text = read(page);
  const prose = withoutBlocks(text);

  for (const { 1: target, index } of prose
    .replace(/`[^`\n]*`/g, (span) => ' '.repeat(span.length))
    .matchAll(/\]\(<?([^)\s>]+)>?[^)]*\)|(?<=<(?:img|a)\b[^>]*\b(?:src|href)=")([^"]+)/g)) {
    if (target === undefined || /^[a-z][a-z0-9+.-]*:/i.test(target)) continue;
    const [path, anchor] = target.split('#');
    const file = path === '' ? page : relative(root, join(root, dirname(page), decodeURIComponent(path)));
    check(page, text, index, has(file), `the link ${target} leads nowhere`);
    if (anchor && has(file) && file.endsWith('.md'))
      check(page, text, index, anchorsOf(read(file)).has(anchor), `${file} has no heading #${anchor}`);
  }

  // Paths in code, unless they hold a placeholder such as <family> or a pattern.
  for (const { 1: path, index } of text.matchAll(
    /(?<![\w./<-])((?:src|test|rules|docs|scripts|bench|demo|examples|\.ci|\.github)\/[\w./-]*\w\/?)(?![\w<*{…-])/g,
  )) {
    check(page, text, index, has(normalize(path)) || theirs.has(path), `${path} does not exist`);
  }

  for (const { 1: script, index } of text.matchAll(/\bnpm run(?: --?[a-z-]+)* ([a-z][a-z:-]*)/g))
    check(page, text, index, script in scripts, `package.json has no script "${script}"`);
  for (const { 1: script, index } of text.matchAll(/\bnpm (start|test)\b/g))
    check(page, text, index, script in scripts, `package.json has no script "${script}"`);

  // A command line stands in code: after a span's or line's beginning, a prompt, npx or another command.
  for (const { 1: rest, index } of text.matchAll(/(?:`|^\s*(?:\$ )?|&& |\| |npx )plumbline(?: ([a-z-][^`\n|&]*))?(?=[`\n|&])/gm)) {
    if (rest === undefined) continue;
    const words = rest.split(/\s+/);
    const command = words.find((word) => !word.startsWith('-'));
    if (!words[0].startsWith('-')) check(page, text, index, commands.has(command), `plumbline has no command "${command}"`);
    for (const [option] of rest.matchAll(/(?<=^|\s)--[a-z][a-z-]*/g))
      check(page, text, index, options.has(option), `plumbline has no option ${option}`);
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  console.error(`\n${problems.length} of ${checked} links, paths and commands in ${pages.length} pages are wrong.`);
  process.exit(1);
}
console.log(`${checked} links, paths and commands in ${pages.length} pages exist.`);
