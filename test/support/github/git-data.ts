import type { FileChange } from '../git-repository.ts';
import { isList, objects, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { moveHead, setBranch } from './pull-handle.ts';
import { permits } from './permissions.ts';
import { forbidden, notFound, Refusal } from './refusal.ts';
import { repositoryApi } from './represent.ts';
import type { Reply, RepositoryCall, Route } from './route.ts';
import { fullName } from './state.ts';
import { getTree } from './repositories.ts';

async function getCommit(call: RepositoryCall): Promise<Reply> {
  const sha = call.params['commit_sha'] ?? '';
  // Only an id names a commit here, no branch.
  if ((await call.repository.git.commitOf(sha)) !== sha) throw notFound();
  return { status: 200, body: await commitObject(call, sha) };
}

async function commitObject(call: RepositoryCall, sha: string): Promise<JsonObject> {
  const { url } = call.state;
  const { repository } = call;
  const commit = await repository.git.readCommit(sha);
  const html = `${url}/${fullName(repository)}/commit/`;
  return {
    sha,
    node_id: `C_${sha}`,
    url: repositoryApi(url, repository, `git/commits/${sha}`),
    html_url: html + sha,
    author: { ...commit.author },
    committer: { ...commit.author },
    message: commit.message,
    tree: { sha: commit.tree, url: repositoryApi(url, repository, `git/trees/${commit.tree}`) },
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: repositoryApi(url, repository, `git/commits/${parent}`),
      html_url: html + parent,
    })),
    verification: { verified: true, reason: 'valid', signature: 'a signature', payload: 'what is signed', verified_at: null },
  };
}

/** Files are given with their text; what the stand-in has no use for yet (ids, removals, links) it refuses. */
async function createTree(call: RepositoryCall): Promise<Reply> {
  const { git } = call.repository;
  const base = await git.read(`${text(call.body, 'base_tree') ?? ''}^{tree}`);
  if (base === undefined) throw new Refusal(422, 'base_tree is not a valid tree oid');
  const files: Record<string, FileChange> = {};
  for (const entry of objects(call.body, 'tree')) {
    const [path, mode, content] = [text(entry, 'path') ?? '', text(entry, 'mode'), text(entry, 'content')];
    if (path === '' || path.startsWith('/') || path.split('/').some((part) => ['', '.', '..', '.git'].includes(part)))
      throw new Refusal(422, `tree.path contains a malformed path component`);
    if ((mode !== '100644' && mode !== '100755') || content === undefined || entry['sha'] !== undefined)
      throw new Refusal(422, 'The stand-in takes files with their content only.');
    files[path] = { mode, content };
  }
  const sha = await git.writeTree(base.sha, files);
  const made = await getTree({ ...call, params: { ...call.params, tree_sha: sha }, query: new URLSearchParams() });
  return { ...made, status: 201 };
}

async function createCommit(call: RepositoryCall): Promise<Reply> {
  const { git } = call.repository;
  const tree = text(call.body, 'tree') ?? '';
  if ((await git.read(tree))?.type !== 'tree') throw new Refusal(422, 'Tree SHA does not exist');
  const named = call.body['parents'];
  const parents = isList(named) ? named.filter((parent) => typeof parent === 'string') : [];
  for (const parent of parents)
    if ((await git.commitOf(parent)) !== parent) throw new Refusal(422, 'Parent SHA does not exist or is not a commit object');
  const sha = await git.writeCommit(tree, parents, text(call.body, 'message') ?? '');
  return { status: 201, body: await commitObject(call, sha) };
}

/** Moves a branch, and with it the pull request that it is the head of: GitHub then tells of the push, also to the App that made it. */
async function updateRef(call: RepositoryCall): Promise<Reply> {
  const { repository, state } = call;
  const ref = decodeURIComponent(call.params['ref'] ?? '');
  const branch = ref.replace(/^heads\//, '');
  const [old, sha] = [repository.branches.get(branch), text(call.body, 'sha') ?? ''];
  if (!ref.startsWith('heads/') || old === undefined) throw new Refusal(422, 'Reference does not exist');
  if ((await repository.git.commitOf(sha)) !== sha) throw new Refusal(422, 'Object does not exist');
  if (repository.protectedBranches.has(branch))
    throw new Refusal(422, 'Repository rule violations found\n\nChanges must be made through a pull request.');
  if (call.body['force'] !== true && !(await repository.git.isAncestor(old, sha))) throw new Refusal(422, 'Update is not a fast forward');
  const touched = await repository.git.diff(old, sha);
  if (touched.some(({ path }) => path.startsWith('.github/workflows/')) && !permits(call.token?.permissions ?? {}, ['workflows:write']))
    throw forbidden();
  const pull = [...repository.pulls.values()].find((one) => one.state === 'open' && !one.head.fork && one.head.ref === branch);
  if (pull !== undefined && sha !== old) await moveHead(state, pull, sha, state.app.bot);
  else await setBranch(repository, branch, sha);
  const url = repositoryApi(state.url, repository, `git/refs/${ref.split('/').map(encodeURIComponent).join('/')}`);
  return {
    status: 200,
    body: {
      ref: `refs/${ref}`,
      node_id: `REF_${branch}`,
      url,
      object: { type: 'commit', sha, url: repositoryApi(state.url, repository, `git/commits/${sha}`) },
    },
  };
}

const GIT = '/repos/{owner}/{repo}/git';

export const gitDataRoutes: readonly Route[] = [
  { operation: `GET ${GIT}/commits/{commit_sha}`, for: 'repository', needs: ['contents:read'], handle: getCommit },
  { operation: `POST ${GIT}/trees`, for: 'repository', needs: ['contents:write'], handle: createTree },
  { operation: `POST ${GIT}/commits`, for: 'repository', needs: ['contents:write'], handle: createCommit },
  { operation: `PATCH ${GIT}/refs/{ref}`, for: 'repository', needs: ['contents:write'], handle: updateRef },
];
