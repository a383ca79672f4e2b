import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { applyPatch, parsePatch as parseDiff } from 'diff';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Change } from '../../src/change.ts';
import type { Snapshot } from '../../src/documents/snapshot.ts';
import { loadRules } from '../../src/engine/load-rules.ts';
import type { Files } from '../../src/engine/rule.ts';
import { understand, type Understanding } from '../../src/engine/understand.ts';
import { anchorOf, isOnLines } from '../../src/github/post-comment.ts';
import { renderComment } from '../../src/report/comment.ts';
import type { ReviewComment } from '../../src/report/review.ts';
import { fix, review } from '../../src/review.ts';
import { changeOf, today } from '../config/reviewed.ts';
import { anchor, spansDeletedLines } from '../support/github/anchors.ts';
import { applyEdits, suggestionsIn } from '../support/github/suggestions.ts';

/** More than the suite needs: `PLUMBLINE_CASES=5000 npx vitest run test/product/suggestions.property.test.ts`. */
const cases = Number(process.env['PLUMBLINE_CASES'] ?? 60);
const rules = await loadRules();

const anchors = `defaults: &defaults
  securityContext:
    privileged: true # as the driver wants it
    runAsUser: 0
server:
  image: vllm/vllm-openai:latest
  <<: *defaults
worker:
  image: "vllm/vllm-openai:latest"
  resources: {limits: {nvidia.com/gpu: 1}}
  <<: *defaults
`;

/** Several findings whose fixes belong on the same lines. */
const together = `resource "aws_sagemaker_notebook_instance" "lab" {
  name          = "lab"
  instance_type = "ml.t3.medium"
  role_arn      = "arn:aws:iam::123456789012:role/lab"
}

resource "aws_sagemaker_notebook_instance" "open" {
  name                   = "open"
  instance_type          = "ml.t3.medium"
  role_arn               = "arn:aws:iam::123456789012:role/lab"
  direct_internet_access = "Enabled" # for now
  root_access            = "Enabled"
}
`;

/** The same in YAML, and on one line of it. */
const pod = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: vllm
spec:
  template:
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.10.0
          args: [--model, acme/llm]
          securityContext: {allowPrivilegeEscalation: true, runAsUser: 0}
          resources: {limits: {nvidia.com/gpu: 1}}
