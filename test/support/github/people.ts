import type { CommitRequest, GitRepository } from '../git-repository.ts';
import { checkRunJson, pullsOfCheck, requiredCheckPasses, suiteOf } from './checks.ts';
import { addIssueComment } from './issue-comments.ts';
import type { JsonObject } from './json.ts';
import { refresh } from './pull-requests.ts';
import { appJson, pullSimpleJson, repositoryApi } from './represent.ts';
import { addReply, removeComment, reviewCommentJson } from './review-comments.ts';
import { now } from './state.ts';
import type { CheckRun, IssueComment, PullRequest, Repository, ReviewComment, State, User } from './state.ts';
import { applyEdits, editOf } from './suggestions.ts';
import { occur, pullEvent } from './webhooks.ts';

export type Changes = Pick<CommitRequest, 'files' | 'moves' | 'message'>;

export interface OpenRequest extends Changes {
  /** Name of the head's branch; made up when absent. */
  readonly branch?: string;
  /** Branch to merge into; the default branch when absent. */
  readonly base?: string;
  /** Login of the fork's owner, for a pull request from a fork. */
  readonly fork?: string;
  readonly title?: string;
  readonly body?: string;
  readonly draft?: boolean;
  /** Login; octocat when absent. */
  readonly author?: string;
}

/** A repository with what people do in it. Every act makes the webhooks that GitHub would send; `deliver` sends them. */
export interface RepositoryHandle {
  readonly record: Repository;
  readonly git: GitRepository;
  readonly checkRuns: readonly CheckRun[];
  /** Commits to a branch, made from the default branch when it is new. Returns the commit. */
  commit(branch: string, changes: Changes): Promise<string>;
  openPullRequest(request: OpenRequest): Promise<PullHandle>;
  rerequestCheckRun(run: CheckRun): void;
  rerequestCheckSuite(headSha: string): Promise<void>;
  /** Presses a check run's button. */
  requestAction(run: CheckRun, identifier: string): void;
}

export interface PullHandle {
  readonly record: PullRequest;
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  readonly reviews: PullRequest['reviews'];
  /** All review comments, also those of people. */
  readonly reviewComments: readonly ReviewComment[];
  /** The comments below the description. */
  readonly comments: readonly IssueComment[];
  push(changes: Changes): Promise<string>;
  /** Replaces the branch by one commit on the merge base, or on `onto`. */
  forcePush(changes: Changes & { readonly onto?: string }): Promise<string>;
  close(): Promise<void>;
  reopen(): Promise<void>;
  markDraft(): Promise<void>;
  markReady(): Promise<void>;
  retarget(base: string): Promise<void>;
  retitle(title: string): Promise<void>;
  /** Puts it into the merge queue: a group's head commit is made and its checks are requested. Returns the group's head. */
  enqueue(): Promise<string>;
  dequeue(reason?: 'merged' | 'invalidated' | 'dequeued'): void;
  comment(body: string, login?: string): IssueComment;
  reply(commentId: number, body: string, login?: string): Promise<ReviewComment>;
  edit(commentId: number, body: string): void;
  remove(commentId: number): void;
  resolve(commentId: number, login?: string): void;
  applySuggestion(commentId: number): Promise<string>;
  /** As one commit. Throws SuggestionRefused with GitHub's words. */
  applySuggestions(commentIds: readonly number[]): Promise<string>;
  /** The text of a file at the head. */
  read(path: string): Promise<string | undefined>;
  /** The next so many reads through the API still show the head before the last push. */
  lag(reads: number): void;
  /** True when the newest check run of that name lets it merge. */
  checkPasses(name: string): boolean;
}

