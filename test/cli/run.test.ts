import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/change.ts';
import { run, type Reviewer, type Surroundings } from '../../src/cli/run.ts';
import { ReviewError } from '../../src/errors.ts';
import { sandbox } from '../git/sandbox.ts';
import { review } from '../report/sample.ts';

const bucket = 'resource "aws_s3_bucket" "models" {\n  bucket = "models"\n}\n';

interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function plumbline(
  args: readonly string[],
  surroundings: Partial<Surroundings> & { readonly tty?: boolean } = {},
  reviewer?: Reviewer,
): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY: surroundings.tty ?? false,
    columns: 90,
    write: (text: string) => (written[name] += text),
  });
  const status = await run(
    args,
    { stdout: output('stdout'), stderr: output('stderr'), env: surroundings.env ?? {}, cwd: surroundings.cwd ?? '/' },
    reviewer ?? (() => Promise.reject(new Error('not to be reviewed'))),
  );
  return { status, ...written };
}

describe('help and version', () => {
  test.each([[[]], [['--help']], [['-h']], [['help']]])('%j', async (args) => {
    expect(await plumbline(args)).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/Usage\n {2}plumbline review/) as string,
    });
  });
  test.each([[['review', '--help']], [['review', '-h', '--base', 'x']], [['help', 'review']]])('%j', async (args) => {
    const { status, stdout } = await plumbline(args);
    expect(status).toBe(0);
    for (const option of ['--base', '--head', '--repo', '--git-dir', '--format', 'Exit status']) expect(stdout).toContain(option);
  });
  test('--version', async () => {
    expect(await plumbline(['--version'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
  });
  test('help fits 100 columns', async () => {
    const both = (await plumbline(['--help'])).stdout + (await plumbline(['review', '--help'])).stdout;
    expect(Math.max(...both.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

test.each([
  [['reveiw'], 'There is no command `reveiw`. Did you mean `review`?'],
  [['deploy'], 'There is no command `deploy`. See `plumbline --help`.'],
  [['review', '--bse', 'x'], 'There is no option `--bse`. Did you mean `--base`?'],
  [['review', '--gitdir=x'], 'There is no option `--gitdir`. Did you mean `--git-dir`?'],
  [['review', '--frobnicate'], 'There is no option `--frobnicate`. See `plumbline review --help`.'],
  [['review', '-x'], 'There is no option `-x`.'],
  [['review', '--format', 'jsno'], '--format `jsno` is not known. Did you mean `json`?'],
  [['review', '--format', 'sarif'], '--format `sarif` is not known. Use text, json, markdown.'],
  [['review', '--base'], '--base needs a value. Write --base REV.'],
  [['review', '--base', '--head', 'x'], '--base needs a value.'],
  [['review', '--base', 'a', '--base', 'b'], '--base is given twice.'],
  [['review', '--help=yes'], '--help takes no value.'],
  [['review', 'main..feature'], '`main..feature` is one word too many. A range is given with --base and --head'],
  [['review', '--repo', '.', '--git-dir', '.git'], '--git-dir and --repo are both given.'],
  [['--base', 'x'], 'There is no command.'],
  [['review', '--base', 'x\u001b[31m'], 'not in a git repository'],
  [['review', '--\u001b[31m'], 'There is no option `--\\u001b[31m`.'],
])('usage: %j', async (args, message) => {
  const { status, stdout, stderr } = await plumbline(args);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(`plumbline: `);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).not.toContain('\u001b');
});

describe('review', () => {
  const reviewing =
    (verdict: typeof review.verdict, seen: Change[] = []): Reviewer =>
    (change) => {
      seen.push(change);
      return Promise.resolve({ ...review, verdict });
    };

  test.each([
    ['pass', 0],
    ['advise', 0],
    ['block', 1],
  ] as const)('verdict %s ends with status %i', async (verdict, status) => {
    using repo = sandbox({ 'main.tf': bucket });
    repo.write('new.tf', bucket);
    const seen: Change[] = [];
    expect((await plumbline(['review'], { cwd: repo.root }, reviewing(verdict, seen))).status).toBe(status);
    expect(seen[0]?.files).toMatchObject([{ path: 'new.tf', status: 'added' }]);
  });

  test('the options reach the repository', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    repo.write('main.tf', `${bucket}# more\n`);
    const head = repo.commit();
    const seen: Change[] = [];
    await plumbline(
      ['review', '--git-dir', `${repo.root}/.git`, '--base=HEAD~1', '--head', head, '--format=json'],
      {},
      reviewing('pass', seen),
    );
    expect(seen[0]).toMatchObject({ head, files: [{ path: 'main.tf' }] });
  });

  test.each([
    ['text', /^Plumbline main → working tree/],
    ['json', /^\{\n {2}"version": 1,/],
    ['markdown', /^# Plumbline: /],
  ])('--format %s, with neither colours nor progress in a pipe', async (format, start) => {
    using repo = sandbox({ 'main.tf': bucket });
    const { stdout, stderr } = await plumbline(['review', '--format', format], { cwd: repo.root }, reviewing('block'));
    expect(stdout).toMatch(start);
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toBe('');
  });

  test.each([
    [{}, true, true],
    [{ NO_COLOR: '1' }, false, true],
    [{ NO_COLOR: '' }, true, true],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false, true],
    [{ TERM: 'dumb' }, false, false],
    [{ CI: 'true' }, true, false],
  ])('on a terminal with %j: colour %s, progress %s', async (env, colour, progress) => {
    using repo = sandbox({ 'main.tf': bucket });
    const { stdout, stderr } = await plumbline(['review'], { cwd: repo.root, tty: true, env }, reviewing('block'));
    expect(stdout.includes('\u001b[')).toBe(colour);
    expect(stderr.includes('Reviewing')).toBe(progress);
    // What was shown is cleared before the review is printed.
    if (progress) expect(stderr.endsWith('\r\u001b[K')).toBe(true);
  });

  test('FORCE_COLOR colours a pipe', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    const { stdout } = await plumbline(['review'], { cwd: repo.root, env: { FORCE_COLOR: '1' } }, reviewing('block'));
    expect(stdout).toContain('\u001b[');
  });

  test('a review that cannot be finished says so and what to do', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    const failing: Reviewer = () => Promise.reject(new ReviewError('The review stopped.', 'Try again.'));
    expect(await plumbline(['review'], { cwd: repo.root }, failing)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'plumbline: The review stopped. Try again.\n',
    });
  });

  test('a mistake of the program itself is not swallowed', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    await expect(plumbline(['review'], { cwd: repo.root }, () => Promise.reject(new TypeError('oops')))).rejects.toThrow('oops');
  });
});
