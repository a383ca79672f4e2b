import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createGitRepository } from '../git-repository.ts';
import type { CommitRequest } from '../git-repository.ts';
import { appRoutes, issueToken } from './app-routes.ts';
import { checkRoutes } from './checks.ts';
import { createFaults } from './faults.ts';
import type { FaultPlan } from './faults.ts';
import { gitDataRoutes } from './git-data.ts';
import { issueCommentRoutes } from './issue-comments.ts';
import { parseObject, text } from './json.ts';
import { repositoryHandle } from './people.ts';
import type { RepositoryHandle } from './people.ts';
import { registration } from './permissions.ts';
import { pullRequestRoutes } from './pull-requests.ts';
import { repositoryRoutes } from './repositories.ts';
import { reviewCommentRoutes } from './review-comments.ts';
import { reviewRoutes } from './reviews.ts';
import { createWire } from './server.ts';
import type { RequestRecord } from './server.ts';
import { now } from './state.ts';
import type {
  AppRegistration,
  DeliveryAttempt,
  Installation,
  Limits,
  Permissions,
  Repository,
  State,
  Token,
  User,
  WebhookEvent,
} from './state.ts';
import { userOf } from './users.ts';
import { send } from './webhooks.ts';
import type { SendOptions } from './webhooks.ts';

export interface StandInOptions {
  /** Instead of those of app.yml. */
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
  readonly webhookSecret?: string;
  readonly limits?: Partial<Limits>;
}

export interface RepositoryOptions {
  /** Default acme. Each owner has one installation of the app. */
  readonly owner?: string;
  readonly name?: string;
  readonly private?: boolean;
  /** The first commit of the default branch, main. */
  readonly files?: NonNullable<CommitRequest['files']>;
  readonly collaborators?: Readonly<Record<string, 'admin' | 'maintain' | 'write' | 'triage' | 'read'>>;
}

/**
 * GitHub, as far as the App sees it: real HTTP on the loopback interface, state, and git repositories that it answers from.
 *
 *   const github = await startGitHub();
 *   const repository = await github.createRepository({ files: { 'main.tf': '…' } });     // acme/ml-platform
 *   const app = await startTheApp(github.environment());                                 // APP_ID, PRIVATE_KEY, GHE_HOST, …
 *   github.connect(`${app.url}/api/github/webhooks`);
 *
 *   const pull = await repository.openPullRequest({ files: { 'main.tf': '…' }, title: 'Serve the model' });
 *   await github.deliver();                                  // sends what is due, here pull_request.opened, signed
 *   await app.idle();
 *
 *   pull.reviewComments; pull.reviews; pull.comments; repository.checkRuns;               // what the App did
 *   expect(github.requestsBeforePublishing().length).toBeLessThanOrEqual(15);
 *   await pull.applySuggestions(pull.reviewComments.map((comment) => comment.id));        // as GitHub's button does
 *   await pull.push({ files: { 'main.tf': '…' } });                                       // also forcePush, close, reopen, retarget, …
 *   const [event] = github.webhooks.slice(-1);
 *   await github.redeliver(event);                                                       // the same GUID
 *   await github.send(event, { signature: 'wrong' });
 *   github.fail({ method: 'POST', path: /reviews$/, fault: { is: 'bad gateway after success' } });
 *
 *   github.assertNoUnknownRequests();                        // throws when the App asked for what is not here
 *   await github.close();
 */
export interface StandIn {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  /** 127.0.0.1:PORT, for GHE_HOST. */
  readonly host: string;
  readonly state: State;
  readonly app: AppRegistration;
  /** The environment variables with which Probot finds the stand-in. */
  environment(): Record<string, string>;
  createRepository(options?: RepositoryOptions): Promise<RepositoryHandle>;
  /** A token without asking for it over HTTP, for tests of the API itself. */
  token(owner?: string, wish?: Partial<Pick<Token, 'permissions' | 'repositories'>>): string;
  user(login: string): User;
  installation(owner?: string): Installation;

  /** Every webhook that GitHub would have sent, oldest first. */
  readonly webhooks: readonly WebhookEvent[];
  /** Tells where the app takes webhooks. */
  connect(webhookUrl: string): void;
  /** Sends what was not sent yet, in order. */
  deliver(options?: SendOptions): Promise<readonly DeliveryAttempt[]>;
  send(event: WebhookEvent | undefined, options?: SendOptions): Promise<DeliveryAttempt>;
  /** Sends an event again with the same GUID. */
  redeliver(event: WebhookEvent | undefined): Promise<DeliveryAttempt>;

  readonly requests: readonly RequestRecord[];
  /**
   * All requests before the first one that publishes, counted from `since` (an index of `requests`). Publishing is every write except asking
   * for a token and announcing a check run; both are among the requests returned.
   */
  requestsBeforePublishing(since?: number): readonly RequestRecord[];
  /** Requests answered with 4xx or 5xx that no planned fault explains. That a file is not there is an answer, no refusal. */
  refusedRequests(): readonly RequestRecord[];
  /** All that the app wrote, as sent: where a secret must not be. */
  written(): string;
  readonly violations: readonly string[];
  /** Throws when a request was unknown, or an answer of the stand-in broke GitHub's description. */
  assertNoUnknownRequests(): void;
  /** Plans a fault. */
  fail(plan: FaultPlan): void;
  close(): Promise<void>;
}

const LIMITS: Limits = { treeEntries: 100_000, compareCommits: 250, contentPerMinute: 80, requestsPerHour: 5000, webhookTimeout: 10_000 };
let keys: ReturnType<typeof makeKeys> | undefined;

