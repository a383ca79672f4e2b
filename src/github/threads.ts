import type { Identity } from './identity.ts';
import { dismissalIn, markersIn } from './marker.ts';
import type { Dismissal } from './marker.ts';
import { fixedMark, resolvedMark } from './comment-body.ts';
import type { Octokit, Repo } from './octokit.ts';

/** The pull request that is spoken on, and as whom. */
export interface Conversation {
  readonly octokit: Octokit;
  readonly repo: Repo;
  readonly number: number;
  /** The commit whose diff was reviewed. */
  readonly head: string;
  readonly identity: Identity;
}

/** A thread that the App began about a finding. */
export interface Thread {
  /** GraphQL's ids of the thread and of its first comment, which is ours. */
  readonly id: string;
  readonly node: string;
  /** The same comment in the REST API. */
  readonly comment: number;
  readonly path: string;
  readonly body: string;
  readonly markers: ReadonlySet<string>;
  /** Its comment says that the finding is fixed. */
  readonly fixed: boolean;
  readonly dismissal: Dismissal | undefined;
  /** A person resolved it: the App's own resolving is marked. */
  readonly resolvedByPerson: boolean;
  /** The App resolved it. */
  readonly resolvedByUs: boolean;
  /** GitHub no longer shows it in the diff. */
  readonly outdated: boolean;
  /** Its comment is minimised. */
  readonly hidden: boolean;
}

interface Page {
  readonly repository: {
    readonly pullRequest: {
      readonly reviewThreads: {
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        readonly nodes: readonly (ThreadNode | null)[];
      };
    } | null;
  } | null;
}
interface ThreadNode {
  readonly id: string;
  readonly path: string;
  readonly isResolved: boolean;
  readonly isOutdated: boolean;
  readonly comments: { readonly nodes: readonly (CommentNode | null)[] };
}
interface CommentNode {
  readonly id: string;
  readonly fullDatabaseId: string | null;
  readonly body: string;
  readonly state: string;
  readonly isMinimized: boolean;
  readonly author: { readonly __typename: string; readonly login: string } | null;
}

const question = `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) { reviewThreads(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { id path isResolved isOutdated
      comments(first: 1) { nodes { id fullDatabaseId body state isMinimized author { __typename login } } } }
  } } }
}`;

/** Every thread that the App itself began, the oldest first. Others' threads don't count, whatever marker they carry. */
export async function readThreads({ octokit, repo, number, identity }: Omit<Conversation, 'head'>): Promise<Thread[]> {
  const threads: Thread[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Page = await octokit.graphql<Page>(question, { ...repo, number, after });
    const found = page.repository?.pullRequest?.reviewThreads;
    threads.push(...(found?.nodes ?? []).map((node) => threadOf(node, identity)).filter((thread) => thread !== undefined));
    after = found?.pageInfo.endCursor ?? null;
    more = found?.pageInfo.hasNextPage === true && after !== null;
  }
  return threads;
}

function threadOf(node: ThreadNode | null, identity: Identity): Thread | undefined {
  const comment = node?.comments.nodes[0];
  if (!node || !comment || comment.state === 'PENDING' || comment.fullDatabaseId === null) return undefined;
  // GraphQL writes a bot's login without "[bot]"; no user and no other App can be a Bot of that name.
  const own = comment.author?.__typename === 'Bot' && `${comment.author.login.replace(/\[bot\]$/, '')}[bot]` === identity.login;
  const markers = new Set(markersIn(comment.body));
  if (!own || markers.size === 0) return undefined;
  return {
    id: node.id,
    node: comment.id,
    comment: Number(comment.fullDatabaseId),
    path: node.path,
    body: comment.body,
    markers,
    fixed: markers.has(fixedMark),
    dismissal: dismissalIn(comment.body),
    resolvedByPerson: node.isResolved && !markers.has(resolvedMark),
    resolvedByUs: node.isResolved && markers.has(resolvedMark),
    outdated: node.isOutdated,
    hidden: comment.isMinimized,
  };
}
