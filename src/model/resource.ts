import type { Span } from '../documents/span.ts';
import { absent, unknown, type Absent, type Dict, type Origin, type Value } from './value.ts';

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
    if (aiReason !== undefined) this.aiReason = aiReason;
  }

  attr(...path: readonly Key[]): Located {
    return locate(this, this, path);
  }

  items(...path: readonly Key[]): readonly View[] {
    return itemsAt(this, this, path);
  }
}

const noPath: readonly Key[] = Object.freeze([]);

/** A place inside a resource. Like a resource it can't be copied by spreading it: its functions would not come along. */
class MadeView implements View {
  readonly of: Resource;
  readonly path: readonly Key[];
  readonly at: Span;
  readonly value: Value;

  constructor(of: Resource, path: readonly Key[], value: Value) {
    this.of = of;
    this.path = path;
    this.at = value.origins[0]?.span ?? of.at;
    this.value = value;
  }

  attr(...path: readonly Key[]): Located {
    return locate(this.of, this, path);
  }

  items(...path: readonly Key[]): readonly View[] {
    return itemsAt(this.of, this, path);
  }
}

const locate = (of: Resource, from: View, path: readonly Key[]): Located =>
  placed(follow(from, path), of, from.path.length === 0 ? path : [...from.path, ...path]);

/** Whether a key is written in a resource. Most write few of those that are asked for, and to see that costs less than to make a place. */
export const writes = ({ value }: View, key: string): boolean => value.is === 'map' && value.entries.has(key);

/** Follows a path; a string key on a list means the first item, because Terraform writes a single nested block as a list of one. */
function follow(from: View, path: readonly Key[]): Value {
  let value = from.value;
  /** The innermost block or map on the way, which is where something absent would be written. */
  let around: Origin | undefined;
  const nothing = (): Absent => absent([around ? { ...around, what: 'container' } : { span: from.at, what: 'container' }]);
  for (const key of path) {
    if (value.is === 'list' && typeof key === 'string') value = value.items[0] ?? nothing();
    if (value.is === 'unknown' || value.is === 'absent') break;
    if (value !== from.value) around = value.origins[0] ?? around;
    value = step(value, key) ?? nothing();
  }
  return value;
}

/**
 * A value with its place. The fields of the value are put onto what has the place already: to add the place to a copy of the value is several
 * times as slow, and rules ask for many places.
 */
export function placed(value: Value, of: Resource, path: readonly Key[]): Located {
  if (value.is === 'absent') return { is: 'absent', origins: value.origins, of, path };
  const copy = Object.assign({ of, path }, value);
  // The value may have come with a place of its own.
  copy.of = of;
  copy.path = path;
  return copy;
}

function step(value: Exclude<Value, { is: 'unknown' | 'absent' }>, key: Key): Value | undefined {
  if (value.is === 'map')
    return value.entries.get(String(key)) ?? (value.open ? unknown('part of the map is not known', value.origins) : undefined);
  return value.is === 'list' && typeof key === 'number' ? value.items[key] : undefined;
}

function itemsAt(of: Resource, from: View, path: readonly Key[]): readonly View[] {
  const value = follow(from, path);
  if (value.is !== 'map' && value.is !== 'list') return [];
  const base = [...from.path, ...path];
  if (value.is === 'map') return [new MadeView(of, base, value)];
  const views: View[] = [];
  for (const [i, item] of value.items.entries())
    if (item.is !== 'unknown' && item.is !== 'absent') views.push(new MadeView(of, [...base, i], item));
  return views;
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

/** Keys that say what an item of a list is called. */
export const labels: readonly string[] = ['name', 'Name', 'key', 'sid', 'Sid', 'Key', 'id'];

function labelOf(item: Value | undefined): string | undefined {
  if (item?.is !== 'map') return undefined;
  for (const key of labels) {
    const label = item.entries.get(key);
    if (label?.is === 'known') return String(label.value);
  }
  return undefined;
}
