import { describe, expect, test } from 'vitest';
import { createGitRepository } from '../support/git-repository.ts';
import { parsePatch } from '../support/github/anchors.ts';
import { isList, text } from '../support/github/json.ts';
import { at, lines, lineTwentyFive, part, scene } from './setup.ts';

const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`files/${String(index).padStart(5, '0')}.tf`, 'x\n']));

describe('rule 9: lists and limits', () => {
  test('files come 30 on a page, at most 100, and at most 3000 in all', async () => {
    const here = await scene();
    await here.repository.openPullRequest({ files: many(3001) });
    const first = await here.call('GET pulls/1/files');
    expect(first.list).toHaveLength(30);
    expect(first.headers.get('link')).toContain('rel="next"');
    expect((await here.call('GET pulls/1/files?per_page=500')).list).toHaveLength(100);
    const last = await here.call('GET pulls/1/files?per_page=100&page=30');
    expect([last.list.length, last.headers.get('link')?.includes('rel="next"')]).toEqual([100, false]);
    expect((await here.call('GET pulls/1/files?per_page=100&page=31')).list).toEqual([]);
    const compared = await here.call(`GET compare/main...${at([...here.repository.record.pulls.values()]).headSha}`);
    expect(compared.body['files']).toHaveLength(300);
    const diff = await here.call('GET pulls/1', undefined, { accept: 'application/vnd.github.diff' });
    expect([diff.status, diff.text]).toEqual([406, expect.stringContaining('"code":"too_large"')]);
  });

  test('a diff that is small enough comes as one text', async () => {
    const here = await scene();
    await lineTwentyFive(here);
    const diff = await here.call('GET pulls/1', undefined, { accept: 'application/vnd.github.diff' });
    expect([diff.status, diff.text]).toEqual([200, expect.stringContaining('+changed')]);
  });

  test('there is no patch for a binary file, a pure rename, and what is too large', async () => {
    const here = await scene({ image: Buffer.from([0, 1]), 'old.tf': lines(9), 'edited.tf': lines(9) });
    const files = {
      image: Buffer.from([0, 2]),
      'large.tf': lines(20_001),
      'huge.tf': 'x'.repeat(600_000),
      'gone.tf': null,
      'renamed.tf': lines(9, { 5: 'y' }),
    };
    await here.repository.openPullRequest({ files: { ...files, 'edited.tf': null }, moves: { 'old.tf': 'new.tf' } });
    const listed = (await here.call('GET pulls/1/files')).list.map((file) => [
      file['filename'],
      file['status'],
      file['previous_filename'],
      'patch' in file,
    ]);
    expect(listed).toEqual([
      ['huge.tf', 'added', undefined, false],
      ['image', 'modified', undefined, false],
      ['large.tf', 'added', undefined, false],
      ['new.tf', 'renamed', expect.any(String), false],
      ['renamed.tf', 'renamed', expect.any(String), true],
    ]);
  });

  test('compare names the merge base and stops at a number of commits', async () => {
    const here = await scene({}, { limits: { compareCommits: 3 } });
    const base = await here.repository.git.commitOf('main');
    let head = await here.repository.commit('work', { files: { a: '0' } });
    await here.repository.commit('main', { files: { b: '1' } });
    for (let count = 1; count < 5; count += 1) head = await here.repository.commit('work', { files: { a: String(count) } });
    const compared = await here.call(`GET compare/main...${head}`);
    expect(part(compared, 'merge_base_commit')['sha']).toBe(base);
    expect([compared.body['status'], compared.body['ahead_by'], compared.body['behind_by']]).toEqual(['diverged', 5, 1]);
    expect(compared.body['commits']).toHaveLength(3);
  });

  test('contents over 1 MB come only raw; a tree over the limit says that it is cut', async () => {
    const large = 'x'.repeat(1024 * 1024 + 1);
    const here = await scene({ 'large.yaml': large, 'small.yaml': 'a: 1\n', 'dir/x': '1' }, { limits: { treeEntries: 3 } });
    const json = await here.call('GET contents/large.yaml');
    expect([json.body['content'], json.body['encoding'], json.body['size']]).toEqual(['', 'none', large.length]);
    expect((await here.call('GET contents/large.yaml', undefined, { accept: 'application/vnd.github.raw+json' })).text).toBe(large);
    const small = await here.call('GET contents/small.yaml?ref=main');
    expect(Buffer.from(text(small.body, 'content') ?? '', 'base64').toString()).toBe('a: 1\n');
    const tree = await here.call('GET git/trees/main?recursive=false');
    expect([tree.body['truncated'], isList(tree.body['tree']) && tree.body['tree'].length]).toEqual([true, 3]);
    expect((await here.call('GET contents/missing.yaml')).status).toBe(404);
  });

  test('a symlink is followed inside the repository and shown when it leads out', async () => {
    const here = await scene({ 'dir/real.yaml': 'a: 1\n' });
    const link = (content: string): { mode: '120000'; content: string } => ({ mode: '120000', content });
    await here.repository.commit('main', { files: { 'dir/in': link('../dir/real.yaml'), 'dir/out': link('/etc/passwd') } });
    expect((await here.call('GET contents/dir/in')).body).toMatchObject({ type: 'file', size: 5 });
    expect((await here.call('GET contents/dir/out')).body).toMatchObject({ type: 'symlink', target: '/etc/passwd' });
  });
});

