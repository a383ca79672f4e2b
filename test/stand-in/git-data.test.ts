import { expect, test } from 'vitest';
import { text } from '../support/github/json.ts';
import type { Permissions } from '../support/github/state.ts';
import { part, lineTwentyFive, scene } from './setup.ts';

const permissions: Permissions = { metadata: 'read', contents: 'write', pull_requests: 'write', checks: 'write' };
const file = (content: string, path = 'added.tf') => [{ path, mode: '100644', type: 'blob', content }];

test('writing to git needs contents: write', async () => {
  const here = await scene();
  const pull = await lineTwentyFive(here);
  const { tree } = await here.repository.git.readCommit(pull.headSha);
  const requests = [
    await here.call('POST git/trees', { base_tree: tree, tree: file('x\n') }),
    await here.call('POST git/commits', { message: 'x', tree, parents: [pull.headSha] }),
    await here.call(`PATCH git/refs/heads/${pull.record.head.ref}`, { sha: pull.baseSha }),
  ];
  expect(requests.map(({ status, body }) => [status, body['message']])).toEqual(
    requests.map(() => [403, 'Resource not accessible by integration']),
  );
});

test('a tree, a commit and a branch that moves there, which the App is told of', async () => {
  const here = await scene({}, { permissions });
  const pull = await lineTwentyFive(here);
  const parent = await here.call(`GET git/commits/${pull.headSha}`);
  const tree = await here.call('POST git/trees', { base_tree: part(parent, 'tree')['sha'], tree: file('x\n') });
  const commit = await here.call('POST git/commits', { message: 'Add', tree: tree.body['sha'], parents: [pull.headSha] });
  const sha = text(commit.body, 'sha') ?? '';
  const ref = `PATCH git/refs/heads/${pull.record.head.ref}`;
  expect([parent.status, tree.status, commit.status, (await here.call(ref, { sha })).status]).toEqual([200, 201, 201, 200]);
  expect([pull.headSha, await pull.read('added.tf')]).toEqual([sha, 'x\n']);
  expect(here.github.webhooks.at(-1)).toMatchObject({ name: 'pull_request', action: 'synchronize', payload: { after: sha } });
});

test('what is refused: no fast forward without force, protected branches, workflows, what is not there', async () => {
  const here = await scene({}, { permissions });
  const pull = await lineTwentyFive(here);
  const { git } = here.repository;
  const ref = `PATCH git/refs/heads/${pull.record.head.ref}`;
  const refusal = async (request: string, body: Parameters<typeof here.call>[1]) => {
    const answer = await here.call(request, body);
    return `${String(answer.status)} ${text(answer.body, 'message')?.split('\n')[0] ?? ''}`;
  };
  const workflow = await git.commit({ parent: pull.headSha, files: { '.github/workflows/a.yml': 'on: push\n' } });
  expect(await refusal(ref, { sha: pull.baseSha, force: false })).toBe('422 Update is not a fast forward');
  expect(await refusal(ref, { sha: 'f'.repeat(40) })).toBe('422 Object does not exist');
  expect(await refusal('PATCH git/refs/heads/nowhere', { sha: pull.headSha })).toBe('422 Reference does not exist');
  expect(await refusal(ref, { sha: workflow })).toBe('403 Resource not accessible by integration');
  expect(await refusal('POST git/trees', { base_tree: pull.headSha, tree: file('x', '../x') })).toBe(
    '422 tree.path contains a malformed path component',
  );
  expect(await refusal('POST git/commits', { message: 'x', tree: pull.headSha, parents: [] })).toBe('422 Tree SHA does not exist');
  here.repository.record.protectedBranches.add(pull.record.head.ref);
  expect(await refusal(ref, { sha: pull.headSha })).toBe('422 Repository rule violations found');
  expect((await here.call(ref, { sha: pull.baseSha, force: true })).status).toBe(422);
});
