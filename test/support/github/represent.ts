import type { CommitData, DiffEntry } from '../git-repository.ts';
import type { Json, JsonObject } from './json.ts';
import { fullName } from './state.ts';
import type { AppRegistration, Installation, PullRequest, Reaction, Repository, User } from './state.ts';

/** The stand-in's records as GitHub writes them. `url` is the stand-in's address without a path. */

export function api(url: string, path: string): string {
  return `${url}/api/v3/${path}`;
}

export function repositoryApi(url: string, repository: Repository, path: string): string {
  return api(url, `repos/${fullName(repository)}${path === '' ? '' : `/${path}`}`);
}

export function userJson(url: string, user: User): JsonObject {
  const at = api(url, `users/${encodeURIComponent(user.login)}`);
  return {
    login: user.login,
    id: user.id,
    node_id: `U_${String(user.id)}`,
    avatar_url: `${url}/avatars/${String(user.id)}`,
    gravatar_id: '',
    url: at,
    html_url: `${url}/${encodeURIComponent(user.login)}`,
    followers_url: `${at}/followers`,
    following_url: `${at}/following`,
    gists_url: `${at}/gists`,
    starred_url: `${at}/starred`,
    subscriptions_url: `${at}/subscriptions`,
    organizations_url: `${at}/orgs`,
    repos_url: `${at}/repos`,
    events_url: `${at}/events`,
    received_events_url: `${at}/received_events`,
    type: user.type,
    site_admin: false,
    user_view_type: 'public',
  };
}

const REPOSITORY_URLS =
  'archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages merges milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees'.split(
    ' ',
  );

/** Also stands for a pull request's fork: the same repository under another owner. */
export function repositoryJson(url: string, repository: Repository, forkOwner?: User): JsonObject {
  const owner = forkOwner ?? repository.owner;
  const name = `${owner.login}/${repository.name}`;
  const at = api(url, `repos/${name}`);
  return {
    ...Object.fromEntries(REPOSITORY_URLS.map((part) => [`${part}_url`, `${at}/${part}`])),
    id: forkOwner === undefined ? repository.id : repository.id * 1000 + forkOwner.id,
    node_id: `R_${String(repository.id)}`,
    name: repository.name,
    full_name: name,
    owner: userJson(url, owner),
    private: repository.private,
    visibility: repository.private ? 'private' : 'public',
    html_url: `${url}/${name}`,
    description: null,
    fork: forkOwner !== undefined,
    url: at,
    clone_url: `${url}/${name}.git`,
    git_url: `${url.replace('http', 'git')}/${name}.git`,
    ssh_url: `ssh://git@localhost/${name}.git`,
    svn_url: `${url}/${name}`,
    mirror_url: null,
    homepage: null,
    language: 'HCL',
    license: null,
    topics: [],
    default_branch: repository.defaultBranch,
    forks: 0,
    forks_count: 0,
    open_issues: repository.pulls.size,
    open_issues_count: repository.pulls.size,
    size: 1,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    network_count: 0,
    subscribers_count: 0,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: false,
    disabled: false,
    is_template: false,
    allow_forking: true,
    web_commit_signoff_required: false,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    pushed_at: repository.createdAt,
  };
}

export function appJson(url: string, app: AppRegistration, owner: User): JsonObject {
  return {
    id: app.id,
    slug: app.slug,
    node_id: `A_${String(app.id)}`,
    client_id: `Iv1.${String(app.id)}`,
    owner: userJson(url, owner),
    name: app.name,
    description: null,
    external_url: `https://github.com/acme/${app.slug}`,
    html_url: `${url}/apps/${app.slug}`,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    permissions: app.permissions,
    events: app.events,
  };
}

export function installationJson(url: string, app: AppRegistration, installation: Installation): JsonObject {
  const at = api(url, `app/installations/${String(installation.id)}`);
  return {
    id: installation.id,
    account: userJson(url, installation.account),
    app_id: app.id,
    app_slug: app.slug,
    target_id: installation.account.id,
    target_type: installation.account.type,
    repository_selection: 'all',
    access_tokens_url: `${at}/access_tokens`,
    repositories_url: api(url, 'installation/repositories'),
    html_url: `${url}/settings/installations/${String(installation.id)}`,
    permissions: installation.permissions,
    events: app.events,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    single_file_name: null,
    suspended_by: null,
    suspended_at: null,
  };
}

