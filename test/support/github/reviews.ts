import type { Anchor, AnchorProblem } from './anchors.ts';
import { isList, isObject, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { pullOf } from './pull-requests.ts';
import { checkBody, forbidden, notFound, unprocessable } from './refusal.ts';
import { repositoryApi, userJson } from './represent.ts';
import { addComment, commentRequest, isCommitOf, placeOf, reviewCommentJson } from './review-comments.ts';
import type { CommentRequest } from './review-comments.ts';
import { page } from './route.ts';
import type { Reply, RepositoryCall, Route } from './route.ts';
import { fullName, now } from './state.ts';
import type { PullRequest, Review } from './state.ts';

const STATES = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

const PROBLEMS: Readonly<Record<AnchorProblem | 'path', string>> = {
  path: 'Path could not be resolved',
  line: 'Line could not be resolved',
  start_line: 'Start line could not be resolved',
  order: 'Pull request review thread start line must precede the end line.',
  hunk: 'Pull request review thread start line must be part of the same hunk as the line.',
};

/** All or nothing: every comment is placed before anything is stored. */
async function createReview(call: RepositoryCall): Promise<Reply> {
  const pull = pullOf(call);
  const author = call.state.app.bot;
  const event = text(call.body, 'event');
  const body = text(call.body, 'body') ?? '';
  const sent = call.body['comments'];
  const requests = isList(sent) ? sent.filter(isObject).map(commentRequest) : [];
  const commitId = text(call.body, 'commit_id') ?? pull.headSha;

  if (!(await isCommitOf(pull, commitId))) throw unprocessable('The commit is not part of the pull request');
  if (pull.reviews.some((review) => review.state === 'PENDING' && review.author === author)) {
    throw unprocessable('User can only have one pending review per pull request');
  }
  if (event === 'APPROVE' && pull.author === author) throw unprocessable('Review Can not approve your own pull request');
  if (event === 'REQUEST_CHANGES' && pull.author === author) throw unprocessable('Review Can not request changes on your own pull request');
  if (body === '' && (event === 'REQUEST_CHANGES' || (event === 'COMMENT' && requests.length === 0)))
    throw unprocessable("Review body can't be blank");
  checkBody('PullRequestReview', body, true);
  const places = await placeAll(pull, commitId, requests);

  const state = event === 'APPROVE' || event === 'REQUEST_CHANGES' || event === 'COMMENT' ? STATES[event] : 'PENDING';
  const review: Review = { id: call.state.nextId(), pull, author, body, state, commitId, submittedAt: state === 'PENDING' ? null : now() };
  pull.reviews.push(review);
  for (const { place, request } of places) await addComment(call.state, review, place, request);
  return { status: 200, body: reviewJson(call.state.url, review) };
}

async function placeAll(
  pull: PullRequest,
  commitId: string,
  requests: readonly CommentRequest[],
): Promise<{ place: Anchor; request: CommentRequest }[]> {
  const places: { place: Anchor; request: CommentRequest }[] = [];
  const problems = new Set<string>();
  for (const request of requests) {
    checkBody('PullRequestReviewComment', request.body);
    if (request.position !== undefined) throw unprocessable('`position` is closing down: send `line` and `side`');
    const place = await placeOf(pull, commitId, request);
    if (typeof place === 'string') problems.add(PROBLEMS[place]);
    else places.push({ place, request });
  }
  if (problems.size > 0) throw unprocessable(...problems);
  return places;
}

function reviewOf(call: RepositoryCall): Review {
  const review = pullOf(call).reviews.find((one) => one.id === Number(call.params['review_id']));
  if (review === undefined) throw notFound();
  return review;
}

function ownReview(call: RepositoryCall): Review {
  const review = reviewOf(call);
  if (review.author !== call.state.app.bot) throw forbidden();
  return review;
}

function updateReview(call: RepositoryCall): Reply {
  const review = ownReview(call);
  const body = text(call.body, 'body') ?? '';
  checkBody('PullRequestReview', body);
  review.body = body;
  return { status: 200, body: reviewJson(call.state.url, review) };
}

function deleteReview(call: RepositoryCall): Reply {
  const review = ownReview(call);
  if (review.state !== 'PENDING') throw unprocessable('Can not delete a non-pending pull request review');
  const { pull } = review;
  pull.reviews.splice(pull.reviews.indexOf(review), 1);
  for (const comment of pull.reviewComments.filter((one) => one.review === review))
    pull.reviewComments.splice(pull.reviewComments.indexOf(comment), 1);
  return { status: 200, body: reviewJson(call.state.url, review) };
}

function listReviews(call: RepositoryCall): Reply {
  const pull = pullOf(call);
  const visible = pull.reviews.filter((review) => review.state !== 'PENDING' || review.author === call.state.app.bot);
  return page(call, `${pullApi(call.state.url, pull)}/reviews`, visible, (review) => reviewJson(call.state.url, review));
}

function listReviewComments(call: RepositoryCall): Reply {
  const review = reviewOf(call);
  const comments = review.pull.reviewComments.filter((comment) => comment.review === review);
  const url = `${pullApi(call.state.url, review.pull)}/reviews/${String(review.id)}/comments`;
  return page(call, url, comments, (comment) => reviewCommentJson(call.state.url, comment));
}

function pullApi(url: string, pull: PullRequest): string {
  return repositoryApi(url, pull.repository, `pulls/${String(pull.number)}`);
}

export function reviewJson(url: string, review: Review): JsonObject {
  const { pull } = review;
  const html = `${url}/${fullName(pull.repository)}/pull/${String(pull.number)}#pullrequestreview-${String(review.id)}`;
  return {
    id: review.id,
    node_id: `PRR_${String(review.id)}`,
    user: userJson(url, review.author),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pullApi(url, pull),
    author_association: review.author.type === 'Bot' ? 'NONE' : 'MEMBER',
    commit_id: review.commitId,
    ...(review.submittedAt === null ? {} : { submitted_at: review.submittedAt }),
    _links: { html: { href: html }, pull_request: { href: pullApi(url, pull) } },
  };
}

const REVIEW = '/repos/{owner}/{repo}/pulls/{pull_number}/reviews';
const WRITE = ['pull_requests:write'];
const READ = ['pull_requests:read'];

export const reviewRoutes: readonly Route[] = [
  { operation: `GET ${REVIEW}`, for: 'repository', needs: READ, handle: listReviews },
  { operation: `POST ${REVIEW}`, for: 'repository', needs: WRITE, content: true, handle: createReview },
  {
    operation: `GET ${REVIEW}/{review_id}`,
    for: 'repository',
    needs: READ,
    handle: (call) => ({ status: 200, body: reviewJson(call.state.url, reviewOf(call)) }),
  },
  { operation: `PUT ${REVIEW}/{review_id}`, for: 'repository', needs: WRITE, handle: updateReview },
  { operation: `DELETE ${REVIEW}/{review_id}`, for: 'repository', needs: WRITE, handle: deleteReview },
  { operation: `GET ${REVIEW}/{review_id}/comments`, for: 'repository', needs: READ, handle: listReviewComments },
];
