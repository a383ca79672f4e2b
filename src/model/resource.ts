import type { Span } from '../documents/span.ts';
import { absent, unknown, type Dict, type Origin, type Value } from './value.ts';

export type Key = string | number;
export type Dialect = 'terraform' | 'kubernetes' | 'cloudformation' | 'helm-values' | 'definition' | 'workflow';
export type Stage = 'prod' | 'staging' | 'dev' | 'unknown';

/** Which environment a resource belongs to, with the reason in words ("directory `envs/prod`"). `name` is as the authors call it. */
export interface Environment {
  readonly stage: Stage;
  readonly name: string;
  readonly why: string;
}

/** A value together with where it stands in its resource: what rules look at, point at and mend. */
export type Located = Value & { readonly of: Resource; readonly path: readonly Key[] };

/** A place inside a resource (the resource itself, one of its blocks, one item of a list) seen as something with attributes. */
export interface View {
  readonly of: Resource;
  readonly path: readonly Key[];
  /** The header: the block's first line, the list item's first line. */
  readonly at: Span;
  readonly value: Value;
  attr(...path: readonly Key[]): Located;
  /** The items of a list (or of a lone block or map) at a path. Unknown items are left out: ask `attr` to know whether there are any. */
  items(...path: readonly Key[]): readonly View[];
}

export interface Resource extends View {
  readonly dialect: Dialect;
  /** The type as its own tool calls it: `aws_s3_bucket`, `Deployment`, `AWS::S3::Bucket`, `values`, `model_endpoint`, `workflow`. Data sources: `data.aws_iam_policy_document`. */
  readonly type: string;
  /** Unique in its world and stable under moves of its file: `module.store.aws_s3_bucket.models["a"]`, `apps/v1/Deployment/serving/llm`, a logical id. */
  readonly address: string;
  /** What people call it: the last label, metadata.name, the logical id. */
  readonly name: string;
  /** The root module's directory, the chart's directory, the template's or manifest's file. Together with `address` unique in a snapshot. */
  readonly scope: string;
  readonly environment: Environment;
  /** Why the team says that it is part of an AI system, in words that fit after "because". */
  readonly aiReason?: string;
  /** The whole text of the resource, header to end. */
  readonly span: Span;
}

export interface ResourceFacts {
  readonly dialect: Dialect;
  readonly type: string;
  readonly address: string;
  readonly name: string;
  readonly scope: string;
  readonly environment: Environment;
  readonly aiReason?: string;
  readonly at: Span;
  readonly span: Span;
  readonly value: Dict;
}

export const makeResource = (facts: ResourceFacts): Resource => new MadeResource(facts);

/** A class, so that all resources have one shape: with a getter or a spread in its literal each would be a table of its own, several times as large. */
class MadeResource implements Resource {
  declare readonly dialect: Dialect;
  declare readonly type: string;
  declare readonly address: string;
  declare readonly name: string;
  declare readonly scope: string;
  declare readonly environment: Environment;
  declare readonly aiReason?: string;
  declare readonly at: Span;
  declare readonly span: Span;
  declare readonly value: Dict;
  declare readonly path: readonly Key[];
  declare readonly of: Resource;
  declare readonly attr: Resource['attr'];
  declare readonly items: Resource['items'];

  constructor({ dialect, type, address, name, scope, environment, aiReason, at, span, value }: ResourceFacts) {
    this.dialect = dialect;
    this.type = type;
    this.address = address;
    this.name = name;
    this.scope = scope;
    this.environment = environment;
    this.at = at;
    this.span = span;
    this.value = value;
    this.path = noPath;
    this.of = this;
    // Functions of its own and not of the class, so that a copy has them, too.
    this.attr = (...path) => locate(this, this, path);
    this.items = (...path) => itemsAt(this, this, path);
    if (aiReason !== undefined) this.aiReason = aiReason;
  }
}

const noPath: readonly Key[] = Object.freeze([]);

function makeView(of: Resource, path: readonly Key[], value: Value): View {
  const view: View = {
    of,
    path,
    at: value.origins[0]?.span ?? of.at,
    value,
    attr: (...more) => locate(of, view, more),
    items: (...more) => itemsAt(of, view, more),
  };
  return view;
}

/** Follows a path; a string key on a list means the first item, because Terraform writes a single nested block as a list of one. */
function locate(of: Resource, from: View, path: readonly Key[]): Located {
  const whole = from.path.length === 0 ? path : [...from.path, ...path];
  let value = from.value;
  let container: readonly Origin[] = [{ span: from.at, what: 'container' }];
  for (const key of path) {
    if (value.is === 'list' && typeof key === 'string') value = value.items[0] ?? absent(container);
    if (value.is === 'unknown') break;
    if (value.is === 'absent') break;
    const here = value.origins[0];
    if (value !== from.value && here) container = [{ ...here, what: 'container' }];
    value = step(value, key, container);
  }
  return placed(value, of, whole);
}

/** A value with its place. Kinds are copied apart, since a copy of what always has the same fields is several times as fast. */
export function placed(value: Value, of: Resource, path: readonly Key[]): Located {
  switch (value.is) {
    case 'absent':
      return { is: 'absent', origins: value.origins, of, path };
    case 'known':
      return { ...value, of, path };
    case 'list':
      return { ...value, of, path };
    case 'map':
      return { ...value, of, path };
    case 'unknown':
      return { ...value, of, path };
  }
}

function step(value: Exclude<Value, { is: 'unknown' | 'absent' }>, key: Key, container: readonly Origin[]): Value {
  if (value.is === 'map') {
    const found = value.entries.get(String(key));
    if (found) return found;
    return value.open ? unknown('part of the map is not known', value.origins) : absent(container);
  }
  if (value.is === 'list' && typeof key === 'number') return value.items[key] ?? absent(container);
  return absent(container);
}

function itemsAt(of: Resource, from: View, path: readonly Key[]): readonly View[] {
  const value = locate(of, from, path);
  const base = [...from.path, ...path];
  if (value.is === 'map') return [makeView(of, base, value)];
  if (value.is !== 'list') return [];
  return value.items.flatMap((item, i) => (item.is === 'unknown' || item.is === 'absent' ? [] : [makeView(of, [...base, i], item)]));
}

/**
 * A path as a stable name: list items that carry a name are called by it, so that adding a container before another does not make every
 * finding behind it look new. `containers[server].image`, `ingress[0].cidr_blocks`.
 */
export function pathName(of: Resource, path: readonly Key[]): string {
  let value: Value = of.value;
  let out = '';
  for (const key of path) {
    if (value.is === 'list' && typeof key === 'string') value = value.items[0] ?? absent([]);
    const next: Value | undefined =
      value.is === 'map' ? value.entries.get(String(key)) : value.is === 'list' ? value.items[Number(key)] : undefined;
    out += typeof key === 'number' ? `[${labelOf(next) ?? key}]` : `${out && '.'}${key}`;
    value = next ?? absent([]);
  }
  return out;
}

function labelOf(item: Value | undefined): string | undefined {
  if (item?.is !== 'map') return undefined;
  for (const key of ['name', 'Name', 'key', 'sid', 'Sid', 'Key', 'id']) {
    const label = item.entries.get(key);
    if (label?.is === 'known') return String(label.value);
  }
  return undefined;
}
