import { execFileSync } from 'node:child_process';
import { renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/change.ts';
import { readLocalChange, workingTree } from '../../src/git/read-change.ts';
import { readLocalSnapshot } from '../../src/git/read-snapshot.ts';
import { sandbox } from './sandbox.ts';

const bucket = 'resource "aws_s3_bucket" "models" {\n  bucket = "models"\n}\n';
const notebook = 'resource "aws_sagemaker_notebook_instance" "lab" {\n  name = "lab"\n}\n';

const statuses = (change: Change): Record<string, string> =>
  Object.fromEntries(
    change.files.map(({ path, previousPath, status }) => [path, previousPath === undefined ? status : `${status} from ${previousPath}`]),
  );

describe('between commits', () => {
  test('every kind of change, with texts of both sides and patches', async () => {
    using repo = sandbox({ 'main.tf': bucket, 'old.tf': notebook, 'moved.tf': `${bucket}# ${'x'.repeat(200)}\n`, 'same.tf': '# same\n' });
    const base = repo.git('rev-parse', 'HEAD');
    repo.write('main.tf', bucket.replace('"models"\n', '"weights"\n'));
    repo.remove('old.tf');
    repo.write('new.tf', notebook);
    renameSync(join(repo.root, 'moved.tf'), join(repo.root, 'renamed.tf'));
    repo.write('renamed.tf', `${bucket}# ${'x'.repeat(200)}\n# more\n`);
    repo.write('new.tf', '# quite another text\n');
    const head = repo.commit();

    const { change, names } = await readLocalChange({ base, head }, repo.root);

    expect(change).toMatchObject({ base, head, truncated: false, unread: [] });
    expect(names).toEqual({ base, head });
    expect(statuses(change)).toEqual({
      'main.tf': 'modified',
      'new.tf': 'added',
      'old.tf': 'removed',
      'renamed.tf': 'renamed from moved.tf',
    });
    expect(change.files.find((file) => file.path === 'main.tf')?.patch).toBe(
      '@@ -1,3 +1,3 @@\n resource "aws_s3_bucket" "models" {\n-  bucket = "models"\n+  bucket = "weights"\n }',
    );
    expect(change.files.find((file) => file.path === 'old.tf')?.patch).toMatch(/^@@ -1,3 \+0,0 @@\n-resource/);
    expect(change.before.get('main.tf')?.text).toBe(bucket);
    expect(change.before.get('same.tf')).toEqual(change.after.get('same.tf'));
    expect(change.after.get('same.tf')?.sha).toBe(repo.git('rev-parse', 'HEAD:same.tf'));
    expect(change.before.get('moved.tf')?.text).toMatch(/^resource/);
  });

  test('from the merge base on: what the base branch did since is not part of it', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    const fork = repo.git('rev-parse', 'HEAD');
    repo.git('checkout', '-q', '-b', 'feature');
    repo.write('feature.tf', notebook);
    const head = repo.commit();
    repo.git('checkout', '-q', 'main');
    repo.write('other.tf', bucket);
    repo.commit();
    const { change } = await readLocalChange({ base: 'main', head: 'feature' }, repo.root);
    expect(change).toMatchObject({ base: fork, head });
    expect(statuses(change)).toEqual({ 'feature.tf': 'added' });
  });

  test('without common history the base itself is compared', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    repo.git('checkout', '-q', '--orphan', 'island');
    repo.write('island.tf', notebook);
    repo.commit();
    const { change } = await readLocalChange({ base: 'main', head: 'island' }, repo.root);
    expect(change.base).toBe(repo.git('rev-parse', 'main'));
    expect(statuses(change)).toEqual({ 'island.tf': 'added' });
  });

  test('a bare repository, named as git directory or as repository', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    repo.write('main.tf', notebook);
    const head = repo.commit();
    const bare = join(repo.root, '..', 'bare.git');
    execFileSync('git', ['clone', '-q', '--bare', repo.root, bare], { stdio: 'pipe' });
    for (const options of [{ gitDir: bare }, { repo: bare }]) {
      const { change } = await readLocalChange({ ...options, base: 'HEAD~1' }, '/');
      expect(change.head).toBe(head);
      expect(change.after.get('main.tf')?.text).toBe(notebook);
    }
  });

  test('a file whose content is not in the repository is named, and the rest is read', async () => {
    using repo = sandbox({ 'main.tf': bucket, 'lost.tf': notebook });
    repo.write('main.tf', notebook);
    repo.write('lost.tf', `${notebook}# changed\n`);
    repo.commit();
    const lost = repo.git('rev-parse', 'HEAD:lost.tf');
    repo.remove(join('.git', 'objects', lost.slice(0, 2), lost.slice(2)));
    const { change } = await readLocalChange({ base: 'HEAD~1', head: 'HEAD' }, repo.root);
    expect(change.unread).toEqual([{ path: 'lost.tf', why: 'its content is not in this repository' }]);
    expect(change.after.get('main.tf')?.text).toBe(notebook);
    expect(statuses(change)).toEqual({ 'main.tf': 'modified', 'lost.tf': 'modified' });
  });

  test('binary, too large and wrongly encoded files are named', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    repo.write('binary.tf', Uint8Array.from([35, 0, 10]));
    repo.write('large.json', `{"a": "${'x'.repeat(1024 * 1024)}"}`);
    repo.write('latin1.yaml', Uint8Array.from([97, 58, 32, 0xe9, 10]));
    repo.commit();
    const { change } = await readLocalChange({ base: 'HEAD~1', head: 'HEAD' }, repo.root);
    expect(Object.fromEntries(change.unread.map(({ path, why }) => [path, why]))).toEqual({
      'binary.tf': 'it is binary',
      'large.json': 'it is larger than 1 MB (1.0 MB)',
      'latin1.yaml': 'it is not UTF-8 text',
    });
    expect(change.files).toHaveLength(3);
  });

  test('symbolic links and submodules have no text of their own', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    symlinkSync('main.tf', join(repo.root, 'link.tf'));
    repo.git('update-index', '--add', '--cacheinfo', `160000,${repo.git('rev-parse', 'HEAD')},module`);
    repo.git('add', 'link.tf');
    repo.git('commit', '-q', '-m', 'links');
    const { change } = await readLocalChange({ base: 'HEAD~1', head: 'HEAD' }, repo.root);
    expect(change.files).toEqual([]);
  });

  test('names with spaces, quotes, line breaks and other scripts', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    const names = ['a b.tf', 'qu"ote.tf', 'line\nbreak.tf', 'モデル.tf', '-dash.tf', ':(glob).tf'];
    for (const name of names) repo.write(name, bucket);
    repo.commit();
    const { change } = await readLocalChange({ base: 'HEAD~1', head: 'HEAD' }, repo.root);
    expect(change.files.map((file) => file.path).sort()).toEqual(names.sort());
    for (const name of names) expect(change.after.get(name)?.text).toBe(bucket);
  });
});