`;

/** One file in ten is one in which fixes meet. */
const meeting: readonly Files[] = [{ 'main.tf': together }, { 'vllm.yaml': pod }];

/** Files of every dialect and every rule: each is an example of something wrong. */
const shapes: readonly Files[] = [
  { 'values.yaml': anchors },
  ...meeting,
  ...rules
    .flatMap(({ examples }) => [...examples.bad, ...examples.good])
    .map(({ files }) =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace(/[ \t]*(?:#|\/\/) <- finds.*$/gm, '')])),
    ),
];

const count = { cases: 0, comments: 0, lines: 0, suggestions: 0, patches: 0, with: 0, sets: 0, formatted: 0 };

/** What a pull request did to one file. */
const edit = fc.record({
  /** Lines that are in the head only, as shares of the file. */
  added: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 6 })), { maxLength: 3 }),
  /** Lines that the base had instead. */
  replaced: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
  is: fc.constantFrom('new', 'edited', 'edited', 'edited', 'old'),
  /** Comment lines above and below, so that hunks lie anywhere. */
  above: fc.integer({ min: 0, max: 9 }),
  below: fc.integer({ min: 0, max: 9 }),
  breaks: fc.constantFrom('\n', '\n', '\n', '\r\n'),
  unended: fc.boolean(),
  tabs: fc.constantFrom(false, false, false, true),
});
type EditOfFile = typeof edit extends fc.Arbitrary<infer T> ? T : never;

const picked = fc.oneof(
  { weight: 9, arbitrary: fc.nat({ max: shapes.length - 1 }) },
  { weight: 1, arbitrary: fc.constantFrom(...meeting.map((files) => shapes.indexOf(files))) },
);
const pull = fc.array(fc.tuple(picked, edit), { minLength: 1, maxLength: 3 });

/** Always among the cases, so that every way of mending is met: whole new files, with line breaks that a suggestion can and can't carry. */
const plain: EditOfFile = { added: [], replaced: [], is: 'new', above: 0, below: 0, breaks: '\n', unended: false, tabs: false };
const examples = (['\n', '\r\n'] as const).map((breaks): [[number, EditOfFile][]] => [
  meeting.map((files) => [shapes.indexOf(files), { ...plain, breaks }]),
]);

function texts(path: string, shape: string, one: EditOfFile): { readonly before: string | undefined; readonly after: string } {
  const comment = path.endsWith('.json') ? '' : '# a line that says nothing\n';
  const body = one.tabs && path.endsWith('.tf') ? shape.replace(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2)) : shape;
  const whole = comment.repeat(one.above) + body + (body.endsWith('\n') ? '' : '\n') + comment.repeat(one.below);
  const lines = whole.split('\n');
  const was: (string | undefined)[] = [...lines];
  for (const [share, many] of one.added) was.fill(undefined, Math.floor(share * lines.length), Math.floor(share * lines.length) + many);
  for (const share of one.replaced) was[Math.floor(share * (lines.length - 1))] = path.endsWith('.json') ? '' : '# it was something else';
  const finish = (text: string): string => (one.unended ? text.trimEnd() : text).replaceAll('\n', one.breaks);
  const after = finish(whole);
  if (one.is === 'old') return { before: after, after };
  return { before: one.is === 'new' ? undefined : finish(was.filter((line) => line !== undefined).join('\n')), after };
}

function changeOfCase(picked: readonly (readonly [number, EditOfFile])[]): Change {
  const before: Record<string, string> = {};
  const after: Record<string, string> = {};
  for (const [i, [index, one]] of picked.entries()) {
    for (const [path, shape] of Object.entries(shapes[index] ?? {})) {
      const at = `part${i}/${path}`;
      const made = texts(path, shape, one);
      after[at] = made.after;
      if (made.before !== undefined) before[at] = made.before;
    }
  }
  return changeOf(before, after);
}

const put = (snapshot: Snapshot, texts: Files): Snapshot =>
  new Map([...snapshot, ...Object.entries(texts).map(([path, text]) => [path, { path, text, sha: `fixed ${text}` }] as const)]);
const keysOf = ({ findings }: Understanding): ReadonlySet<string> => new Set(findings.map(({ key }) => key));

/** Holds new texts of files to what a fix promises: they read, the finding is gone, none has come. */
function expectMended(head: Understanding, fixed: Files, gone: readonly string[]): void {
  const then = understand(put(head.snapshot, fixed), rules);
  const files = new Set(Object.keys(fixed));
  const broken = ({ model }: Understanding): number => model.problems.filter(({ span }) => files.has(span.file)).length;
  expect(broken(then)).toBeLessThanOrEqual(broken(head));
  const [was, is] = [keysOf(head), keysOf(then)];
  expect(gone.filter((key) => is.has(key))).toEqual([]);
  expect([...is].filter((key) => !was.has(key))).toEqual([]);
  for (const [path, text] of Object.entries(fixed)) format(path, head.snapshot.get(path)?.text ?? '', text);
}

// All Terraform files are looked at by one run of terraform at the end.
const directory = mkdtempSync(join(tmpdir(), 'plumbline-fmt-'));
function format(path: string, before: string, after: string): void {
  if (!path.endsWith('.tf')) return;
  const at = String(count.formatted++);
  for (const [side, text] of [
    ['was', before],
    ['is', after],
  ] as const) {
    const file = join(directory, side, `${at}.tf`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function applied(diff: string, head: Snapshot): Files {
  return Object.fromEntries(
    parseDiff(diff).map((file) => {
      const path = (file.newFileName ?? '').replace(/^b\//, '');
      const text = applyPatch(head.get(path)?.text ?? '', file, { autoConvertLineEndings: false });
      if (text === false) throw new Error(`The patch does not apply to ${path}:\n${diff}`);
      return [path, text];
    }),
  );
}

function checkAnchors(change: Change, comments: readonly ReviewComment[]): void {
  for (const comment of comments.filter(isOnLines)) {
    count.lines++;
    const { path, line, side, start_line: startLine } = anchorOf(comment.place);
    const file = change.files.find((one) => one.path === path);
    if (file?.patch === undefined) throw new Error(`${path} has no diff to comment on`);
    const entry = { additions: 0, deletions: 0, blob: '', path, status: file.status, patch: file.patch };
    expect(anchor(entry, { line, side, startLine })).toBeTypeOf('object');
    if (comment.fix.is === 'suggestion') expect([side, spansDeletedLines(entry, startLine ?? line, line)]).toEqual(['RIGHT', false]);
  }
}

const suggestionOf = (comment: ReviewComment) => {
  const [lines, ...more] = suggestionsIn(renderComment(comment));
  if (!isOnLines(comment) || lines === undefined || more.length > 0) throw new Error('not one suggestion on lines');
  return { path: comment.place.file, from: comment.place.from, to: comment.place.to, lines };
};

async function check(change: Change): Promise<void> {
  const { comments, quiet } = await review(change, rules, today);
  const all = [...comments, ...quiet];
  count.cases++;
  count.comments += all.length;
  checkAnchors(change, all);
  const head = understand(change.after, rules);
  const textOf = (path: string): string => change.after.get(path)?.text ?? '';
  const suggested = all.filter(({ fix: { is } }) => is === 'suggestion');
  for (const comment of suggested) {
    count.suggestions++;
    const one = suggestionOf(comment);
    expectMended(head, { [one.path]: applyEdits(textOf(one.path), [one]) }, [comment.key]);
  }
  for (const { fix: remedy, key, place } of all) {
    if (remedy.is !== 'with') continue;
    count.with++;
    const mends = (comment: ReviewComment): boolean => {
      const one = suggestionOf(comment);
      return !keysOf(understand(put(head.snapshot, { [one.path]: applyEdits(textOf(one.path), [one]) }), rules)).has(key);
    };
    // Its own place may be another line: what is absent is said of the whole resource.
    expect(suggested.some((comment) => comment.rule === remedy.rule && comment.place.file === place.file && mends(comment))).toBe(true);
  }
  for (const path of new Set(suggested.map(({ place }) => place.file)))
    applyEdits(
      textOf(path),
      suggested.map(suggestionOf).filter((one) => one.path === path),
    );
  for (const { fix: remedy, key } of all) {
    if (remedy.is !== 'patch') continue;
    count.patches++;
    expectMended(head, applied(remedy.diff, change.after), [key]);
  }
  const set = fix(change, rules, today, new Set());
  if (set.files.length === 0) return;
  count.sets++;
  const fixed = Object.fromEntries(set.files.map(({ path, after }) => [path, after]));
  expect(applied(set.files.map(({ diff }) => diff).join(''), change.after)).toEqual(fixed);
  expectMended(head, fixed, []);
}
test(
  'no comment stands where GitHub would refuse it, and every fix mends what it is for and nothing else',
  { timeout: cases * 2000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(pull, (parts) => check(changeOfCase(parts))),
      { numRuns: cases, examples, ...(process.env['PLUMBLINE_SEED'] !== undefined && { seed: Number(process.env['PLUMBLINE_SEED']) }) },
    );
    expect(Math.min(count.lines, count.suggestions, count.patches, count.with, count.sets)).toBeGreaterThan(0);
    if (cases > 1000) process.stdout.write(`${JSON.stringify(count)}\n`);
  },
);

/** The names of the files that `terraform fmt` would change, or can't read. */
const unformatted = (side: string): ReadonlySet<string> => {
  try {
    return new Set(
      execFileSync('terraform', ['fmt', '-list=true', '-write=false', join(directory, side)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
        .split('\n')
        .map((name) => name.replace(/^.*\//, ''))
        .filter(Boolean),
    );
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'stdout' in error)
      return new Set(
        String(error.stdout)
          .split('\n')
          .map((name) => name.replace(/^.*\//, '')),
      );
    throw error;
  }
};
const hasTerraform = ((): boolean => {
  try {
    execFileSync('terraform', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasTerraform)('terraform fmt changes no fixed file that was formatted before', () => {
  const was = unformatted('was');
  const worse = [...unformatted('is')].filter((name) => !was.has(name));
  if (cases > 1000 || process.env['SHOW'])
    process.stdout.write(`${count.formatted} Terraform files, ${count.formatted - was.size} formatted before\n`);
  expect(count.formatted - was.size).toBeGreaterThan(0);
  expect(worse).toEqual([]);
});
