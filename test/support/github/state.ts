import type { KeyObject } from 'node:crypto';
import type { DiffEntry, GitRepository } from '../git-repository.ts';
import type { JsonObject } from './json.ts';

/** What the stand-in remembers. Only the stand-in changes it; tests read it. */
export interface State {
  url: string;
  readonly app: AppRegistration;
  readonly installations: Map<number, Installation>;
  readonly repositories: Map<string, Repository>;
  readonly users: Map<string, User>;
  readonly tokens: Map<string, Token>;
  readonly webhooks: WebhookEvent[];
  readonly options: Limits;
  /** The next id; ids are unique over all kinds. */
  nextId(): number;
}

export interface Limits {
  /** Entries of a recursive tree before it is cut. GitHub: 100,000. */
  readonly treeEntries: number;
  /** Commits of a comparison that is not paged. GitHub: 250. */
  readonly compareCommits: number;
  /** Comments, reviews and the like in a minute before the secondary limit. GitHub: 80. */
  readonly contentPerMinute: number;
  /** Requests in an hour for one token. GitHub: 5,000. */
  readonly requestsPerHour: number;
  /** Milliseconds that the app has to answer a webhook. GitHub: 10 seconds. */
  readonly webhookTimeout: number;
}

export interface AppRegistration {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly bot: User;
  readonly privateKey: string;
  readonly publicKey: KeyObject;
  readonly webhookSecret: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

/** Permission name to level, as in `default_permissions` of app.yml. */
export type Permissions = Readonly<Record<string, 'read' | 'write' | 'admin'>>;

export interface Installation {
  readonly id: number;
  readonly account: User;
  permissions: Permissions;
  suspended: boolean;
}

export interface Token {
  readonly installation: Installation;
  readonly permissions: Permissions;
  /** Absent: all of the installation's repositories. */
  readonly repositories?: readonly number[];
  readonly expires: number;
}

export interface User {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization';
}

export interface Repository {
  readonly id: number;
  readonly owner: User;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly git: GitRepository;
  readonly installation: Installation;
  readonly pulls: Map<number, PullRequest>;
  readonly checkRuns: CheckRun[];
  readonly checkSuites: CheckSuite[];
  readonly collaborators: Map<string, 'admin' | 'maintain' | 'write' | 'triage' | 'read'>;
  readonly createdAt: string;
  /** Names of branches with the commits that they point to. */
  readonly branches: Map<string, string>;
  /** Names of branches that nobody may push to. */
  readonly protectedBranches: Set<string>;
}

export interface PullRequest {
  readonly id: number;
  readonly number: number;
  readonly repository: Repository;
  readonly author: User;
  readonly head: { readonly ref: string; readonly owner: User; readonly fork: boolean };
  title: string;
  body: string;
  state: 'open' | 'closed';
  draft: boolean;
  merged: boolean;
  queued: boolean;
  baseRef: string;
  baseSha: string;
  headSha: string;
  mergeBase: string;
  /** The diff from the merge base to the head, as it is now. */
  files: readonly DiffEntry[];
  /** So many next reads of the pull request answer with the head before the last push. */
  staleReads: number;
  previousHeadSha: string;
  readonly reviews: Review[];
  readonly reviewComments: ReviewComment[];
  readonly comments: IssueComment[];
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
}

export interface Review {
  readonly id: number;
  readonly pull: PullRequest;
  readonly author: User;
  body: string;
  state: 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
  readonly commitId: string;
  submittedAt: string | null;
}

export type Side = 'LEFT' | 'RIGHT';

export interface ReviewComment {
  readonly id: number;
  readonly pull: PullRequest;
  readonly review: Review;
  readonly author: User;
  readonly path: string;
  readonly subject: 'line' | 'file';
  readonly side: Side;
  readonly startSide: Side | null;
  /** Null when the code that it stood on was changed by a push: the comment is outdated. */
  line: number | null;
  startLine: number | null;
  position: number | null;
  readonly originalLine: number;
  readonly originalStartLine: number | null;
  readonly originalPosition: number;
  commitId: string;
  readonly originalCommitId: string;
  readonly diffHunk: string;
  readonly inReplyTo: number | null;
  readonly thread: Thread;
  body: string;
  minimized: string | null;
  readonly reactions: Reaction[];
  readonly createdAt: string;
  updatedAt: string;
}

export interface Thread {
  readonly id: number;
  resolvedBy: User | null;
}

export interface IssueComment {
  readonly id: number;
  readonly pull: PullRequest;
  readonly author: User;
  body: string;
  minimized: string | null;
  readonly reactions: Reaction[];
  readonly createdAt: string;
  updatedAt: string;
}

export interface Reaction {
  readonly id: number;
  readonly user: User;
  readonly content: string;
  readonly createdAt: string;
}

export interface CheckSuite {
  readonly id: number;
  readonly headSha: string;
  readonly headBranch: string | null;
  status: 'queued' | 'in_progress' | 'completed';
}

export interface CheckRun {
  readonly id: number;
  readonly repository: Repository;
  readonly suite: CheckSuite;
  readonly headSha: string;
  name: string;
  detailsUrl: string;
  externalId: string;
  status: string;
  conclusion: string | null;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: Annotation[];
  actions: readonly { label: string; description: string; identifier: string }[];
}

export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number | null;
  readonly endColumn: number | null;
  readonly level: string;
  readonly message: string;
  readonly title: string | null;
  readonly rawDetails: string | null;
}

/** A webhook that GitHub would send. It goes out with `deliver`. */
export interface WebhookEvent {
  readonly id: number;
  /** X-GitHub-Delivery; a redelivery keeps it. */
  readonly guid: string;
  readonly name: string;
  readonly action: string;
  readonly payload: JsonObject;
  readonly installation: Installation;
  readonly repository: Repository | null;
  readonly attempts: DeliveryAttempt[];
}

export interface DeliveryAttempt {
  readonly id: number;
  readonly at: string;
  /** 0 when there was no answer in time. */
  readonly status: number;
  readonly body: string;
  readonly redelivery: boolean;
  readonly seconds: number;
}

export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

/** True when a token was given for the repository. */
export function reaches(token: Token | null, repository: Repository): boolean {
  return token !== null && repository.installation === token.installation && (token.repositories?.includes(repository.id) ?? true);
}

export function allPulls(state: State): PullRequest[] {
  return [...state.repositories.values()].flatMap((repository) => [...repository.pulls.values()]);
}