export function repositoryHandle(state: State, repository: Repository): RepositoryHandle {
  const { git } = repository;
  const checkEvent = (name: string, action: string, payload: JsonObject): void => {
    occur(state, { name, action, installation: repository.installation, repository, sender: userOf(state), payload });
  };
  const handle: RepositoryHandle = {
    record: repository,
    git,
    checkRuns: repository.checkRuns,
    async commit(branch, changes) {
      const parent = repository.branches.get(branch) ?? repository.branches.get(repository.defaultBranch);
      const sha = await git.commit({ ...changes, ...(parent === undefined ? {} : { parent }) });
      await setBranch(repository, branch, sha);
      return sha;
    },
    async openPullRequest(request) {
      const pull = await openPull(state, repository, request);
      await pullEvent(state, pull, 'opened', pull.author);
      return pullHandle(state, pull);
    },
    rerequestCheckRun(run) {
      run.suite.status = 'queued';
      checkEvent('check_run', 'rerequested', { check_run: checkRunPayload(state, run) });
    },
    async rerequestCheckSuite(headSha) {
      const suite = await suiteOf(state, repository, headSha);
      suite.status = 'queued';
      checkEvent('check_suite', 'rerequested', { check_suite: await suitePayload(state, repository, headSha) });
    },
    requestAction(run, identifier) {
      checkEvent('check_run', 'requested_action', { check_run: checkRunPayload(state, run), requested_action: { identifier } });
    },
  };
  return handle;
}

async function setBranch(repository: Repository, branch: string, sha: string): Promise<void> {
  repository.branches.set(branch, sha);
  await repository.git.setRef(`refs/heads/${branch}`, sha);
}

/** Everybody whom a test names exists. */
export function userOf(state: State, login = 'octocat', type: User['type'] = 'User'): User {
  const known = state.users.get(login);
  if (known !== undefined) return known;
  const user: User = { id: state.nextId(), login, type };
  state.users.set(login, user);
  return user;
}

async function openPull(state: State, repository: Repository, request: OpenRequest): Promise<PullRequest> {
  const baseRef = request.base ?? repository.defaultBranch;
  const baseSha = repository.branches.get(baseRef);
  if (baseSha === undefined) throw new Error(`There is no branch ${baseRef} to merge into.`);
  const n = repository.pulls.size + 1;
  const author = userOf(state, request.author ?? request.fork);
  const fork = request.fork !== undefined;
  const ref = request.branch ?? `change-${String(n)}`;
  const parent = (fork ? undefined : repository.branches.get(ref)) ?? baseSha;
  const headSha = request.files === undefined && request.moves === undefined ? parent : await repository.git.commit({ ...request, parent });
  if (!fork) await setBranch(repository, ref, headSha);
  const at = now();
  const pull: PullRequest = {
    id: state.nextId(),
    number: n,
    repository,
    author,
    head: { ref, owner: fork ? userOf(state, request.fork) : repository.owner, fork },
    title: request.title ?? request.message ?? 'Change files',
    body: request.body ?? '',
    state: 'open',
    draft: request.draft ?? false,
    merged: false,
    queued: false,
    baseRef,
    baseSha,
    headSha,
    mergeBase: baseSha,
    files: [],
    staleReads: 0,
    previousHeadSha: headSha,
    reviews: [],
    reviewComments: [],
    comments: [],
    createdAt: at,
    updatedAt: at,
    closedAt: null,
  };
  repository.pulls.set(n, pull);
  await refresh(pull);
  return pull;
}