describe('the files on disk', () => {
  test('are the default: edited, staged, new, deleted and moved ones, but none that is ignored', async () => {
    using repo = sandbox({
      'main.tf': bucket,
      'gone.tf': notebook,
      'moved.tf': '# moved\n',
      'same.tf': '# same\n',
      '.gitignore': 'ignored.tf\n',
    });
    repo.write('main.tf', notebook);
    repo.write('staged.tf', bucket);
    repo.git('add', 'staged.tf');
    repo.write('staged.tf', `${bucket}# and edited\n`);
    repo.write('deep/er/new.tf', bucket);
    repo.write('ignored.tf', bucket);
    repo.remove('gone.tf');
    renameSync(join(repo.root, 'moved.tf'), join(repo.root, 'elsewhere.tf'));

    const { change, names } = await readLocalChange({}, join(repo.root, 'deep'));

    expect(change.head).toBe(workingTree);
    expect(names).toEqual({ base: 'main', head: workingTree });
    expect(statuses(change)).toEqual({
      'main.tf': 'modified',
      'staged.tf': 'added',
      'deep/er/new.tf': 'added',
      'gone.tf': 'removed',
      'elsewhere.tf': 'renamed from moved.tf',
    });
    expect(change.after.get('main.tf')?.text).toBe(notebook);
    expect(change.after.get('staged.tf')?.text).toBe(`${bucket}# and edited\n`);
    expect(change.after.get('main.tf')?.sha).toBe(repo.git('hash-object', 'main.tf'));
    expect(change.after.get('same.tf')?.text).toBe('# same\n');
  });

  test('are compared with the merge base of the default branch, commits included', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    const base = repo.git('rev-parse', 'HEAD');
    repo.git('checkout', '-q', '-b', 'feature');
    repo.write('committed.tf', bucket);
    repo.commit();
    repo.write('edited.tf', bucket);
    const { change } = await readLocalChange({}, repo.root);
    expect(change.base).toBe(base);
    expect(statuses(change)).toEqual({ 'committed.tf': 'added', 'edited.tf': 'added' });
  });

  test('a file rewritten with what it was is not changed, nor one whose size only is the same', async () => {
    using repo = sandbox({ 'main.tf': '# one\n', 'touched.tf': '# two\n' });
    repo.write('main.tf', '# 1ne\n');
    repo.write('touched.tf', '# two\n');
    const { change } = await readLocalChange({}, repo.root);
    expect(statuses(change)).toEqual({ 'main.tf': 'modified' });
  });

  test('line endings that the checkout made are no change; a person’s edit among them is', async () => {
    using repo = sandbox({ 'main.tf': bucket, 'edited.tf': bucket, 'unix-to-dos.tf': '# a\r\n' });
    repo.git('config', 'core.autocrlf', 'true');
    repo.write('main.tf', bucket.replaceAll('\n', '\r\n'));
    repo.write('edited.tf', bucket.replace('"models"\n', '"weights"\n').replaceAll('\n', '\r\n'));
    const { change } = await readLocalChange({}, repo.root);
    expect(statuses(change)).toEqual({ 'edited.tf': 'modified' });
    expect(change.files[0]?.patch).toContain('-  bucket = "models"\n+  bucket = "weights"\n');
  });

  test('links are not followed, neither files nor directories', async () => {
    using repo = sandbox({ 'main.tf': bucket, 'module/main.tf': bucket });
    using outside = sandbox({ 'main.tf': '# outside\n' });
    repo.remove('main.tf');
    symlinkSync(join(outside.root, 'main.tf'), join(repo.root, 'main.tf'));
    repo.remove('module');
    symlinkSync(outside.root, join(repo.root, 'module'));
    symlinkSync('/etc/hostname', join(repo.root, 'host.tf'));
    const { change } = await readLocalChange({}, repo.root);
    expect(statuses(change)).toEqual({ 'main.tf': 'removed', 'module/main.tf': 'removed' });
    expect(change.after.size).toBe(0);
  });

  test('a large file that changed is named, one of unchanged size is not read', async () => {
    using repo = sandbox({ 'main.tf': bucket, 'large.yaml': `# ${'x'.repeat(1_100_000)}\n`, 'same.yaml': `# ${'y'.repeat(1_100_000)}\n` });
    repo.write('large.yaml', `# ${'x'.repeat(1_200_000)}\n`);
    repo.write('same.yaml', `# ${'z'.repeat(1_100_000)}\n`);
    const { change } = await readLocalChange({}, repo.root);
    expect(statuses(change)).toEqual({ 'large.yaml': 'modified' });
    expect(change.unread).toEqual([{ path: 'large.yaml', why: 'it is larger than 1 MB (1.1 MB)' }]);
  });

  test('files left out of a sparse checkout are not deleted', async () => {
    using repo = sandbox({ 'main.tf': bucket, 'far/main.tf': notebook });
    repo.git('sparse-checkout', 'set', '--no-cone', '/main.tf');
    repo.write('main.tf', notebook);
    const { change } = await readLocalChange({}, repo.root);
    expect(statuses(change)).toEqual({ 'main.tf': 'modified' });
  });

  test('a linked worktree', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    const linked = join(repo.root, '..', 'linked');
    repo.git('worktree', 'add', '-q', '-b', 'other', linked);
    repo.git('-C', linked, 'mv', 'main.tf', 'renamed.tf');
    const { change } = await readLocalChange({ repo: linked }, '/');
    expect(statuses(change)).toEqual({ 'renamed.tf': 'renamed from main.tf' });
  });

  test('a conflict in the middle of a merge is read as it stands on disk', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    repo.git('checkout', '-q', '-b', 'feature');
    repo.write('main.tf', '# theirs\n');
    repo.commit();
    repo.git('checkout', '-q', 'main');
    repo.write('main.tf', '# ours\n');
    repo.commit();
    expect(() => repo.git('merge', 'feature')).toThrow(/merge/);
    const { change } = await readLocalChange({}, repo.root);
    expect(change.after.get('main.tf')?.text).toContain('<<<<<<<');
  });
});

