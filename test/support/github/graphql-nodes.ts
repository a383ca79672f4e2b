import { isUtf8 } from 'node:buffer';
import type { Json, JsonObject } from './json.ts';
import { number, text } from './json.ts';
import { permits } from './permissions.ts';
import { fullName } from './state.ts';
import type { IssueComment, PullRequest, Repository, Review, ReviewComment, Token, User } from './state.ts';

/** A value of the graph: fields are computed when they are asked for. */
export interface GraphNode {
  readonly type: string;
  readonly get: (field: string, args: JsonObject) => GraphValue | Promise<GraphValue>;
}
export type GraphValue = Json | GraphNode | readonly GraphValue[];

/** An error with GitHub's type, beside which the field is null. */
export class GraphqlError extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

const TEXT_LIMIT = 512 * 1024;

export function need(token: Token, ...alternatives: readonly string[]): void {
  if (!permits(token.permissions, alternatives)) throw new GraphqlError('FORBIDDEN', 'Resource not accessible by integration');
}

/** A node of plain values, and functions for the fields that cost something or take arguments. */
export function graphNode(
  type: string,
  fields: Readonly<Record<string, GraphValue | ((args: JsonObject) => GraphValue | Promise<GraphValue>)>>,
): GraphNode {
  return {
    type,
    get: (field, args) => {
      const found = fields[field];
      return typeof found === 'function' ? found(args) : (found ?? null);
    },
  };
}

