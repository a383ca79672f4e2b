import { anchor } from './anchors.ts';
import type { Anchor, AnchorProblem } from './anchors.ts';
import { number, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { pullOf, reanchor } from './pull-requests.ts';
import { checkBody, forbidden, invalid, notFound } from './refusal.ts';
import { reactionsJson, repositoryApi, userJson } from './represent.ts';
import { page } from './route.ts';
import type { Reply, RepositoryCall, Route } from './route.ts';
import { fullName, now } from './state.ts';
import type { PullRequest, Review, ReviewComment, Side, State, Thread, User } from './state.ts';

/** What a new comment asks for; the same on both endpoints. */
export interface CommentRequest {
  readonly body: string;
  readonly path: string;
  readonly subject: 'line' | 'file';
  readonly line: number | undefined;
  readonly side: Side;
  readonly startLine: number | undefined;
  readonly startSide: Side | undefined;
  readonly position: number | undefined;
}

export function commentRequest(body: JsonObject): CommentRequest {
  const side = text(body, 'side') === 'LEFT' ? 'LEFT' : 'RIGHT';
  const startSide = text(body, 'start_side');
  return {
    body: text(body, 'body') ?? '',
    path: text(body, 'path') ?? '',
    subject: text(body, 'subject_type') === 'file' ? 'file' : 'line',
    line: number(body, 'line'),
    side,
    startLine: number(body, 'start_line'),
    startSide: startSide === 'LEFT' || startSide === 'RIGHT' ? startSide : undefined,
    position: number(body, 'position'),
  };
}

/** The place of a comment in the pull request's diff at a commit, or what is wrong with it. */
export async function placeOf(pull: PullRequest, commitId: string, request: CommentRequest): Promise<Anchor | AnchorProblem | 'path'> {
  const files = commitId === pull.headSha ? pull.files : await pull.repository.git.diff(pull.mergeBase, commitId);
  const file = files.find((one) => one.path === request.path);
  if (file === undefined) return 'path';
  // GitHub answers line 1 for a comment on a whole file.
  if (request.subject === 'file') return { line: 1, startLine: null, side: 'RIGHT', startSide: null, position: 1, diffHunk: '' };
  return request.line === undefined ? 'line' : anchor(file, { ...request, line: request.line });
}

export async function isCommitOf(pull: PullRequest, commitId: string): Promise<boolean> {
  if (commitId === pull.headSha) return true;
  return (await pull.repository.git.commitsBetween(pull.mergeBase, pull.headSha)).some((commit) => commit.sha === commitId);
}

export async function addComment(
  state: State,
  review: Review,
  place: Anchor,
  request: CommentRequest,
  replyTo?: ReviewComment,
): Promise<ReviewComment> {
  const { pull } = review;
  const thread: Thread = replyTo?.thread ?? { id: state.nextId(), resolvedBy: null };
  const at = now();
  const comment: ReviewComment = {
    id: state.nextId(),
    pull,
    review,
    author: review.author,
    path: request.path,
    subject: request.subject,
    side: place.side,
    startSide: place.startSide,
    line: place.line,
    startLine: place.startLine,
    position: place.position,
    originalLine: place.line,
    originalStartLine: place.startLine,
    originalPosition: place.position,
    commitId: review.commitId,
    originalCommitId: review.commitId,
    diffHunk: place.diffHunk,
    inReplyTo: replyTo?.inReplyTo ?? replyTo?.id ?? null,
    thread,
    body: request.body,
    minimized: null,
    reactions: [],
    createdAt: at,
    updatedAt: at,
  };
  pull.reviewComments.push(comment);
  if (review.commitId !== pull.headSha) await reanchor(comment);
  return comment;
}

/** A reply stands where the comment that it answers stands. */
export async function addReply(state: State, author: User, parent: ReviewComment, body: string): Promise<ReviewComment> {
  checkBody('PullRequestReviewComment', body);
  const review = submittedReview(state, parent.pull, author, parent.originalCommitId);
  const place: Anchor = {
    line: parent.originalLine,
    startLine: parent.originalStartLine,
    side: parent.side,
    startSide: parent.startSide,
    position: parent.originalPosition,
    diffHunk: parent.diffHunk,
  };
  const reply = await addComment(state, review, place, { ...commentRequest({}), path: parent.path, subject: parent.subject, body }, parent);
  await reanchor(reply);
  return reply;
}

/** Every single comment belongs to a review of its own. */
export function submittedReview(state: State, pull: PullRequest, author: User, commitId: string): Review {
  const review: Review = { id: state.nextId(), pull, author, body: '', state: 'COMMENTED', commitId, submittedAt: now() };
  pull.reviews.push(review);
  return review;
}

const PROBLEMS: Readonly<Record<AnchorProblem | 'path', readonly [field: string, message: string]>> = {
  path: ['pull_request_review_thread.path', 'could not be resolved'],
  line: ['pull_request_review_thread.line', 'could not be resolved'],
  start_line: ['pull_request_review_thread.start_line', 'could not be resolved'],
  order: ['pull_request_review_thread.start_line', 'Pull request review thread start line must precede the end line.'],
  hunk: ['pull_request_review_thread.start_line', 'Pull request review thread start_line must be part of the same hunk as the line.'],
};

async function createComment(call: RepositoryCall): Promise<Reply> {
  const pull = pullOf(call);
  const request = commentRequest(call.body);
  const replyTo = number(call.body, 'in_reply_to');
  if (replyTo !== undefined) return created(call, await addReply(call.state, call.state.app.bot, rootOf(pull, replyTo), request.body));
  checkBody('PullRequestReviewComment', request.body);
  if (request.position !== undefined)
    throw invalid('PullRequestReviewComment', 'position', '`position` is closing down: send `line` and `side`');
  const commitId = text(call.body, 'commit_id') ?? '';
  if (!(await isCommitOf(pull, commitId)))
    throw invalid('PullRequestReviewComment', 'commit_id', 'commit_id is not part of the pull request');
  const place = await placeOf(pull, commitId, request);
  if (typeof place === 'string') throw invalid('PullRequestReviewComment', ...PROBLEMS[place]);
  refusePending(pull, call.state.app.bot);
  return created(call, await addComment(call.state, submittedReview(call.state, pull, call.state.app.bot, commitId), place, request));
}

/** One pending review per person and pull request; while there is one, nothing else can be submitted. */
export function refusePending(pull: PullRequest, author: User): void {
  const pending = pull.reviews.some((review) => review.state === 'PENDING' && review.author === author);
  if (pending) throw invalid('PullRequestReview', 'user_id', 'User can only have one pending review per pull request');
}

async function replyToComment(call: RepositoryCall): Promise<Reply> {
  const parent = rootOf(pullOf(call), Number(call.params['comment_id']));
  return created(call, await addReply(call.state, call.state.app.bot, parent, text(call.body, 'body') ?? ''));
}

function rootOf(pull: PullRequest, id: number): ReviewComment {
  const comment = pull.reviewComments.find((one) => one.id === id);
  if (comment === undefined) throw notFound();
  if (comment.inReplyTo !== null) throw invalid('PullRequestReviewComment', 'in_reply_to', 'Replies to replies are not supported');
  return comment;
}

function created(call: RepositoryCall, comment: ReviewComment): Reply {
  return { status: 201, body: reviewCommentJson(call.state.url, comment) };
}

/** A comment of a pending review is nobody's business until the review is submitted. */
function visible(call: RepositoryCall): (comment: ReviewComment) => boolean {
  return (comment) => comment.review.state !== 'PENDING' || comment.author === call.state.app.bot;
}

export function findReviewComment(call: RepositoryCall): ReviewComment {
  const comments = [...call.repository.pulls.values()].flatMap((pull) => pull.reviewComments).filter(visible(call));
  const comment = comments.find((one) => one.id === Number(call.params['comment_id']));
  if (comment === undefined) throw notFound();
  return comment;
}

function ownComment(call: RepositoryCall): ReviewComment {
  const comment = findReviewComment(call);
  if (comment.author !== call.state.app.bot) throw forbidden();
  return comment;
}

function listComments(call: RepositoryCall): Reply {
  const pull = pullOf(call);
  const url = repositoryApi(call.state.url, call.repository, `pulls/${String(pull.number)}/comments`);
  const submitted = pull.reviewComments.filter((comment) => comment.review.state !== 'PENDING');
  const items = call.query.get('direction') === 'desc' && call.query.has('sort') ? submitted.reverse() : submitted;
  return page(call, url, items, (comment) => reviewCommentJson(call.state.url, comment));
}

function updateComment(call: RepositoryCall): Reply {
  const comment = ownComment(call);
  const body = text(call.body, 'body') ?? '';
  checkBody('PullRequestReviewComment', body);
  comment.body = body;
  comment.updatedAt = now();
  return { status: 200, body: reviewCommentJson(call.state.url, comment) };
}

export function removeComment(comment: ReviewComment): void {
  const all = comment.pull.reviewComments;
  all.splice(all.indexOf(comment), 1);
}

export function reviewCommentJson(url: string, comment: ReviewComment): JsonObject {
  const { pull } = comment;
  const at = repositoryApi(url, pull.repository, `pulls/comments/${String(comment.id)}`);
  const pullUrl = repositoryApi(url, pull.repository, `pulls/${String(pull.number)}`);
  const html = `${url}/${fullName(pull.repository)}/pull/${String(pull.number)}#discussion_r${String(comment.id)}`;
  return {
    id: comment.id,
    node_id: `PRRC_${String(comment.id)}`,
    url: at,
    html_url: html,
    pull_request_url: pullUrl,
    pull_request_review_id: comment.review.id,
    diff_hunk: comment.diffHunk,
    path: comment.path,
    subject_type: comment.subject,
    side: comment.side,
    start_side: comment.startSide,
    line: comment.line,
    start_line: comment.startLine,
    position: comment.position,
    original_line: comment.originalLine,
    original_start_line: comment.originalStartLine,
    original_position: comment.originalPosition,
    commit_id: comment.commitId,
    original_commit_id: comment.originalCommitId,
    ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
    user: userJson(url, comment.author),
    body: comment.body,
    author_association: comment.author.type === 'Bot' ? 'NONE' : 'MEMBER',
    reactions: reactionsJson(at, comment.reactions),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    _links: { self: { href: at }, html: { href: html }, pull_request: { href: pullUrl } },
  };
}

export const reviewCommentRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments',
    for: 'repository',
    needs: ['pull_requests:read'],
    handle: listComments,
  },
  {
    operation: 'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments',
    for: 'repository',
    needs: ['pull_requests:write'],
    content: true,
    handle: createComment,
  },
  {
    operation: 'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies',
    for: 'repository',
    needs: ['pull_requests:write'],
    content: true,
    handle: replyToComment,
  },
  {
    operation: 'GET /repos/{owner}/{repo}/pulls/comments/{comment_id}',
    for: 'repository',
    needs: ['pull_requests:read'],
    handle: (call) => ({ status: 200, body: reviewCommentJson(call.state.url, findReviewComment(call)) }),
  },
  {
    operation: 'PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}',
    for: 'repository',
    needs: ['pull_requests:write'],
    handle: updateComment,
  },
  {
    operation: 'DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}',
    for: 'repository',
    needs: ['pull_requests:write'],
    handle: (call) => {
      removeComment(ownComment(call));
      return { status: 204 };
    },
  },
];