describe('what is compared with', () => {
  test('origin/HEAD comes before main, main before master', async () => {
    using repo = sandbox({ 'main.tf': bucket });
    repo.git('branch', 'master');
    expect((await readLocalChange({}, repo.root)).names.base).toBe('main');
    repo.git('update-ref', 'refs/remotes/origin/trunk', 'HEAD');
    repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    expect((await readLocalChange({}, repo.root)).names.base).toBe('origin/HEAD');
  });

  test.each([
    ['no default branch', {}, (root: string) => ['branch', '-m', root ? 'trunk' : ''], /no origin\/HEAD, main or master.*--base REVISION/s],
    ['a revision that is not there', { base: 'nope' }, () => [], /`nope` is not a commit.*git fetch origin/s],
    ['a revision that looks like an option', { base: '--output=/tmp/x' }, () => [], /`--output=\/tmp\/x` is not a revision/],
    ['an empty revision', { base: '' }, () => [], /is not a revision/],
    ['a tree', { base: 'HEAD^{tree}' }, () => [], /is not a commit/],
    ['a directory that is not there', { repo: 'nowhere' }, () => [], /no directory `nowhere`/],
    ['a checkout as git directory', { gitDir: '.' }, () => [], /not a git directory.*use --repo \./s],
  ])('%s', async (_, options, prepare, message) => {
    using repo = sandbox({ 'main.tf': bucket });
    const command = prepare(repo.root);
    if (command.length > 0) repo.git(...command);
    const failure: unknown = await readLocalChange(options, repo.root).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'ConfigurationError' });
    expect(failure instanceof Error && 'remedy' in failure && `${failure.message} ${String(failure.remedy)}`).toMatch(message);
  });

  test('outside of any repository', async () => {
    await expect(readLocalChange({}, '/')).rejects.toThrow(/not in a git repository/);
  });

  test('a repository without a commit', async () => {
    using repo = sandbox();
    await expect(readLocalChange({}, repo.root)).rejects.toThrow(/`HEAD` is not a commit/);
  });
});

test('a whole commit as a snapshot: what may be configuration and can be read', async () => {
  using repo = sandbox({ 'main.tf': bucket, 'deep/values.yaml': 'a: 1\n', 'README.md': '# no\n', 'package.json': '{}\n' });
  repo.write('binary.json', Uint8Array.from([0, 1]));
  repo.commit();
  const snapshot = await readLocalSnapshot({ repo: repo.root, rev: 'HEAD' });
  expect([...snapshot.values()]).toEqual([
    { path: 'deep/values.yaml', sha: repo.git('rev-parse', 'HEAD:deep/values.yaml'), text: 'a: 1\n' },
    { path: 'main.tf', sha: repo.git('rev-parse', 'HEAD:main.tf'), text: bucket },
  ]);
});
