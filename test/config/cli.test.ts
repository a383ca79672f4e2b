import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/change.ts';
import { run, type Surroundings } from '../../src/cli/run.ts';
import { keys } from '../../src/config/settings.ts';
import { settingsPath } from '../../src/context.ts';
import { review } from '../../src/review.ts';
import { sandbox } from '../git/sandbox.ts';

async function plumbline(
  cwd: string,
  ...args: readonly string[]
): Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const surroundings: Surroundings = {
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text) },
    env: {},
    cwd,
  };
  return { status: await run(args, surroundings, () => Promise.reject(new Error('not to be reviewed'))), ...written };
}

describe('init', () => {
  test('writes a commented file that changes nothing', async () => {
    using repo = sandbox({ 'main.tf': '\n' });
    mkdirSync(join(repo.root, 'deep'));
    expect(await plumbline(join(repo.root, 'deep'), 'init')).toMatchObject({
      status: 0,
      stdout: `Wrote ${settingsPath}: every setting, commented out.\n`,
      stderr: '',
    });
    const { status, stdout } = await plumbline(repo.root, 'config');
    expect([status, stdout.match(/^# default$/gm)?.length]).toEqual([0, Object.keys(keys).length]);
  });

  test('overwrites nothing', async () => {
    using repo = sandbox({ [settingsPath]: 'fail-at: low\n' });
    expect(await plumbline(repo.root, 'init')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(`${settingsPath} is there already.`) as string,
    });
    expect(readFileSync(join(repo.root, settingsPath), 'utf8')).toBe('fail-at: low\n');
  });

  test('follows no link, to the file or out of the checkout', async () => {
    using repo = sandbox({ 'main.tf': '\n' });
    const outside = mkdtempSync(join(tmpdir(), 'plumbline-outside-'));
    try {
      symlinkSync(outside, join(repo.root, '.github'));
      expect(await plumbline(repo.root, 'init')).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('leads out of the checkout') as string,
      });
      expect(existsSync(join(outside, 'plumbline.yml'))).toBe(false);
      rmSync(join(repo.root, '.github'));
      mkdirSync(join(repo.root, '.github'));
      symlinkSync(join(outside, 'x.yml'), join(repo.root, settingsPath));
      expect(await plumbline(repo.root, 'init')).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('is there already') as string,
      });
      expect(existsSync(join(outside, 'x.yml'))).toBe(false);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  test('needs a checkout', async () => {
    expect(await plumbline('/', 'init')).toMatchObject({ status: 2, stderr: expect.stringContaining('not in a git repository') as string });
  });
});

describe('config', () => {
  test('without a file: every default', async () => {
    using repo = sandbox({ 'main.tf': '\n' });
    const { status, stdout, stderr } = await plumbline(repo.root, 'config');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`# There is no ${settingsPath}: every setting has its default.`);
    expect(stdout).toContain('# default\nfail-at: high\n');
  });

  test('the file on disk, or as the base branch has it', async () => {
    using repo = sandbox({ [settingsPath]: 'fail-at: low\n' });
    repo.git('checkout', '-q', '-b', 'feature');
    repo.write(settingsPath, 'comment-at: low\nrules:\n  storage/*: off\n  notebooks/root-access:\n    "**": low\n');
    repo.commit();
    repo.git('checkout', '-q', 'main');
    repo.write(settingsPath, 'fail-at: critical\n');
    repo.commit();
    repo.git('checkout', '-q', 'feature');

    const { stdout } = await plumbline(repo.root, 'config');
    expect(stdout).toContain(`# ${settingsPath}:1\ncomment-at: low\n`);
    expect(stdout).toContain(`# ${settingsPath}:2\nrules:\n  storage/*: off\n  notebooks/root-access:\n    "**": low\n`);
    const base = await plumbline(repo.root, 'config', '--base', 'main');
    expect(base).toMatchObject({ status: 0, stdout: expect.stringContaining(`# ${settingsPath}:1\nfail-at: critical\n`) as string });
    expect(await plumbline('/', 'config', '--git-dir', join(repo.root, '.git'))).toMatchObject({
      stdout: expect.stringContaining('comment-at: low') as string,
    });
  });

  test('names what is wrong with its line, and ends with 2', async () => {
    using repo = sandbox({ [settingsPath]: 'comment-limit: 7\nfail-at: hihg\nx\u001b[31m: 1\n' });
    const { status, stdout, stderr } = await plumbline(repo.root, 'config');
    expect(status).toBe(2);
    expect(stderr).toContain(`plumbline: ${settingsPath}:2: \`fail-at\` can't be \`hihg\`. Did you mean \`high\`?`);
    expect(stderr).not.toContain('\u001b');
    expect(stdout).toContain('comment-limit: 7');
    expect(stdout).toContain('# default\nfail-at: high\n');
  });

  test.each([
    ['binary', new Uint8Array([0, 1, 2]), 'it is binary'],
    ['huge', 'x'.repeat(1_100_000), 'it is larger than 1 MB'],
  ])('a file that is %s', async (_, content, why) => {
    using repo = sandbox({ 'main.tf': '\n' });
    repo.write(settingsPath, content);
    expect(await plumbline(repo.root, 'config')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(why) as string });
    repo.commit();
    expect(await plumbline(repo.root, 'config', '--base', 'HEAD')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(why) as string,
    });
  });
});