export function repositoryNode(token: Token, repository: Repository): GraphNode {
  const id = `R_${String(repository.id)}`;
  return graphNode('Repository', {
    id,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    isPrivate: repository.private,
    defaultBranchRef: () =>
      graphNode('Ref', { name: repository.defaultBranch, target: () => objectNode(repository, repository.defaultBranch) }),
    object: (args) => {
      need(token, 'contents:read');
      return objectNode(repository, text(args, 'oid') ?? text(args, 'expression') ?? '');
    },
    pullRequest: (args) => {
      need(token, 'pull_requests:read');
      const pull = repository.pulls.get(number(args, 'number') ?? 0);
      if (pull === undefined)
        throw new GraphqlError('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${String(number(args, 'number'))}.`);
      return pullNode(pull);
    },
  });
}

async function objectNode(repository: Repository, name: string): Promise<GraphNode | null> {
  const object = name === '' ? undefined : await repository.git.read(name);
  if (object === undefined) return null;
  const common = { id: `O_${object.sha}`, oid: object.sha, abbreviatedOid: object.sha.slice(0, 7) };
  if (object.type === 'blob') return graphNode('Blob', { ...common, ...blobFields(object.data) });
  if (object.type === 'tree') return graphNode('Tree', { ...common, entries: () => treeEntries(repository, object.sha) });
  const message = object.data.toString('utf8').replace(/^[\s\S]*?\n\n/, '');
  return graphNode('Commit', { ...common, message, tree: () => objectNode(repository, `${object.sha}^{tree}`) });
}

/** Binary blobs have no text; of long ones only the beginning comes. */
function blobFields(data: Buffer): Record<string, GraphValue> {
  const binary = data.subarray(0, 8000).includes(0) || !isUtf8(data);
  const truncated = data.length > TEXT_LIMIT;
  return {
    isBinary: binary,
    isTruncated: truncated,
    byteSize: data.length,
    text: binary ? null : data.subarray(0, TEXT_LIMIT).toString('utf8'),
  };
}

async function treeEntries(repository: Repository, sha: string): Promise<GraphValue> {
  return (await repository.git.tree(sha, false)).map((entry) =>
    graphNode('TreeEntry', {
      name: entry.path,
      path: entry.path,
      type: entry.type,
      mode: Number.parseInt(entry.mode, 8),
      oid: entry.sha,
      size: entry.size ?? 0,
      object: () => objectNode(repository, entry.sha),
    }),
  );
}

function pullNode(pull: PullRequest): GraphNode {
  const roots = (): ReviewComment[] =>
    // What was not submitted yet is shown to its author, and the app is the only one who asks.
    pull.reviewComments.filter(
      (comment) => comment.inReplyTo === null && (comment.review.state !== 'PENDING' || comment.author.type === 'Bot'),
    );
  return graphNode('PullRequest', {
    id: `PR_${String(pull.id)}`,
    number: pull.number,
    title: pull.title,
    body: pull.body,
    isDraft: pull.draft,
    state: pull.merged ? 'MERGED' : pull.state.toUpperCase(),
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    headRefName: pull.head.ref,
    headRefOid: pull.headSha,
    isCrossRepository: pull.head.fork,
    author: userNode(pull.author),
    reviewThreads: (args) => connection('reviewThreads', roots(), args, (root) => threadNode(root)),
    comments: (args) => connection('comments', pull.comments, args, issueCommentNode),
    reviews: (args) => connection('reviews', pull.reviews, args, reviewNode),
  });
}

/** A thread is known by its first comment. */
export function threadNode(root: ReviewComment): GraphNode {
  const { thread } = root;
  const all = (): ReviewComment[] => root.pull.reviewComments.filter((comment) => comment.thread === thread);
  return graphNode('PullRequestReviewThread', {
    id: `PRRT_${String(thread.id)}`,
    isResolved: thread.resolvedBy !== null,
    resolvedBy: thread.resolvedBy === null ? null : userNode(thread.resolvedBy),
    isOutdated: root.line === null,
    path: root.path,
    line: root.line,
    startLine: root.startLine,
    originalLine: root.originalLine,
    originalStartLine: root.originalStartLine,
    diffSide: root.side,
    startDiffSide: root.startSide,
    subjectType: root.subject.toUpperCase(),
    comments: (args) => connection('comments', all(), args, reviewCommentNode),
  });
}

export function reviewCommentNode(comment: ReviewComment): GraphNode {
  const parent = comment.pull.reviewComments.find((one) => one.id === comment.inReplyTo);
  return graphNode('PullRequestReviewComment', {
    ...written(comment, 'PRRC'),
    isMinimized: comment.minimized !== null,
    minimizedReason: comment.minimized,
    createdAt: comment.createdAt,
    path: comment.path,
    line: comment.line,
    outdated: comment.line === null,
    state: comment.review.state === 'PENDING' ? 'PENDING' : 'SUBMITTED',
    replyTo: () => (parent === undefined ? null : reviewCommentNode(parent)),
  });
}

export function issueCommentNode(comment: IssueComment): GraphNode {
  return graphNode('IssueComment', {
    ...written(comment, 'IC'),
    isMinimized: comment.minimized !== null,
    minimizedReason: comment.minimized,
    createdAt: comment.createdAt,
  });
}

export function reviewNode(review: Review): GraphNode {
  return graphNode('PullRequestReview', {
    ...written(review, 'PRR'),
    state: review.state,
    isMinimized: false,
    minimizedReason: null,
  });
}

function written(one: { readonly id: number; readonly body: string; readonly author: User }, prefix: string): Record<string, GraphValue> {
  return {
    id: `${prefix}_${String(one.id)}`,
    databaseId: one.id,
    fullDatabaseId: String(one.id),
    body: one.body,
    author: userNode(one.author),
  };
}

/** GraphQL writes a bot's login without "[bot]". */
export function userNode(user: User): GraphNode {
  return graphNode(user.type, { login: user.login.replace(/\[bot\]$/, ''), id: `U_${String(user.id)}`, databaseId: user.id });
}

function connection<T>(name: string, items: readonly T[], args: JsonObject, toNode: (item: T) => GraphNode): GraphNode {
  const [first, last] = [number(args, 'first'), number(args, 'last')];
  const size = first ?? last;
  if (size === undefined)
    throw new GraphqlError(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  if (size > 100)
    throw new GraphqlError(
      'EXCESSIVE_PAGINATION',
      `Requesting ${String(size)} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`,
    );
  const cursor = (key: string): number | undefined =>
    text(args, key) === undefined ? undefined : Number(Buffer.from(text(args, key) ?? '', 'base64').toString());
  const from = Math.max(cursor('after') ?? 0, first === undefined ? (cursor('before') ?? items.length) - size : 0);
  const to = Math.min(items.length, first === undefined ? (cursor('before') ?? items.length) : from + size);
  const encode = (at: number): string => Buffer.from(String(at)).toString('base64');
  return graphNode(`${name}Connection`, {
    totalCount: items.length,
    nodes: () => items.slice(from, to).map(toNode),
    pageInfo: graphNode('PageInfo', {
      hasNextPage: to < items.length,
      hasPreviousPage: from > 0,
      startCursor: from === to ? null : encode(from),
      endCursor: from === to ? null : encode(to),
    }),
  });
}

export function isNode(value: GraphValue): value is GraphNode {
  return typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function';
}
