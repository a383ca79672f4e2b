import type { CommitRequest } from '../git-repository.ts';
import { requiredCheckPasses } from './checks.ts';
import { addIssueComment, issueCommentJson, issueJson } from './issue-comments.ts';
import type { JsonObject } from './json.ts';
import { mergeGroup, mergeGroupEvent, queueBranch } from './merge-queue.ts';
import { refresh } from './pull-requests.ts';
import { pullSimpleJson } from './represent.ts';
import { addComment, addReply, commentRequest, placeOf, removeComment, reviewCommentJson, submittedReview } from './review-comments.ts';
import { now } from './state.ts';
import type { IssueComment, PullRequest, Repository, ReviewComment, State } from './state.ts';
import { applyEdits, editOf } from './suggestions.ts';
import { userOf } from './users.ts';
import { occur, pullEvent } from './webhooks.ts';

export type Changes = Pick<CommitRequest, 'files' | 'moves' | 'message'>;

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
  /** Says something below the description. */
  comment(body: string, login?: string): IssueComment;
  /** Begins a thread on a line of the diff. */
  commentOn(path: string, line: number, body: string, login?: string): Promise<ReviewComment>;
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

export async function setBranch(repository: Repository, branch: string, sha: string): Promise<void> {
  repository.branches.set(branch, sha);
  await repository.git.setRef(`refs/heads/${branch}`, sha);
}

/** A push to the branch of a pull request, by its author or somebody else. */
export async function moveHead(state: State, pull: PullRequest, sha: string, by = pull.author): Promise<string> {
  const { repository, headSha: before } = pull;
  pull.previousHeadSha = before;
  pull.headSha = sha;
  pull.baseSha = repository.branches.get(pull.baseRef) ?? pull.baseSha;
  if (!pull.head.fork) await setBranch(repository, pull.head.ref, sha);
  await refresh(pull);
  if (pull.state === 'open') await pullEvent(state, pull, 'synchronize', by, { before, after: sha });
  return sha;
}

export function pullHandle(state: State, pull: PullRequest): PullHandle {
  const { repository } = pull;
  const { git } = repository;
  const event = (action: string, more: JsonObject = {}): Promise<unknown> => pullEvent(state, pull, action, pull.author, more);
  const find = (id: number): ReviewComment => {
    const comment = pull.reviewComments.find((one) => one.id === id);
    if (comment === undefined) throw new Error(`Pull request ${String(pull.number)} has no review comment ${String(id)}.`);
    return comment;
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
    push: async (changes) => moveHead(state, pull, await git.commit({ ...changes, parent: pull.headSha })),
    forcePush: async (changes) => moveHead(state, pull, await git.commit({ ...changes, parent: changes.onto ?? pull.mergeBase })),
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
      occur(state, {
        name: 'issue_comment',
        action: 'created',
        installation: repository.installation,
        repository,
        sender: comment.author,
        payload: { comment: issueCommentJson(state.url, comment), issue: issueJson(state.url, pull) },
      });
      return comment;
    },
    async commentOn(path, line, body, login) {
      const request = { ...commentRequest({ path, line, body }) };
      const place = await placeOf(pull, pull.headSha, request);
      if (typeof place === 'string') throw new Error(`Nobody can comment on line ${String(line)} of ${path}.`);
      const comment = await addComment(state, submittedReview(state, pull, userOf(state, login), pull.headSha), place, request);
      commentEvent('created', comment);
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
    return moveHead(state, pull, sha);
  }
}
