import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isList, isObject, object } from './json.ts';
import type { Json } from './json.ts';
import { projectFile } from './project-file.ts';
import type { Permissions } from './state.ts';

/** What an operation needs: any one of the alternatives, as "checks:write". Empty: any token will do. */
export type Needs = readonly string[];

const LEVELS = { read: 1, write: 2, admin: 3 } as const;
const MINIMUM: Permissions = { metadata: 'read', contents: 'read', pull_requests: 'write', checks: 'write', merge_queues: 'read' };
/** What an App needs to subscribe. Comments on pull requests are comments on issues: `pull_requests` is not enough to be told of them. */
const EVENT_NEEDS: Readonly<Record<string, Needs>> = {
  issue_comment: ['issues:read'],
  pull_request: ['pull_requests:read'],
  pull_request_review_comment: ['pull_requests:read'],
  check_run: ['checks:read'],
  check_suite: ['checks:read'],
  merge_group: ['merge_queues:read'],
  push: ['contents:read'],
};
const MINIMUM_EVENTS = ['pull_request', 'merge_group'];

export function permits(granted: Permissions, needs: Needs): boolean {
  return needs.length === 0 || needs.some((need) => permitsOne(granted, need));
}

function permitsOne(granted: Permissions, need: string): boolean {
  const [name = '', level = 'read'] = need.split(':');
  const has = granted[name];
  return has !== undefined && LEVELS[has] >= (isLevel(level) ? LEVELS[level] : LEVELS.admin);
}

/** The permissions of a down-scoped token, or the name of one that the installation does not have. */
export function narrow(granted: Permissions, wanted: Readonly<Record<string, Json | undefined>>): Permissions | string {
  const narrowed: Record<string, 'read' | 'write' | 'admin'> = { metadata: 'read' };
  for (const [name, level] of Object.entries(wanted)) {
    if (!isLevel(level) || !permitsOne(granted, `${name}:${level}`)) return name;
    narrowed[name] = level;
  }
  return narrowed;
}

/** What the project's app.yml asks for; the least that works until there is one. */
export function registration(): { permissions: Permissions; events: readonly string[] } {
  const file = projectFile('app.yml');
  if (!existsSync(file)) return { permissions: MINIMUM, events: MINIMUM_EVENTS };
  const manifest: unknown = parse(readFileSync(file, 'utf8'));
  if (!isObject(manifest)) throw new Error('app.yml is not a mapping.');
  const permissions: Record<string, 'read' | 'write' | 'admin'> = {};
  for (const [name, level] of Object.entries(object(manifest, 'default_permissions') ?? {})) if (isLevel(level)) permissions[name] = level;
  const events = manifest['default_events'];
  const subscribed = isList(events) ? events.filter((event) => typeof event === 'string') : [];
  // GitHub takes no manifest whose events are more than its permissions let it see.
  const unseen = subscribed.filter((event) => !permits(permissions, EVENT_NEEDS[event] ?? []));
  if (unseen.length > 0) throw new Error(`Default events are not supported by permissions: ${unseen.join(', ')}`);
  return { permissions, events: subscribed };
}

function isLevel(value: unknown): value is keyof typeof LEVELS {
  return value === 'read' || value === 'write' || value === 'admin';
}
