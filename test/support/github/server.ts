import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { verifyAppToken } from './app-token.ts';
import { bodyProblem, queryProblem, replyProblem } from './contract.ts';
import { createRateLimits, etagOf, refusalOf } from './faults.ts';
import type { Faults, Rate } from './faults.ts';
import { runGraphql } from './graphql.ts';
import { parseObject } from './json.ts';
import { permits } from './permissions.ts';
import { forbidden, invalidRequest, notFound, Refusal } from './refusal.ts';
import type { Call, Reply, Route } from './route.ts';
import { reaches } from './state.ts';
import type { State, Token } from './state.ts';

/** One request as it came and was answered. */
export interface RequestRecord {
  readonly method: string;
  /** Below /api/v3/, without the query; "graphql" for GraphQL. */
  readonly path: string;
  readonly query: string;
  readonly body: string;
  /** As in GitHub's description, e.g. "GET /repos/{owner}/{repo}"; "graphql"; empty when the stand-in does not know it. */
  operation: string;
  /** 0 while under way, or when the connection was cut. */
  status: number;
  /** The message of a refusal. */
  message: string;
  /** True when a fault was planned for it. */
  injected: boolean;
}

interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export interface Wire {
  readonly server: Server;
  readonly requests: RequestRecord[];
  /** What must never happen: requests that the stand-in does not know, answers of its own that break the description. */
  readonly violations: string[];
}

export function createWire(state: State, routes: readonly Route[], faults: Faults): Wire {
  const requests: RequestRecord[] = [];
  const violations: string[] = [];
  const limits = createRateLimits(state);
  const table = routes.map((route) => ({ route, ...pattern(route.operation) }));

  const find = (method: string, path: string): Match | undefined => {
    for (const { route, verb, expression, names } of table) {
      const found = verb === method ? expression.exec(path) : null;
      if (found !== null)
        return { route, params: Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')])) };
    }
    return undefined;
  };

  const answer = async (request: IncomingMessage, record: RequestRecord): Promise<Reply> => {
    const token = authenticate(state, request, record.path === 'graphql');
    const rate = limits.count(bearerOf(request), record.path === 'graphql' ? 'graphql' : 'core');
    const reply = record.path === 'graphql' ? await graphql(record, token) : await restCall(request, record, token, rate);
    return { ...reply, headers: { ...rate.headers, ...reply.headers } };
  };

  const graphql = async (record: RequestRecord, token: Token | null): Promise<Reply> => {
    const body = parseObject(record.body);
    if (body === undefined) throw new Refusal(400, 'Problems parsing JSON');
    record.operation = 'graphql';
    const { reply, unknown } = await runGraphql(state, token, body);
    if (unknown !== undefined) violations.push(`The stand-in does not know this GraphQL: ${unknown}`);
    return { status: 200, body: reply };
  };

  const restCall = async (request: IncomingMessage, record: RequestRecord, token: Token | null, rate: Rate): Promise<Reply> => {
    checkVersion(request);
    const match = find(record.method, record.path);
    if (match === undefined) {
      violations.push(`The stand-in does not know ${record.method} ${record.path}`);
      throw notFound();
    }
    const { route, params } = match;
    record.operation = route.operation;
    if ((route.for === 'app') !== (token === null)) {
      throw token === null
        ? new Refusal(403, 'Resource not accessible by integration')
        : new Refusal(401, 'A JSON web token could not be decoded');
    }
    const body = record.body === '' ? {} : parseObject(record.body);
    if (body === undefined) throw new Refusal(400, 'Problems parsing JSON');
    const call: Call = { state, params, query: new URLSearchParams(record.query), body, accept: request.headers.accept ?? '', token, rate };
    const reply = await carryOut(route, call, limits.countContent);
    const wrong = reply.raw === undefined ? replyProblem(route.operation, reply.status, reply.body) : undefined;
    if (wrong !== undefined) {
      violations.push(`The stand-in's answer to ${route.operation} breaks GitHub's description: ${wrong}`);
      throw new Refusal(500, `The stand-in's own answer is wrong: ${wrong}`);
    }
    return reply;
  };

  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const path = url.pathname === '/api/graphql' ? 'graphql' : url.pathname.replace(/^\/api\/v3\//, '');
      const record: RequestRecord = {
        method: request.method ?? 'GET',
        path,
        query: url.search.slice(1),
        body: await readBody(request),
        operation: '',
        status: 0,
        message: '',
        injected: false,
      };
      requests.push(record);
      const fault = faults.take(record.method, path);
      record.injected = fault !== undefined;
      if (fault?.is === 'delay') await sleep(fault.milliseconds);
      if (fault?.is === 'disconnect') return void request.socket.destroy();
      const refused = fault === undefined ? undefined : refusalOf(fault);
      const reply =
        refused === undefined ? await answer(request, record).catch(problemReply(violations, record)) : refusalReply(refused, record);
      send(
        request,
        response,
        record,
        fault?.is === 'bad gateway after success' ? { status: 502, body: { message: 'Server Error' } } : reply,
      );
      if (response.statusCode === 304) limits.refund(bearerOf(request), 'core');
    })();
  });
  return { server, requests, violations };
}