function pullHandle(state: State, pull: PullRequest): PullHandle {
  const { repository } = pull;
  const { git } = repository;
  const event = (action: string, more: JsonObject = {}): Promise<unknown> => pullEvent(state, pull, action, pull.author, more);
  const find = (id: number): ReviewComment => {
    const comment = pull.reviewComments.find((one) => one.id === id);
    if (comment === undefined) throw new Error(`Pull request ${String(pull.number)} has no review comment ${String(id)}.`);
    return comment;
  };
  const moveHead = async (sha: string): Promise<string> => {
    const before = pull.headSha;
    pull.previousHeadSha = before;
    pull.headSha = sha;
    pull.baseSha = repository.branches.get(pull.baseRef) ?? pull.baseSha;
    if (!pull.head.fork) await setBranch(repository, pull.head.ref, sha);
    await refresh(pull);
    if (pull.state === 'open') await event('synchronize', { before, after: sha });
    return sha;
  };
  const commentEvent = (action: string, comment: ReviewComment, more: JsonObject = {}): void => {
    occur(state, {
      name: 'pull_request_review_comment',
      action,
      installation: repository.installation,
      repository,
      sender: comment.author,
      payload: { comment: reviewCommentJson(state.url, comment), pull_request: pullSimpleJson(state.url, pull), ...more },
    });
  };
  const setState = async (action: string, change: () => void): Promise<void> => {
    change();
    await refresh(pull);
    await event(action);
  };

  return {
    record: pull,
    number: pull.number,
    get headSha() {
      return pull.headSha;
    },
    get baseSha() {
      return pull.baseSha;
    },
    reviews: pull.reviews,
    reviewComments: pull.reviewComments,
    comments: pull.comments,
    push: async (changes) => moveHead(await git.commit({ ...changes, parent: pull.headSha })),
    forcePush: async (changes) => moveHead(await git.commit({ ...changes, parent: changes.onto ?? pull.mergeBase })),
    close: () => setState('closed', () => Object.assign(pull, { state: 'closed', closedAt: now(), queued: false })),
    reopen: () => setState('reopened', () => Object.assign(pull, { state: 'open', closedAt: null })),
    markDraft: () => setState('converted_to_draft', () => void (pull.draft = true)),
    markReady: () => setState('ready_for_review', () => void (pull.draft = false)),
    async retarget(base) {
      const from = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
      const baseSha = repository.branches.get(base);
      if (baseSha === undefined) throw new Error(`There is no branch ${base} to merge into.`);
      Object.assign(pull, { baseRef: base, baseSha });
      await refresh(pull);
      await event('edited', { changes: { base: from } });
    },
    async retitle(title) {
      const from = pull.title;
      pull.title = title;
      await event('edited', { changes: { title: { from } } });
    },
    async enqueue() {
      const base = repository.branches.get(pull.baseRef) ?? pull.baseSha;
      const files = Object.fromEntries(
        await Promise.all(
          pull.files.map(async (file) => [file.path, (await git.read(`${pull.headSha}:${file.path}`))?.data ?? null] as const),
        ),
      );
      const removed = Object.fromEntries(
        pull.files.flatMap((file) => (file.previousPath === undefined ? [] : [[file.previousPath, null]])),
      );
      const sha = await git.commit({
        parent: base,
        merge: [pull.headSha],
        files: { ...removed, ...files },
        message: `Merge pull request #${String(pull.number)}`,
      });
      await setBranch(repository, queueBranch(pull, base), sha);
      pull.queued = true;
      mergeGroupEvent(state, pull, 'checks_requested', await mergeGroup(pull, base, sha));
      return sha;
    },
    dequeue(reason = 'dequeued') {
      pull.queued = false;
      const queued = state.webhooks.findLast((one) => one.name === 'merge_group' && one.action === 'checks_requested');
      if (queued !== undefined) mergeGroupEvent(state, pull, 'destroyed', { reason, merge_group: queued.payload['merge_group'] });
    },
    comment(body, login) {
      const comment = addIssueComment(state, pull, userOf(state, login), body);
      return comment;
    },
    async reply(commentId, body, login) {
      const reply = await addReply(state, userOf(state, login), find(commentId), body);
      commentEvent('created', reply);
      return reply;
    },
    edit(commentId, body) {
      const from = find(commentId).body;
      Object.assign(find(commentId), { body, updatedAt: now() });
      commentEvent('edited', find(commentId), { changes: { body: { from } } });
    },
    remove(commentId) {
      const comment = find(commentId);
      removeComment(comment);
      commentEvent('deleted', comment);
    },
    resolve: (commentId, login) => void (find(commentId).thread.resolvedBy = userOf(state, login)),
    applySuggestion: (commentId) => applyAll([commentId]),
    applySuggestions: applyAll,
    read: async (path) => (await git.read(`${pull.headSha}:${path}`))?.data.toString('utf8'),
    lag: (reads) => void (pull.staleReads = reads),
    checkPasses: (name) => requiredCheckPasses(pull, name),
  };

  async function applyAll(commentIds: readonly number[]): Promise<string> {
    const edits = commentIds.map((id) => editOf(find(id)));
    const files: Record<string, string> = {};
    for (const path of new Set(edits.map((edit) => edit.path))) {
      const text = (await git.read(`${pull.headSha}:${path}`))?.data.toString('utf8') ?? '';
      files[path] = applyEdits(
        text,
        edits.filter((edit) => edit.path === path),
      );
    }
    const sha = await git.commit({ parent: pull.headSha, files, message: 'Apply suggestions from code review' });
    for (const id of commentIds) find(id).thread.resolvedBy = pull.author;
    return moveHead(sha);
  }
}