/** A pull request as it stands in lists. */
export function pullSimpleJson(url: string, pull: PullRequest, headSha = pull.headSha): JsonObject {
  const { repository } = pull;
  const n = String(pull.number);
  const at = repositoryApi(url, repository, `pulls/${n}`);
  const issue = repositoryApi(url, repository, `issues/${n}`);
  const page = `${url}/${fullName(repository)}/pull/${n}`;
  const links = {
    self: at,
    html: page,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${at}/comments`,
    review_comment: `${repositoryApi(url, repository, 'pulls/comments')}{/number}`,
    commits: `${at}/commits`,
    statuses: repositoryApi(url, repository, `statuses/${headSha}`),
  };
  return {
    id: pull.id,
    node_id: `PR_${String(pull.id)}`,
    number: pull.number,
    url: at,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    comments_url: links.comments,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    statuses_url: links.statuses,
    state: pull.state,
    locked: false,
    active_lock_reason: null,
    title: pull.title,
    body: pull.body,
    user: userJson(url, pull.author),
    author_association: pull.head.fork ? 'CONTRIBUTOR' : 'MEMBER',
    labels: [],
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    milestone: null,
    draft: pull.draft,
    auto_merge: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.merged ? pull.closedAt : null,
    merge_commit_sha: null,
    head: {
      label: `${pull.head.owner.login}:${pull.head.ref}`,
      ref: pull.head.ref,
      sha: headSha,
      user: userJson(url, pull.head.owner),
      repo: repositoryJson(url, repository, pull.head.fork ? pull.head.owner : undefined),
    },
    base: {
      label: `${repository.owner.login}:${pull.baseRef}`,
      ref: pull.baseRef,
      sha: pull.baseSha,
      user: userJson(url, repository.owner),
      repo: repositoryJson(url, repository),
    },
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
  };
}

/** A single pull request, with its counts. */
export function pullJson(url: string, pull: PullRequest, commits: number, headSha = pull.headSha): JsonObject {
  const sum = (pick: (file: DiffEntry) => number): number => pull.files.reduce((total, file) => total + pick(file), 0);
  return {
    ...pullSimpleJson(url, pull, headSha),
    merged: pull.merged,
    mergeable: pull.state === 'open' ? true : null,
    rebaseable: null,
    mergeable_state: pull.draft ? 'draft' : 'clean',
    merged_by: null,
    comments: pull.comments.length,
    review_comments: pull.reviewComments.length,
    maintainer_can_modify: pull.head.fork,
    commits,
    additions: sum((file) => file.additions),
    deletions: sum((file) => file.deletions),
    changed_files: pull.files.length,
  };
}

export function fileJson(url: string, repository: Repository, sha: string, file: DiffEntry): JsonObject {
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: file.blob,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${url}/${fullName(repository)}/blob/${sha}/${path}`,
    raw_url: `${url}/${fullName(repository)}/raw/${sha}/${path}`,
    contents_url: repositoryApi(url, repository, `contents/${path}?ref=${sha}`),
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
  };
}

export function commitJson(url: string, repository: Repository, commit: CommitData, author: User): JsonObject {
  const at = repositoryApi(url, repository, `commits/${commit.sha}`);
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    url: at,
    html_url: `${url}/${fullName(repository)}/commit/${commit.sha}`,
    comments_url: `${at}/comments`,
    commit: {
      url: repositoryApi(url, repository, `git/commits/${commit.sha}`),
      author: { ...commit.author },
      committer: { ...commit.author },
      message: commit.message,
      tree: { sha: commit.tree, url: repositoryApi(url, repository, `git/trees/${commit.tree}`) },
      comment_count: 0,
    },
    author: userJson(url, author),
    committer: userJson(url, author),
    parents: commit.parents.map((sha) => ({ sha, url: repositoryApi(url, repository, `commits/${sha}`) })),
  };
}

export function reactionJson(url: string, reaction: Reaction): JsonObject {
  return {
    id: reaction.id,
    node_id: `REA_${String(reaction.id)}`,
    user: userJson(url, reaction.user),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

/** The summary of reactions that comments carry. */
export function reactionsJson(at: string, reactions: readonly Reaction[]): Json {
  const count = (content: string): number => reactions.filter((reaction) => reaction.content === content).length;
  const names = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'eyes', 'rocket'];
  return { url: `${at}/reactions`, total_count: reactions.length, ...Object.fromEntries(names.map((name) => [name, count(name)])) };
}