test('rule 12: reading a pull request may lag behind the webhook', async () => {
  const here = await scene();
  const pull = await lineTwentyFive(here);
  const before = pull.headSha;
  await pull.push({ files: { a: '1' } });
  pull.lag(1);
  expect(part(await here.call('GET pulls/1'), 'head')['sha']).toBe(before);
  expect(part(await here.call('GET pulls/1'), 'head')['sha']).toBe(pull.headSha);
});

test('rule 14: a pull request names no merge commit', async () => {
  const here = await scene();
  await lineTwentyFive(here);
  expect((await here.call('GET pulls/1', undefined, { 'x-github-api-version': '2026-03-10' })).body['merge_commit_sha']).toBeNull();
  expect((await here.call('GET pulls/1', undefined, { 'x-github-api-version': '2020-01-01' })).status).toBe(400);
});

test('the commits of a fork are in the base repository', async () => {
  const here = await scene();
  const pull = await here.repository.openPullRequest({ fork: 'octocat', files: { 'main.tf': 'x\n' } });
  expect((await here.call(`GET contents/main.tf?ref=${pull.headSha}`)).status).toBe(200);
  expect(at((await here.call(`GET commits/${pull.headSha}/pulls`)).list)['number']).toBe(1);
  expect(part(await here.call('GET pulls/1'), 'head')['label']).toBe('octocat:change-1');
});

test('collaborators, reviews, installations and the rate limit answer as described', async () => {
  const here = await scene();
  await lineTwentyFive(here);
  here.github.user('monalisa');
  expect((await here.call('GET collaborators/octocat/permission')).body['permission']).toBe('write');
  expect((await here.call('GET collaborators/monalisa/permission')).body['permission']).toBe('none');
  expect((await here.call('GET collaborators/nobody/permission')).status).toBe(404);
  expect((await here.call('GET /installation/repositories')).body['total_count']).toBe(1);
  const rate = part(await here.call('GET /rate_limit'), 'rate');
  expect([rate['limit'], rate['used']]).toEqual([5000, 5]);
  expect((await here.call('GET pulls?state=all')).list).toHaveLength(1);
  expect((await here.call('GET pulls?state=closed')).list).toEqual([]);
  here.github.assertNoUnknownRequests();
});

test('an unknown path and an unknown query fail the test', async () => {
  const here = await scene();
  expect((await here.call('GET pulls?states=all')).status).toBe(422);
  here.github.assertNoUnknownRequests();
  expect((await here.call('GET branches')).status).toBe(404);
  expect(() => {
    here.github.assertNoUnknownRequests();
  }).toThrow('The stand-in does not know GET repos/acme/ml-platform/branches');
});

test('patches: counts may be missing in a header, and the missing newline is no line', () => {
  const rows = parsePatch('@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file').map(({ kind, left, right, position }) => [
    kind,
    left,
    right,
    position,
  ]);
  expect(rows).toEqual([
    ['deleted', 1, 0, 1],
    ['added', 0, 1, 2],
  ]);
});

test('the repository for tests is the same every time', async () => {
  const shas: string[] = [];
  for (let turn = 0; turn < 2; turn += 1) {
    const git = await createGitRepository();
    const first = await git.commit({ files: { 'a "b".tf': 'x\n', 'é.tf': 'y\n' } });
    shas.push(await git.commit({ parent: first, files: { 'a "b".tf': null }, moves: { 'é.tf': 'dir/ü.tf' } }));
    expect((await git.tree(at(shas, -1), true)).map((entry) => entry.path)).toEqual(['dir', 'dir/ü.tf']);
    await git.close();
  }
  expect(shas[0]).toBe(shas[1]);
});
