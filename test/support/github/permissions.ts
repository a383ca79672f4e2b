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
  return { permissions, events: isList(events) ? events.filter((event) => typeof event === 'string') : [] };
}

function isLevel(value: unknown): value is keyof typeof LEVELS {
  return value === 'read' || value === 'write' || value === 'admin';
}
