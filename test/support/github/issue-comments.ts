import { text } from './json.ts';
import type { JsonObject } from './json.ts';
import { pullOf } from './pull-requests.ts';
import { checkBody, forbidden, notFound } from './refusal.ts';
import { reactionJson, reactionsJson, repositoryApi, userJson } from './represent.ts';
import { findReviewComment } from './review-comments.ts';
import { page } from './route.ts';
import type { Reply, RepositoryCall, Route } from './route.ts';
import { fullName, now } from './state.ts';
import type { IssueComment, PullRequest, Reaction, State, User } from './state.ts';

export function addIssueComment(state: State, pull: PullRequest, author: User, body: string): IssueComment {
  checkBody('IssueComment', body);
  const at = now();
  const comment: IssueComment = { id: state.nextId(), pull, author, body, minimized: null, reactions: [], createdAt: at, updatedAt: at };
  pull.comments.push(comment);
  return comment;
}

function createComment(call: RepositoryCall): Reply {
  const comment = addIssueComment(call.state, pullOf(call), call.state.app.bot, text(call.body, 'body') ?? '');
  return { status: 201, body: issueCommentJson(call.state.url, comment) };
}

function listComments(call: RepositoryCall): Reply {
  const pull = pullOf(call);
  const url = repositoryApi(call.state.url, call.repository, `issues/${String(pull.number)}/comments`);
  return page(call, url, pull.comments, (comment) => issueCommentJson(call.state.url, comment));
}

/** Of all issues and pull requests; `direction` counts only with `sort`. */
function listAllComments(call: RepositoryCall): Reply {
  const all = [...call.repository.pulls.values()].flatMap((pull) => pull.comments).sort((a, b) => a.id - b.id);
  const sorted = call.query.get('sort') !== null && call.query.get('direction') === 'desc' ? all.toReversed() : all;
  return page(call, repositoryApi(call.state.url, call.repository, 'issues/comments'), sorted, (comment) =>
    issueCommentJson(call.state.url, comment),
  );
}

function findComment(call: RepositoryCall): IssueComment {
  const comments = [...call.repository.pulls.values()].flatMap((pull) => pull.comments);
  const comment = comments.find((one) => one.id === Number(call.params['comment_id']));
  if (comment === undefined) throw notFound();
  return comment;
}

function ownComment(call: RepositoryCall): IssueComment {
  const comment = findComment(call);
  if (comment.author !== call.state.app.bot) throw forbidden();
  return comment;
}

function updateComment(call: RepositoryCall): Reply {
  const comment = ownComment(call);
  const body = text(call.body, 'body') ?? '';
  checkBody('IssueComment', body);
  comment.body = body;
  comment.updatedAt = now();
  return { status: 200, body: issueCommentJson(call.state.url, comment) };
}

function deleteComment(call: RepositoryCall): Reply {
  const comment = ownComment(call);
  comment.pull.comments.splice(comment.pull.comments.indexOf(comment), 1);
  return { status: 204 };
}

/** The same reaction of the same person is not stored twice: 200 instead of 201. */
function addReaction(call: RepositoryCall, reactions: Reaction[]): Reply {
  const content = text(call.body, 'content') ?? '';
  const user = call.state.app.bot;
  const known = reactions.find((reaction) => reaction.content === content && reaction.user === user);
  const reaction = known ?? { id: call.state.nextId(), user, content, createdAt: now() };
  if (known === undefined) reactions.push(reaction);
  return { status: known === undefined ? 201 : 200, body: reactionJson(call.state.url, reaction) };
}

function listReactions(call: RepositoryCall, kind: string, reactions: readonly Reaction[]): Reply {
  const url = repositoryApi(call.state.url, call.repository, `${kind}/comments/${call.params['comment_id'] ?? ''}/reactions`);
  const content = call.query.get('content');
  const wanted = reactions.filter((reaction) => content === null || reaction.content === content);
  return page(call, url, wanted, (reaction) => reactionJson(call.state.url, reaction));
}

