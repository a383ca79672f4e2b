import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { readLocalChange } from '../../src/git/read-change.ts';
import { sandbox, type Sandbox } from './sandbox.ts';

const hooks = [
  'post-checkout',
  'post-index-change',
  'pre-commit',
  'reference-transaction',
  'fsmonitor-watchman',
  'sendemail-validate',
  'pre-auto-gc',
];
const bucket = 'resource "aws_s3_bucket" "models" {\n  bucket = "models"\n}\n';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A repository that runs a program wherever git lets a repository do so. Whichever runs leaves its name in the returned file. */
function trapped(repo: Sandbox): { readonly base: string; readonly caught: () => string } {
  const base = repo.commit('base');
  repo.write('main.tf', `${bucket}# changed\n`);
  repo.commit('head');

  const log = join(repo.root, '..', 'caught');
  const trap = (name: string): string => repo.script(`trap-${name}`, `echo ${name} >>'${log}'; exit 0`);
  for (const hook of hooks) {
    writeFileSync(join(repo.root, '.git', 'hooks', hook), readFileSync(trap(hook)));
    chmodSync(join(repo.root, '.git', 'hooks', hook), 0o755);
  }
  const settings: Record<string, string> = {
    'core.fsmonitor': trap('fsmonitor'),
    'core.hooksPath': join(repo.root, '.git', 'hooks'),
    'core.pager': trap('pager'),
    'core.editor': trap('editor'),
    'core.askPass': trap('askpass'),
    'core.sshCommand': trap('ssh'),
    'core.alternateRefsCommand': trap('alternates'),
    'core.untrackedCache': 'true',
    'pager.ls-files': trap('pager-ls'),
    'pager.diff-tree': trap('pager-diff'),
    'alias.cat-file': `!${trap('alias')}`,
    'diff.external': trap('external'),
    'diff.trap.command': trap('diff-command'),
    'diff.trap.textconv': trap('textconv'),
    'filter.trap.clean': trap('clean'),
    'filter.trap.smudge': trap('smudge'),
    'filter.trap.process': trap('process'),
    'filter.trap.required': 'true',
    'merge.trap.driver': trap('merge'),
    'credential.helper': `!${trap('credential')}`,
    'extensions.partialClone': 'origin',
    'remote.origin.promisor': 'true',
    'remote.origin.url': `ext::${trap('transport')} %S`,
    'remote.origin.uploadpack': trap('uploadpack'),
    'protocol.allow': 'always',
    'protocol.ext.allow': 'always',
    'core.repositoryFormatVersion': '1',
  };
  for (const [name, value] of Object.entries(settings)) repo.git('config', name, value);
  writeFileSync(join(repo.root, '.git', 'info', 'attributes'), '* filter=trap diff=trap merge=trap\n');
  return { base, caught: () => (existsSync(log) ? readFileSync(log, 'utf8') : '') };
}

/** Every path with what it is, its content and when it was written. */
function fingerprint(directory: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const path = join(directory, name);
    const stat = lstatSync(path, { bigint: true });
    found[name] = `${stat.mode} ${stat.mtimeNs} ${stat.isFile() ? readFileSync(path, 'base64') : ''}`;
  }
  return found;
}

test('nothing that the repository configures is run, and nothing in it is written', async () => {
  using repo = sandbox({ 'main.tf': bucket, 'same.tf': bucket, '.gitattributes': '* filter=trap diff=trap merge=trap\n' });
  const { base, caught } = trapped(repo);
  // Times that the index does not know: git itself would now read the file through its filters, and refresh the index.
  utimesSync(join(repo.root, 'same.tf'), 1, 1);
  repo.write('main.tf', `${bucket}# edited\n`);
  repo.write('new.tf', bucket);
  // A content that a partial clone would fetch.
  const lost = repo.git('rev-parse', 'HEAD:main.tf');
  repo.remove(join('.git', 'objects', lost.slice(0, 2), lost.slice(2)));
  const before = fingerprint(repo.root);

  const onDisk = await readLocalChange({ base }, repo.root);
  const commits = await readLocalChange({ base, head: 'HEAD' }, repo.root);
  const bare = await readLocalChange({ gitDir: join(repo.root, '.git'), base, head: 'main' }, '/');

  expect(onDisk.change.files.map((file) => file.path)).toEqual(['main.tf', 'new.tf']);
  for (const { change } of [commits, bare])
    expect(change.unread).toEqual([{ path: 'main.tf', why: 'its content is not in this repository' }]);
  expect(caught()).toBe('');
  expect(fingerprint(repo.root)).toEqual(before);
});

test('the traps are real: ordinary git commands run them', () => {
  using repo = sandbox({ 'main.tf': bucket, '.gitattributes': '* filter=trap diff=trap merge=trap\n' });
  const { caught } = trapped(repo);
  repo.write('main.tf', `${bucket}# edited\n`);
  repo.git('config', '--unset', 'filter.trap.process');
  repo.git('diff', '--ext-diff', 'HEAD');
  repo.git('status');
  expect(() => repo.git('fetch', 'origin')).toThrow(/fetch/);
  for (const name of ['fsmonitor', 'clean', 'diff-command', 'transport']) expect(caught()).toContain(name);
});

test('the caller’s own git variables change nothing', async () => {
  using repo = sandbox({ 'main.tf': bucket, 'tracked.tf': bucket });
  using other = sandbox({ 'other.tf': bucket });
  repo.write('main.tf', '# edited\n');
  // With another index this file would look ignored, and so deleted.
  repo.write('.git/info/exclude', 'tracked.tf\n');
  const log = join(repo.root, '..', 'caught');
  const trap = repo.script('trap', `echo external >>'${log}'`);
  for (const [name, value] of Object.entries({
    GIT_DIR: join(other.root, '.git'),
    GIT_WORK_TREE: other.root,
    GIT_INDEX_FILE: '/nonexistent',
    GIT_EXTERNAL_DIFF: trap,
    GIT_PAGER: trap,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.fsmonitor',
    GIT_CONFIG_VALUE_0: trap,
  }))
    vi.stubEnv(name, value);
  const { change } = await readLocalChange({}, repo.root);
  expect(change.files.map((file) => file.path)).toEqual(['main.tf']);
  expect(existsSync(log)).toBe(false);
});

test('a work tree that the repository’s config places elsewhere is not followed', async () => {
  using repo = sandbox({ 'main.tf': bucket });
  using other = sandbox({ 'secret.tf': bucket });
  repo.git('config', 'core.worktree', other.root);
  const { change } = await readLocalChange({}, repo.root);
  expect(change.files).toEqual([]);
});
