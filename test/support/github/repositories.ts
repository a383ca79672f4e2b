import type { TreeEntry } from '../git-repository.ts';
import type { JsonObject } from './json.ts';
import { notFound, Refusal } from './refusal.ts';
import { commitJson, fileJson, repositoryApi, repositoryJson, userJson } from './represent.ts';
import { linkHeader } from './route.ts';
import type { Reply, RepositoryCall, Route } from './route.ts';
import { fullName } from './state.ts';
import type { Repository } from './state.ts';

const MEGABYTE = 1024 * 1024;
const LIMITS = { compareFiles: 300, directory: 1000, jsonContent: MEGABYTE, blob: 100 * MEGABYTE };

async function compare(call: RepositoryCall): Promise<Reply> {
  const { git } = call.repository;
  const [base, head] = (call.params['basehead'] ?? '').split('...').map((side) => side.replace(/^[^:]*:/, ''));
  const baseSha = await git.commitOf(base ?? '');
  const headSha = await git.commitOf(head ?? '');
  if (baseSha === undefined || headSha === undefined) throw notFound();
  const mergeBase = await git.mergeBase(baseSha, headSha);
  if (mergeBase === undefined) throw new Refusal(404, `No common ancestor between ${base ?? ''} and ${head ?? ''}.`);
  const commits = await git.commitsBetween(mergeBase, headSha);
  const behind = (await git.commitsBetween(mergeBase, baseSha)).length;
  const { url } = call.state;
  const json = async (sha: string): Promise<JsonObject> =>
    commitJson(url, call.repository, await git.readCommit(sha), call.repository.owner);
  const size = Math.min(100, Number(call.query.get('per_page') ?? call.state.options.compareCommits));
  const paged = call.query.has('page') || call.query.has('per_page');
  const at = Number(call.query.get('page') ?? 1);
  const shown = paged ? commits.slice((at - 1) * size, at * size) : commits.slice(0, call.state.options.compareCommits);
  const files = at === 1 ? (await git.diff(mergeBase, headSha)).slice(0, LIMITS.compareFiles) : [];
  const self = repositoryApi(url, call.repository, `compare/${call.params['basehead'] ?? ''}`);
  const site = `${url}/${fullName(call.repository)}/compare/${baseSha}...${headSha}`;
  return {
    status: 200,
    headers: paged ? linkHeader(call, self, at, Math.ceil(commits.length / size)) : {},
    body: {
      url: self,
      html_url: site,
      permalink_url: site,
      diff_url: `${site}.diff`,
      patch_url: `${site}.patch`,
      base_commit: await json(baseSha),
      merge_base_commit: await json(mergeBase),
      status: commits.length === 0 ? (behind === 0 ? 'identical' : 'behind') : behind === 0 ? 'ahead' : 'diverged',
      ahead_by: commits.length,
      behind_by: behind,
      total_commits: commits.length,
      commits: await Promise.all(shown.map((commit) => json(commit.sha))),
      files: files.map((file) => fileJson(url, call.repository, headSha, file)),
    },
  };
}

/** Any value of `recursive` turns it on. A tree that is too large is cut and says so. */
export async function getTree(call: RepositoryCall): Promise<Reply> {
  const { git } = call.repository;
  const found = await git.read(`${call.params['tree_sha'] ?? ''}^{tree}`);
  if (found === undefined) throw notFound();
  const entries = await git.tree(found.sha, call.query.has('recursive'));
  const limit = call.state.options.treeEntries;
  return {
    status: 200,
    body: {
      sha: found.sha,
      url: repositoryApi(call.state.url, call.repository, `git/trees/${found.sha}`),
      tree: entries.slice(0, limit).map((entry) => treeEntryJson(call.state.url, call.repository, entry)),
      truncated: entries.length > limit,
    },
  };
}

function treeEntryJson(url: string, repository: Repository, entry: TreeEntry): JsonObject {
  const at = repositoryApi(url, repository, `git/${entry.type === 'tree' ? 'trees' : 'blobs'}/${entry.sha}`);
  return {
    path: entry.path,
    mode: entry.mode,
    type: entry.type,
    sha: entry.sha,
    ...(entry.size === undefined ? {} : { size: entry.size }),
    url: at,
  };
}

async function getBlob(call: RepositoryCall): Promise<Reply> {
  const blob = await call.repository.git.read(call.params['file_sha'] ?? '');
  if (blob?.type !== 'blob') throw notFound();
  if (blob.data.length > LIMITS.blob) throw new Refusal(403, 'This blob is too large to be shown.');
  if (call.accept.includes('raw')) return { status: 200, raw: { type: 'application/vnd.github.raw', data: blob.data } };
  return {
    status: 200,
    body: {
      sha: blob.sha,
      node_id: `B_${blob.sha}`,
      size: blob.data.length,
      url: repositoryApi(call.state.url, call.repository, `git/blobs/${blob.sha}`),
      content: base64Lines(blob.data),
      encoding: 'base64',
    },
  };
}