async function carryOut(route: Route, call: Call, countContent: () => void): Promise<Reply> {
  const wrongQuery = queryProblem(route.operation, call.query);
  if (route.for !== 'repository') {
    const wrong = wrongQuery ?? bodyProblem(route.operation, call.body);
    if (wrong !== undefined) throw invalidRequest(wrong);
    return route.handle(call);
  }
  const repository = call.state.repositories.get(`${call.params['owner'] ?? ''}/${call.params['repo'] ?? ''}`);
  const { token } = call;
  if (token === null || repository === undefined || !reaches(token, repository)) throw notFound();
  if (!permits(token.permissions, route.needs)) throw forbidden();
  const wrong = wrongQuery ?? bodyProblem(route.operation, call.body);
  if (wrong !== undefined) throw invalidRequest(wrong);
  if (route.content === true) countContent();
  return route.handle({ ...call, repository, installation: token.installation });
}

/** The token of an installation, or null for the app itself. */
function authenticate(state: State, request: IncomingMessage, installationOnly: boolean): Token | null {
  const bearer = bearerOf(request);
  if (bearer === '') throw new Refusal(401, 'Requires authentication');
  if (bearer.startsWith('ey') && !installationOnly) {
    verifyAppToken(state.app, bearer);
    return null;
  }
  const token = state.tokens.get(bearer);
  if (token === undefined || token.expires <= Date.now()) throw new Refusal(401, 'Bad credentials');
  if (token.installation.suspended) throw new Refusal(403, 'This installation has been suspended');
  return token;
}

const API_VERSIONS = ['2022-11-28', '2026-03-10'];

function checkVersion(request: IncomingMessage): void {
  const version = request.headers['x-github-api-version'];
  if (version === undefined || API_VERSIONS.includes(String(version))) return;
  throw new Refusal(400, `'${String(version)}' is not a supported API version.`);
}

function bearerOf(request: IncomingMessage): string {
  return (request.headers.authorization ?? '').replace(/^(bearer|token) /i, '');
}

function problemReply(violations: string[], record: RequestRecord): (error: unknown) => Reply {
  return (error) => {
    if (error instanceof Refusal) return refusalReply(error, record);
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    violations.push(`The stand-in failed on ${record.method} ${record.path}: ${said}`);
    return refusalReply(new Refusal(500, `The stand-in failed: ${said}`), record);
  };
}

function refusalReply(refusal: Refusal, record: RequestRecord): Reply {
  record.message = [refusal.message, JSON.stringify(refusal.body['errors'] ?? '')].filter((part) => part !== '""').join(' ');
  return { status: refusal.status, body: refusal.body, headers: refusal.headers };
}

function send(request: IncomingMessage, response: ServerResponse, record: RequestRecord, reply: Reply): void {
  const data = reply.raw?.data ?? (reply.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(reply.body)));
  const type = reply.raw?.type ?? 'application/json; charset=utf-8';
  const etag = etagOf(data);
  const cacheable = record.method === 'GET' && reply.status === 200;
  const fresh = cacheable && request.headers['if-none-match'] === etag;
  const headers = { ...reply.headers, ...(cacheable ? { etag } : {}), 'x-github-request-id': String(Date.now()) };
  record.status = fresh ? 304 : reply.status;
  if (fresh || reply.status === 204) response.writeHead(record.status, headers).end();
  else response.writeHead(record.status, { ...headers, 'content-type': type }).end(data);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Parameters that may hold slashes. */
const LONG = new Set(['path', 'basehead', 'ref']);

function pattern(operation: string): { verb: string; expression: RegExp; names: string[] } {
  const [verb = '', path = ''] = operation.split(' ');
  const names: string[] = [];
  const source = path.slice(1).replace(/\/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    if (name === 'path') return '(?:/(.*))?'; // the root folder has none
    return LONG.has(name) ? '/(.+)' : '/([^/]+)';
  });
  return { verb, expression: new RegExp(`^${source}$`), names };
}