function queueBranch(pull: PullRequest, base: string): string {
  return `gh-readonly-queue/${pull.baseRef}/pr-${String(pull.number)}-${base}`;
}

async function mergeGroup(pull: PullRequest, base: string, sha: string): Promise<JsonObject> {
  const commit = await pull.repository.git.readCommit(sha);
  return {
    merge_group: {
      head_sha: sha,
      head_ref: `refs/heads/${queueBranch(pull, base)}`,
      base_sha: base,
      base_ref: `refs/heads/${pull.baseRef}`,
      head_commit: simpleCommit(commit),
    },
  };
}

function simpleCommit(commit: {
  sha: string;
  tree: string;
  message: string;
  author: { name: string; email: string; date: string };
}): JsonObject {
  const { name, email, date } = commit.author;
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: date,
    author: { name, email },
    committer: { name, email },
  };
}

function mergeGroupEvent(state: State, pull: PullRequest, action: string, payload: JsonObject): void {
  const { repository } = pull;
  occur(state, { name: 'merge_group', action, installation: repository.installation, repository, sender: pull.author, payload });
}

function checkRunPayload(state: State, run: CheckRun): JsonObject {
  const suite = run.suite;
  return {
    ...checkRunJson(state, run),
    check_suite: {
      id: suite.id,
      node_id: `CS_${String(suite.id)}`,
      head_branch: suite.headBranch,
      head_sha: suite.headSha,
      status: suite.status,
      conclusion: null,
      url: repositoryApi(state.url, run.repository, `check-suites/${String(suite.id)}`),
      before: null,
      after: suite.headSha,
      pull_requests: pullsOfCheck(state, run.repository, run.headSha),
      app: appJson(state.url, state.app, run.repository.owner),
      created_at: run.startedAt,
      updated_at: run.startedAt,
    },
  };
}

async function suitePayload(state: State, repository: Repository, headSha: string): Promise<JsonObject> {
  const suite = await suiteOf(state, repository, headSha);
  const at = repositoryApi(state.url, repository, `check-suites/${String(suite.id)}`);
  return {
    id: suite.id,
    node_id: `CS_${String(suite.id)}`,
    head_branch: suite.headBranch,
    head_sha: headSha,
    status: suite.status,
    conclusion: null,
    url: at,
    before: null,
    after: headSha,
    pull_requests: pullsOfCheck(state, repository, headSha),
    // The description's list of events in a suite's app is older than merge_group.
    app: { ...appJson(state.url, state.app, repository.owner), events: state.app.events.filter((event) => event !== 'merge_group') },
    created_at: now(),
    updated_at: now(),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: repository.checkRuns.filter((run) => run.headSha === headSha).length,
    check_runs_url: `${at}/check-runs`,
    head_commit: simpleCommit(await repository.git.readCommit(headSha)),
  };
}