export async function startGitHub(options: StandInOptions = {}): Promise<StandIn> {
  const state = createState(options);
  const faults = createFaults();
  let webhookUrl: string | undefined;
  const sendOne = (event: WebhookEvent | undefined, how?: SendOptions): Promise<DeliveryAttempt> => {
    if (webhookUrl === undefined) throw new Error('Say with connect(url) where the app takes webhooks.');
    if (event === undefined) throw new Error('There is no such webhook.');
    return send(state, webhookUrl, event, how);
  };
  const routes = [
    ...appRoutes((event) => void sendOne(event)),
    ...checkRoutes,
    ...gitDataRoutes,
    ...issueCommentRoutes,
    ...pullRequestRoutes,
    ...repositoryRoutes,
    ...reviewCommentRoutes,
    ...reviewRoutes,
  ];
  const { server, requests, violations } = createWire(state, routes, faults);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${String(portOf(server.address()))}`;
  state.url = `http://${host}`;

  return {
    url: state.url,
    host,
    state,
    app: state.app,
    environment: () => ({
      APP_ID: String(state.app.id),
      PRIVATE_KEY: state.app.privateKey,
      WEBHOOK_SECRET: state.app.webhookSecret,
      GHE_HOST: host,
      GHE_PROTOCOL: 'http',
    }),
    createRepository: async (wish = {}) => repositoryHandle(state, await createRepository(state, wish)),
    token: (owner = 'acme', wish) => issueToken(state, installationOf(state, owner), wish),
    user: (login) => userOf(state, login),
    installation: (owner = 'acme') => installationOf(state, owner),
    webhooks: state.webhooks,
    connect: (url) => void (webhookUrl = url),
    async deliver(how) {
      const attempts: DeliveryAttempt[] = [];
      for (const event of state.webhooks.filter((one) => one.attempts.length === 0)) attempts.push(await sendOne(event, how));
      return attempts;
    },
    send: sendOne,
    redeliver: (event) => sendOne(event),
    requests,
    requestsBeforePublishing(since = 0) {
      const counted = requests.slice(since);
      const first = counted.findIndex(isPublishing);
      return first === -1 ? counted : counted.slice(0, first);
    },
    refusedRequests: () => requests.filter((request) => request.status >= 400 && !request.injected && !isMissingFile(request)),
    written: () =>
      requests
        .filter((request) => request.method !== 'GET')
        .map((request) => request.body)
        .join('\n'),
    violations,
    assertNoUnknownRequests() {
      if (violations.length > 0) throw new Error(violations.join('\n'));
    },
    fail: (plan) => {
      faults.add(plan);
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>(
        (resolve) =>
          void server.close(() => {
            resolve();
          }),
      );
      await Promise.all([...state.repositories.values()].map((repository) => repository.git.close()));
    },
  };
}

const isMissingFile = ({ method, path, status }: RequestRecord): boolean =>
  method === 'GET' && status === 404 && /^repos\/[^/]+\/[^/]+\/contents\//.test(path);

function isPublishing(request: RequestRecord): boolean {
  if (request.path === 'graphql') return (text(parseObject(request.body) ?? {}, 'query') ?? '').trimStart().startsWith('mutation');
  return request.method !== 'GET' && !(request.method === 'POST' && /\/(access_tokens|check-runs)$/.test(request.path));
}

function createState(options: StandInOptions): State {
  let id = 1000;
  const nextId = (): number => ++id;
  const { privateKey, publicKey } = (keys ??= makeKeys());
  const bot: User = { id: nextId(), login: 'plumbline[bot]', type: 'Bot' };
  const known = registration();
  return {
    url: '',
    app: {
      id: nextId(),
      slug: 'plumbline',
      name: 'Plumbline',
      bot,
      privateKey,
      publicKey,
      webhookSecret: options.webhookSecret ?? 'a secret that only the tests use, 48 bytes long',
      permissions: options.permissions ?? known.permissions,
      events: options.events ?? known.events,
    },
    installations: new Map(),
    repositories: new Map(),
    users: new Map([[bot.login, bot]]),
    tokens: new Map(),
    webhooks: [],
    options: { ...LIMITS, ...options.limits },
    nextId,
  };
}

/** Made once in a process: an RSA key costs a tenth of a second. */
function makeKeys(): Pick<AppRegistration, 'privateKey' | 'publicKey'> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), publicKey };
}

function installationOf(state: State, owner: string): Installation {
  const known = [...state.installations.values()].find((installation) => installation.account.login === owner);
  if (known !== undefined) return known;
  const account = userOf(state, owner, 'Organization');
  const installation: Installation = { id: state.nextId(), account, permissions: state.app.permissions, suspended: false };
  state.installations.set(installation.id, installation);
  return installation;
}

async function createRepository(state: State, wish: RepositoryOptions): Promise<Repository> {
  const installation = installationOf(state, wish.owner ?? 'acme');
  const git = await createGitRepository();
  const repository: Repository = {
    id: state.nextId(),
    owner: installation.account,
    name: wish.name ?? 'ml-platform',
    private: wish.private ?? true,
    defaultBranch: 'main',
    git,
    installation,
    pulls: new Map(),
    checkRuns: [],
    checkSuites: [],
    collaborators: new Map(Object.entries({ octocat: 'write', ...wish.collaborators } as const)),
    createdAt: now(),
    branches: new Map(),
    protectedBranches: new Set(),
  };
  state.repositories.set(`${installation.account.login}/${repository.name}`, repository);
  const first = await git.commit({ files: wish.files ?? { 'README.md': '# ml-platform\n' }, message: 'First commit' });
  repository.branches.set('main', first);
  await git.setRef('refs/heads/main', first);
  return repository;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The stand-in does not listen on a port.');
  return address.port;
}
