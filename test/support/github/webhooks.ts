import { createHmac, randomUUID } from 'node:crypto';
import { payloadProblem } from './contract.ts';
import type { JsonObject } from './json.ts';
import { pullJson, repositoryJson, userJson } from './represent.ts';
import { now } from './state.ts';
import type { DeliveryAttempt, Installation, PullRequest, Repository, State, User, WebhookEvent } from './state.ts';

/** Sent to every app that may write checks. */
const WITH_CHECKS = new Set(['check_run', 'check_suite']);

export interface Occurrence {
  readonly name: string;
  /** Empty for events that have none. */
  readonly action: string;
  readonly installation: Installation;
  readonly repository?: Repository;
  readonly sender: User;
  readonly payload: JsonObject;
}

/** Writes the event down when the app would get it. A payload that breaks GitHub's description is the stand-in's mistake: it throws. */
export function occur(state: State, what: Occurrence): WebhookEvent | undefined {
  const { name, action, installation, repository } = what;
  const wanted = state.app.events.includes(name) || (WITH_CHECKS.has(name) && installation.permissions['checks'] === 'write');
  if (!wanted || installation.suspended) return undefined;
  const organization =
    installation.account.type === 'Organization' ? { organization: organizationJson(state.url, installation.account) } : {};
  const payload: JsonObject = {
    ...(action !== '' && { action }),
    ...what.payload,
    ...(repository === undefined ? {} : { repository: repositoryJson(state.url, repository), ...organization }),
    installation: { id: installation.id, node_id: `I_${String(installation.id)}` },
    sender: userJson(state.url, what.sender),
  };
  const problem = payloadProblem((action === '' ? name : `${name}-${action}`).replaceAll('_', '-'), payload);
  if (problem !== undefined) throw new Error(`The stand-in's payload of ${name}.${action} breaks GitHub's description: ${problem}`);
  const event: WebhookEvent = {
    id: state.nextId(),
    guid: randomUUID(),
    name,
    action,
    payload,
    installation,
    repository: repository ?? null,
    attempts: [],
  };
  state.webhooks.push(event);
  return event;
}

export async function pullEvent(
  state: State,
  pull: PullRequest,
  action: string,
  sender: User,
  more: JsonObject = {},
): Promise<WebhookEvent | undefined> {
  const commits = await pull.repository.git.commitsBetween(pull.mergeBase, pull.headSha);
  return occur(state, {
    name: 'pull_request',
    action,
    installation: pull.repository.installation,
    repository: pull.repository,
    sender,
    payload: { number: pull.number, pull_request: pullJson(state.url, pull, commits.length), ...more },
  });
}

function organizationJson(url: string, user: User): JsonObject {
  const at = `${url}/api/v3/orgs/${user.login}`;
  return {
    login: user.login,
    id: user.id,
    node_id: `O_${String(user.id)}`,
    url: at,
    repos_url: `${at}/repos`,
    events_url: `${at}/events`,
    hooks_url: `${at}/hooks`,
    issues_url: `${at}/issues`,
    members_url: `${at}/members{/member}`,
    public_members_url: `${at}/public_members{/member}`,
    avatar_url: `${url}/avatars/${String(user.id)}`,
    description: null,
  };
}

export interface SendOptions {
  /** How the request is signed: with the app's secret, with another one, or not at all. */
  readonly signature?: 'right' | 'wrong' | 'missing';
}

/** POSTs the event to the app as GitHub does, and waits for the answer as long as GitHub does. */
export async function send(state: State, url: string, event: WebhookEvent, options: SendOptions = {}): Promise<DeliveryAttempt> {
  const body = JSON.stringify(event.payload);
  const started = Date.now();
  const result = await fetch(url, {
    method: 'POST',
    headers: headersOf(state, event, body, options),
    body,
    signal: AbortSignal.timeout(state.options.webhookTimeout),
  })
    .then(async (response) => ({ status: response.status, body: await response.text() }))
    .catch((error: unknown) => ({ status: 0, body: String(error) }));
  const redelivery = event.attempts.length > 0;
  const attempt: DeliveryAttempt = { id: state.nextId(), at: now(), ...result, redelivery, seconds: (Date.now() - started) / 1000 };
  event.attempts.push(attempt);
  return attempt;
}

function headersOf(state: State, event: WebhookEvent, body: string, options: SendOptions): Record<string, string> {
  const secret = options.signature === 'wrong' ? `not ${state.app.webhookSecret}` : state.app.webhookSecret;
  const signed = options.signature === 'missing' ? {} : { 'x-hub-signature-256': sign(secret, body) };
  return {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/stand-in',
    'x-github-delivery': event.guid,
    'x-github-event': event.name,
    'x-github-hook-id': '1',
    'x-github-hook-installation-target-type': 'integration',
    'x-github-hook-installation-target-id': String(state.app.id),
    ...signed,
  };
}

/** The value of X-Hub-Signature-256. */
export function sign(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body, 'utf8').digest('hex')}`;
}