async function getContents(call: RepositoryCall): Promise<Reply> {
  const { git } = call.repository;
  const commit = await git.commitOf(call.query.get('ref') ?? call.repository.defaultBranch);
  const path = (call.params['path'] ?? '').replace(/\/+$/, '');
  if (commit === undefined) throw new Refusal(404, `No commit found for the ref ${call.query.get('ref') ?? ''}`);
  const entry = path === '' ? undefined : (await git.tree(`${commit}^{tree}`, true)).find((one) => one.path === path);
  if (path === '' || entry?.type === 'tree') return directory(call, commit, path);
  if (entry === undefined) throw notFound();
  if (entry.type === 'commit') return { status: 200, body: { ...entryJson(call, entry), type: 'submodule', submodule_git_url: null } };
  const file = await followSymlink(call.repository, commit, entry);
  return typeof file === 'string'
    ? { status: 200, body: { ...entryJson(call, entry), type: 'symlink', target: file } }
    : fileReply(call, file);
}

/** The file that a symlink means when its target is a file of the repository, otherwise the target. */
async function followSymlink(repository: Repository, commit: string, entry: TreeEntry): Promise<TreeEntry | string> {
  if (entry.mode !== '120000') return entry;
  const target = (await repository.git.read(entry.sha))?.data.toString('utf8') ?? '';
  const parts = target.startsWith('/') ? [] : [...entry.path.split('/').slice(0, -1), ...target.split('/')];
  const path: string[] = [];
  for (const part of parts) {
    if (part === '..') path.pop();
    else if (part !== '.' && part !== '') path.push(part);
  }
  const found = (await repository.git.tree(`${commit}^{tree}`, true)).find((one) => one.path === path.join('/'));
  return found?.type === 'blob' && found.mode !== '120000' ? { ...found, path: entry.path } : target;
}

async function fileReply(call: RepositoryCall, entry: TreeEntry): Promise<Reply> {
  const data = (await call.repository.git.read(entry.sha))?.data ?? Buffer.alloc(0);
  if (data.length > LIMITS.blob)
    throw new Refusal(403, 'This API returns blobs up to 100 MB in size.', { errors: [{ code: 'too_large', field: 'data' }] });
  if (call.accept.includes('raw')) return { status: 200, raw: { type: 'application/vnd.github.raw; charset=utf-8', data } };
  const large = data.length > LIMITS.jsonContent;
  const content = large ? { content: '', encoding: 'none' } : { content: base64Lines(data), encoding: 'base64' };
  return { status: 200, body: { ...entryJson(call, entry), type: 'file', size: data.length, ...content } };
}

async function directory(call: RepositoryCall, commit: string, path: string): Promise<Reply> {
  const entries = await call.repository.git.tree(path === '' ? `${commit}^{tree}` : `${commit}:${path}`, false);
  const type = (entry: TreeEntry): string =>
    entry.type === 'tree' ? 'dir' : entry.type === 'commit' ? 'submodule' : entry.mode === '120000' ? 'symlink' : 'file';
  const prefix = path === '' ? '' : `${path}/`;
  const items = entries
    .slice(0, LIMITS.directory)
    .map((entry) => ({ ...entryJson(call, { ...entry, path: prefix + entry.path }), type: type(entry), size: entry.size ?? 0 }));
  if (!call.accept.includes('object')) return { status: 200, body: items };
  const self = { path, mode: '040000', type: 'tree', sha: commit } as const;
  return { status: 200, body: { ...entryJson(call, self), type: 'dir', entries: items } };
}

function entryJson(call: RepositoryCall, entry: TreeEntry): JsonObject {
  const { url } = call.state;
  const path = entry.path.split('/').map(encodeURIComponent).join('/');
  const self = repositoryApi(url, call.repository, `contents/${path}`);
  const git = repositoryApi(url, call.repository, `git/blobs/${entry.sha}`);
  const html = `${url}/${fullName(call.repository)}/blob/${call.query.get('ref') ?? call.repository.defaultBranch}/${path}`;
  return {
    name: entry.path.split('/').at(-1) ?? '',
    path: entry.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url: self,
    html_url: html,
    git_url: git,
    download_url: `${html}?raw=1`,
    _links: { self, git, html },
  };
}

function base64Lines(data: Buffer): string {
  return data.toString('base64').replace(/(.{60})/g, '$1\n');
}

const ROLES = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];

function permissionOf(call: RepositoryCall): Reply {
  const login = call.params['username'] ?? '';
  const user = call.state.users.get(login);
  if (user === undefined) throw notFound();
  const role = call.repository.collaborators.get(login) ?? (call.repository.private ? 'none' : 'read');
  const rank = ROLES.indexOf(role);
  const permissions = Object.fromEntries(['pull', 'triage', 'push', 'maintain', 'admin'].map((right, index) => [right, rank > index]));
  const permission = role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
  return {
    status: 200,
    body: { permission, role_name: role, user: { ...userJson(call.state.url, user), role_name: role, permissions } },
  };
}

export const repositoryRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}',
    for: 'repository',
    needs: ['metadata:read'],
    handle: (call) => ({ status: 200, body: repositoryJson(call.state.url, call.repository) }),
  },
  { operation: 'GET /repos/{owner}/{repo}/compare/{basehead}', for: 'repository', needs: ['contents:read'], handle: compare },
  { operation: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}', for: 'repository', needs: ['contents:read'], handle: getTree },
  { operation: 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}', for: 'repository', needs: ['contents:read'], handle: getBlob },
  { operation: 'GET /repos/{owner}/{repo}/contents/{path}', for: 'repository', needs: ['contents:read'], handle: getContents },
  {
    operation: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    for: 'repository',
    needs: ['metadata:read'],
    handle: permissionOf,
  },
];
