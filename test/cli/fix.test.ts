import { chmodSync, lstatSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Change } from '../../src/change.ts';
import { run, type Fixer } from '../../src/cli/run.ts';
import { fix } from '../../src/review.ts';
import { notebook, open, rules, safe, today } from '../config/reviewed.ts';
import { sandbox, type Sandbox } from '../git/sandbox.ts';

const real: Fixer = (change) => Promise.resolve(fix(change, rules, today, new Set()));

/** A checkout whose branch opens two notebooks. */
function branch(): Sandbox {
  const repository = sandbox({ 'a.tf': notebook(safe, 'a'), 'live/b.tf': notebook(safe, 'b'), 'old.tf': notebook(open, 'old') });
  repository.git('checkout', '-q', '-b', 'feature');
  repository.write('a.tf', notebook(open, 'a'));
  repository.write('live/b.tf', notebook(open, 'b'));
  repository.commit();
  return repository;
}

async function plumbline(repository: Sandbox, args: readonly string[], { fixer = real, tty = false } = {}) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY: tty && name === 'stdout',
    columns: 90,
    write: (text: string) => (written[name] += text),
  });
  const surroundings = { stdout: output('stdout'), stderr: output('stderr'), env: {}, cwd: repository.root };
  return { status: await run(['fix', ...args], surroundings, () => Promise.reject(new Error('not to be reviewed')), fixer), ...written };
}

test('prints one patch that git applies, and says beside it what it mends', async () => {
  using repository = branch();
  const { status, stdout, stderr } = await plumbline(repository, ['--head', 'feature']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'Mends 2 of 2 problems that the change introduces.\n' });
  expect(repository.git('status', '--short')).toBe('');
  repository.write('../all.patch', stdout);
  repository.git('apply', '../all.patch');
  expect([repository.read('a.tf'), repository.read('live/b.tf')]).toEqual([notebook(safe, 'a'), notebook(safe, 'b')]);
});

test('names what has to be mended by hand, and what was left out', async () => {
  using repository = branch();
  repository.write('a.tf', notebook(safe, 'a').replace(/ {2}kms_key_id.*\n/, ''));
  const { stderr } = await plumbline(repository, [], {
    fixer: (change) =>
      Promise.resolve({
        ...fix(change, rules, today, new Set()),
        left: [{ rule: 'x/y', title: 'T', file: 'z.tf', line: 3, why: 'it is so' }],
      }),
  });
  expect(stderr).toContain('Mends 1 of 3 problems');
  expect(stderr).toContain('Left out:\n  z.tf:3 T (x/y): it is so\n');
  expect(stderr).toMatch(/To be mended by hand .*\n {2}a\.tf:4 .*\(notebooks\/encryption-key\)\n/);
});

test('shows a person no secret and no control character that the patch has around it', async () => {
  using repository = branch();
  repository.write('a.tf', notebook(`${open}\n  password = "hunter2hunter2" # \u001b[2J`, 'a'));
  const piped = await plumbline(repository, []);
  const shown = await plumbline(repository, [], { tty: true });
  expect(piped.stdout).toContain('hunter2hunter2');
  expect(shown.stdout).toContain('-  direct_internet_access = "Enabled"');
  expect(shown.stdout).not.toMatch(/hunter2|\u001b/);
});

test('--write changes the files on disk and no other, and keeps their mode and line breaks', async () => {
  using repository = branch();
  repository.git('config', 'core.autocrlf', 'true');
  repository.write('a.tf', notebook(open, 'a').replaceAll('\n', '\r\n'));
  chmodSync(join(repository.root, 'live/b.tf'), 0o640);
  const { status, stdout } = await plumbline(repository, ['--write']);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'Wrote 2 files:\n  a.tf\n  live/b.tf\n' });
  expect(repository.read('a.tf')).toBe(notebook(safe, 'a').replaceAll('\n', '\r\n'));
  expect(repository.read('live/b.tf')).toBe(notebook(safe, 'b'));
  expect(repository.read('old.tf')).toBe(notebook(open, 'old'));
  expect(lstatSync(join(repository.root, 'live/b.tf')).mode & 0o777).toBe(0o640);
  expect(
    repository
      .git('status', '--short', '--untracked-files=all')
      .split('\n')
      .map((line) => line.trim()),
  ).toEqual(['M a.tf', 'M live/b.tf']);
  expect((await plumbline(repository, ['--write'])).stdout).toBe('');
});

/** A fixer that, once it has proven the fixes, does something to the checkout. */
const meanwhile =
  (work: () => void): Fixer =>
  async (change: Change) => {
    const fixes = await real(change);
    work();
    return fixes;
  };

test.each<[string, (repository: Sandbox) => void, string]>([
  [
    'a file changed since it was read',
    (one) => one.write('live/b.tf', `${notebook(open, 'b')}\n`),
    'live/b.tf was not written: it has changed since it was read.',
  ],
  ['a file is gone', (one) => one.remove('live/b.tf'), 'live/b.tf was not written: it is no longer a plain text file'],
  [
    'a file became a link out of the checkout',
    ({ root }) => {
      renameSync(join(root, 'live/b.tf'), join(root, '../outside.tf'));
      symlinkSync('../../outside.tf', join(root, 'live/b.tf'));
    },
    'live/b.tf was not written: it is no longer a plain text file',
  ],
  [
    'a directory became a link out of the checkout',
    ({ root }) => {
      renameSync(join(root, 'live'), join(root, '../outside'));
      symlinkSync('../outside', join(root, 'live'));
    },
    'live/b.tf was not written: it is no longer a plain text file',
  ],
])('--write writes nothing at all when %s', async (_, work, why) => {
  using repository = branch();
  const { status, stdout, stderr } = await plumbline(repository, ['--write'], { fixer: meanwhile(() => work(repository)) });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(`plumbline: ${why}`);
  expect(stderr).toContain('Nothing was written.');
  expect(repository.read('a.tf')).toBe(notebook(open, 'a'));
});

test('--write says which file could not be written', async () => {
  using repository = branch();
  const { stderr } = await plumbline(repository, ['--write'], {
    fixer: async (change) => {
      const fixes = await real(change);
      const bad = { path: '../x.tf', before: 'x', after: 'y', diff: '' };
      repository.write('../x.tf', 'x');
      return { ...fixes, files: [...fixes.files, bad] };
    },
  });
  expect(stderr).toContain('../x.tf was not written');
  expect(repository.read('../x.tf')).toBe('x');
});

test.each([
  [['--write', '--head', 'feature'], '--write changes the files on disk'],
  [['--write', '--git-dir', '.git'], '--write changes the files on disk'],
  [['--write=yes'], '--write takes no value.'],
  [['--format', 'json'], '`plumbline fix` takes no --format.'],
])('fix %j is refused', async (args, why) => {
  using repository = branch();
  expect(await plumbline(repository, args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(why) as string });
});

test('--write needs files on disk', async () => {
  using repository = branch();
  const bare = join(repository.root, '../bare');
  mkdirSync(bare);
  repository.git('clone', '-q', '--bare', '.', bare);
  expect(await plumbline(repository, ['--write', '--repo', bare])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('no files on disk') as string,
  });
});

test('a change without problems gives no patch', async () => {
  using repository = branch();
  expect(await plumbline(repository, ['--base', 'feature'])).toEqual({
    status: 0,
    stdout: '',
    stderr: 'The change introduces no problem.\n',
  });
});