describe('config with an organisation', () => {
  const organisation = 'fail-at: medium\ncomment-limit: 5\nrules:\n  secrets/*: critical\nlocked:\n  - fail-at\n  - secrets/*\n';

  test('says of each setting whose word it is, and that it is locked', async () => {
    using repo = sandbox({ [settingsPath]: 'fail-at: low\nrules:\n  notebooks/*: off\n', 'org.yml': organisation });
    const { status, stdout, stderr } = await plumbline(repo.root, 'config', '--organisation', 'org.yml');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`# ${settingsPath}:1, locked by the organisation\nfail-at: low\n`);
    expect(stdout).toContain('# org.yml:2\ncomment-limit: 5\n');
    expect(stdout).toContain('# default\ncomment-at: info\n');
    expect(stdout).toContain(
      `# ${settingsPath}:2 and org.yml:3, locked by the organisation\nrules:\n  notebooks/*: off\n  secrets/*: critical\n`,
    );
  });

  test('names what would loosen it and what is wrong in the organisation’s file, and ends with 2', async () => {
    using repo = sandbox({ [settingsPath]: 'drafts: wait\nfail-at: never\n', 'org.yml': `${organisation}drafts: maybe\n` });
    const { status, stdout, stderr } = await plumbline(repo.root, 'config', '--organisation', 'org.yml');
    expect(status).toBe(2);
    expect(stdout).toContain('# org.yml:1, locked by the organisation\nfail-at: medium\n');
    expect(stderr).toContain(
      `plumbline: ${settingsPath}:2: \`fail-at\` is locked by the organisation. \`never\` would loosen it and does not count. A repository may only lower it.`,
    );
    expect(stderr).toContain("plumbline: org.yml:8: `drafts` can't be `maybe`.");
  });

  test('a review obeys it', async () => {
    using repo = sandbox({ 'main.tf': '\n', 'org.yml': organisation });
    const changes: Change[] = [];
    const stdout = { write: () => true };
    const reviewer = (change: Change) => {
      changes.push(change);
      return review(change, [], '2026-06-15');
    };
    const args = ['review', '--base', 'HEAD', '--organisation', 'org.yml'];
    expect(await run(args, { stdout, stderr: stdout, env: {}, cwd: repo.root }, reviewer)).toBe(0);
    expect(await run(args.slice(0, 3), { stdout, stderr: stdout, env: {}, cwd: repo.root }, reviewer)).toBe(0);
    expect(changes.map(({ governing }) => governing?.organisation)).toEqual([{ path: 'org.yml', sha: '', text: organisation }, undefined]);
    expect(await Promise.all(changes.map(async (change) => (await review(change, [], '2026-06-15')).posting.limit))).toEqual([5, 25]);
    expect(await plumbline(repo.root, 'review', '--organisation', 'nowhere.yml')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('There is no file `nowhere.yml`.') as string,
    });
  });

  test('a file that is not there', async () => {
    using repo = sandbox({ 'main.tf': '\n' });
    expect(await plumbline(repo.root, 'config', '--organisation', 'nowhere.yml')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('There is no file `nowhere.yml`.') as string,
    });
  });
});

test.each([
  [['config', '--organisation'], '--organisation needs a value. Write --organisation FILE.'],
  [['config', '--head', 'x'], '`plumbline config` takes no --head.'],
  [['config', '--format', 'json'], '`plumbline config` takes no --format.'],
  [['config', '--base', 'nowhere'], '--base `nowhere` is not a commit'],
  [['init', '--base', 'main'], '`plumbline init` takes no --base.'],
  [['confg'], 'Did you mean `config`?'],
])('%j', async (args, message) => {
  using repo = sandbox({ 'main.tf': '\n' });
  expect(await plumbline(repo.root, ...args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(message) as string });
});

test.each(['config', 'init'])('help for %s', async (command) => {
  const { status, stdout } = await plumbline('/', command, '--help');
  expect([status, stdout]).toEqual([0, expect.stringContaining(`plumbline ${command} [`)]);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});
