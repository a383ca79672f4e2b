import { randomBytes } from 'node:crypto';
import { isList, object } from './json.ts';
import type { JsonObject } from './json.ts';
import { narrow } from './permissions.ts';
import { notFound, Refusal } from './refusal.ts';
import { api, appJson, installationJson, repositoryJson } from './represent.ts';
import { page } from './route.ts';
import type { Call, Reply, Route } from './route.ts';
import { now, reaches } from './state.ts';
import type { DeliveryAttempt, Installation, State, Token, WebhookEvent } from './state.ts';

const HOUR = 3_600_000;
/** GitHub's documents name 3 and 30 days for redelivery; the shorter one is safe. */
const REDELIVERY_WINDOW = 3 * 24 * HOUR;

/** A token is opaque: neither 40 characters long nor without dots. */
export function issueToken(
  state: State,
  installation: Installation,
  wish: Partial<Pick<Token, 'permissions' | 'repositories'>> = {},
): string {
  const part = (bytes: number): string => randomBytes(bytes).toString('base64url');
  const token = `ghs_${String(state.app.id)}_${part(24)}.${part(90)}.${part(32)}`;
  const repositories = wish.repositories === undefined ? {} : { repositories: wish.repositories };
  state.tokens.set(token, {
    installation,
    permissions: wish.permissions ?? installation.permissions,
    ...repositories,
    expires: Date.now() + HOUR,
  });
  return token;
}

function createToken(call: Call): Reply {
  const installation = installationOf(call);
  if (installation.suspended) throw new Refusal(403, 'This installation has been suspended');
  const permissions = narrow(installation.permissions, object(call.body, 'permissions') ?? installation.permissions);
  if (typeof permissions === 'string')
    throw new Refusal(422, `The permissions requested are not granted to this installation: ${permissions}.`);
  const repositories = chosenRepositories(call, installation);
  const token = issueToken(call.state, installation, { permissions, ...(repositories === undefined ? {} : { repositories }) });
  const expires = new Date(Date.now() + HOUR).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    status: 201,
    body: { token, expires_at: expires, permissions, repository_selection: repositories === undefined ? 'all' : 'selected' },
  };
}

function chosenRepositories(call: Call, installation: Installation): number[] | undefined {
  const [ids, names] = [call.body['repository_ids'], call.body['repositories']];
  if (!isList(ids) && !isList(names)) return undefined;
  const own = [...call.state.repositories.values()].filter((repository) => repository.installation === installation);
  const wanted = [...(isList(ids) ? ids : []), ...(isList(names) ? names : [])];
  const found = own.filter((repository) => wanted.includes(repository.id) || wanted.includes(repository.name));
  if (wanted.length > 500) throw new Refusal(422, 'Up to 500 repositories can be given.');
  if (found.length < wanted.length)
    throw new Refusal(422, 'There is at least one repository that does not exist or is not accessible to the parent installation.');
  return found.map((repository) => repository.id);
}

function installationOf(call: Call): Installation {
  const installation = call.state.installations.get(Number(call.params['installation_id']));
  if (installation === undefined) throw notFound();
  return installation;
}

function repositoryInstallation(call: Call): Reply {
  const repository = call.state.repositories.get(`${call.params['owner'] ?? ''}/${call.params['repo'] ?? ''}`);
  if (repository === undefined) throw notFound();
  return { status: 200, body: installationJson(call.state.url, call.state.app, repository.installation) };
}

function installationRepositories(call: Call): Reply {
  const all = [...call.state.repositories.values()].filter((repository) => reaches(call.token, repository));
  const reply = page(call, api(call.state.url, 'installation/repositories'), all, (one) => repositoryJson(call.state.url, one));
  return { ...reply, body: { total_count: all.length, repositories: reply.body ?? [] } };
}

function attemptJson(event: WebhookEvent, attempt: DeliveryAttempt): JsonObject {
  return {
    id: attempt.id,
    guid: event.guid,
    delivered_at: attempt.at,
    redelivery: attempt.redelivery,
    duration: attempt.seconds,
    status: attempt.status >= 200 && attempt.status < 300 ? 'OK' : attempt.status === 0 ? 'timed out' : 'failed',
    status_code: attempt.status,
    event: event.name,
    action: event.action,
    installation_id: event.installation.id,
    repository_id: event.repository?.id ?? null,
    throttled_at: null,
  };
}

/** Newest first; the cursor is the number of deliveries already seen. */
function listDeliveries(call: Call): Reply {
  const size = Math.min(100, Number(call.query.get('per_page') ?? 30));
  const start = Number((call.query.get('cursor') ?? 'v1_0').replace('v1_', ''));
  const status = call.query.get('status');
  const all = call.state.webhooks.flatMap((event) => event.attempts.map((attempt) => attemptJson(event, attempt))).reverse();
  const wanted = all.filter((row) => status === null || (row['status'] === 'OK') === (status === 'success'));
  const next = start + size;
  const url = api(call.state.url, 'app/hook/deliveries');
  const query = new URLSearchParams(call.query);
  query.set('cursor', `v1_${String(next)}`);
  return {
    status: 200,
    body: wanted.slice(start, next),
    headers: next < wanted.length ? { link: `<${url}?${query.toString()}>; rel="next"` } : {},
  };
}

/** `redeliver` sends the same event again, with the same GUID. */
export function appRoutes(redeliver: (event: WebhookEvent) => void): readonly Route[] {
  const attempt = (call: Call): Reply => {
    const event = call.state.webhooks.find((one) => one.attempts.some((attempt) => attempt.id === Number(call.params['delivery_id'])));
    if (event === undefined) throw notFound();
    const last = event.attempts.at(-1);
    if (last !== undefined && Date.parse(now()) - Date.parse(last.at) > REDELIVERY_WINDOW)
      throw new Refusal(422, 'This delivery is too old.');
    redeliver(event);
    return { status: 202, body: {} };
  };
  return [
    {
      operation: 'GET /app',
      for: 'app',
      handle: (call) => ({ status: 200, body: appJson(call.state.url, call.state.app, call.state.app.bot) }),
    },
    {
      operation: 'GET /app/installations',
      for: 'app',
      handle: (call) =>
        page(call, api(call.state.url, 'app/installations'), [...call.state.installations.values()], (one) =>
          installationJson(call.state.url, call.state.app, one),
        ),
    },
    { operation: 'POST /app/installations/{installation_id}/access_tokens', for: 'app', handle: createToken },
    { operation: 'GET /app/hook/deliveries', for: 'app', handle: listDeliveries },
    { operation: 'POST /app/hook/deliveries/{delivery_id}/attempts', for: 'app', handle: attempt },
    { operation: 'GET /repos/{owner}/{repo}/installation', for: 'app', handle: repositoryInstallation },
    { operation: 'GET /installation/repositories', for: 'installation', handle: installationRepositories },
    { operation: 'GET /rate_limit', for: 'installation', handle: rateLimit },
  ];
}

function rateLimit(call: Call): Reply {
  const limit = call.state.options.requestsPerHour;
  const { used, reset } = call.rate;
  const rate = { limit, used, remaining: limit - used, reset, resource: 'core' };
  return { status: 200, body: { rate, resources: { core: rate, search: rate, graphql: { ...rate, resource: 'graphql' } } } };
}