export function issueCommentJson(url: string, comment: IssueComment): JsonObject {
  const { pull } = comment;
  const at = repositoryApi(url, pull.repository, `issues/comments/${String(comment.id)}`);
  return {
    id: comment.id,
    node_id: `IC_${String(comment.id)}`,
    url: at,
    html_url: `${url}/${fullName(pull.repository)}/pull/${String(pull.number)}#issuecomment-${String(comment.id)}`,
    issue_url: repositoryApi(url, pull.repository, `issues/${String(pull.number)}`),
    body: comment.body,
    user: userJson(url, comment.author),
    author_association: comment.author.type === 'Bot' ? 'NONE' : 'MEMBER',
    reactions: reactionsJson(at, comment.reactions),
    performed_via_github_app: null,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
  };
}

/** A pull request as the issue that it also is, in webhooks. */
export function issueJson(url: string, pull: PullRequest): JsonObject {
  const at = repositoryApi(url, pull.repository, `issues/${String(pull.number)}`);
  const page = `${url}/${fullName(pull.repository)}/pull/${String(pull.number)}`;
  const api = repositoryApi(url, pull.repository, `pulls/${String(pull.number)}`);
  return {
    id: pull.id,
    node_id: `PR_${String(pull.id)}`,
    number: pull.number,
    url: at,
    repository_url: repositoryApi(url, pull.repository, ''),
    labels_url: `${at}/labels{/name}`,
    comments_url: `${at}/comments`,
    events_url: `${at}/events`,
    timeline_url: `${at}/timeline`,
    html_url: page,
    title: pull.title,
    body: pull.body,
    user: userJson(url, pull.author),
    author_association: pull.head.fork ? 'CONTRIBUTOR' : 'MEMBER',
    state: pull.state,
    locked: false,
    active_lock_reason: null,
    labels: [],
    assignee: null,
    assignees: [],
    milestone: null,
    comments: pull.comments.length,
    reactions: reactionsJson(at, []),
    draft: pull.draft,
    pull_request: { url: api, html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch`, merged_at: null },
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
  };
}

// On a pull request either permission will do, except for reactions.
const READ = ['issues:read', 'pull_requests:read'];
const WRITE = ['issues:write', 'pull_requests:write'];
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
const REVIEW_COMMENT = '/repos/{owner}/{repo}/pulls/comments/{comment_id}';

export const issueCommentRoutes: readonly Route[] = [
  { operation: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments', for: 'repository', needs: READ, handle: listComments },
  {
    operation: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    for: 'repository',
    needs: WRITE,
    content: true,
    handle: createComment,
  },
  { operation: 'GET /repos/{owner}/{repo}/issues/comments', for: 'repository', needs: READ, handle: listAllComments },
  { operation: `PATCH ${COMMENT}`, for: 'repository', needs: WRITE, handle: updateComment },
  { operation: `DELETE ${COMMENT}`, for: 'repository', needs: WRITE, handle: deleteComment },
  {
    operation: `GET ${COMMENT}/reactions`,
    for: 'repository',
    needs: ['issues:read'],
    handle: (call) => listReactions(call, 'issues', findComment(call).reactions),
  },
  {
    operation: `POST ${COMMENT}/reactions`,
    for: 'repository',
    needs: ['issues:write'],
    handle: (call) => addReaction(call, findComment(call).reactions),
  },
  {
    operation: `GET ${REVIEW_COMMENT}/reactions`,
    for: 'repository',
    needs: ['pull_requests:read'],
    handle: (call) => listReactions(call, 'pulls', findReviewComment(call).reactions),
  },
  {
    operation: `POST ${REVIEW_COMMENT}/reactions`,
    for: 'repository',
    needs: ['pull_requests:write'],
    handle: (call) => addReaction(call, findReviewComment(call).reactions),
  },
];
