import type { Span } from '../documents/span.ts';
import { labels, pathName, type Key, type Resource } from '../model/resource.ts';
import type { Dict, Value } from '../model/value.ts';
import type { Model } from '../model/world.ts';
import type { Finding } from './finding.ts';
import { severities } from './rule.ts';

/** Says whether a change added or altered any line of a span at the head. */
export type Touches = (span: Span) => boolean;

/**
 * The findings that a change introduces: those whose key does not hold at the base in the same environment. A finding that merely moved
 * (its resource left one scope and came up in another, or has another name) is not new, nor is an old one that a new environment or an
 * unreadable base file shows for the first time without the change touching any of its origins, nor what comes to stand for itself because
 * its user is gone. Findings of one place in several environments become one.
 */
export function introducedFindings(base: Side, head: Side, touches: Touches): Finding[] {
  const old = new Set(base.findings.map(inEnvironment));
  const oldAnywhere = new Set(base.findings.map((finding) => finding.key));
  const oldEnvironments = new Set(
    base.model.worlds.flatMap((world) => world.resources).map((resource) => `${resource.scope}|${resource.environment.name}`),
  );
  const oldScopes = scopesIn(base.model);
  const moved = movedFindings(base, head, touches);
  const unreadable = new Set(base.model.problems.map((problem) => problem.span.file));

  const isNew = (finding: Finding): boolean => {
    if (old.has(inEnvironment(finding))) return false;
    const touched = finding.origins.some((origin) => touches(origin.span));
    if (!touched && !oldScopes.has(finding.resource.scope) && !isBroughtIn(finding.resource, touches)) return false;
    const environment = finding.resource.environment.name;
    if (oldAnywhere.has(finding.key) && !oldEnvironments.has(`${finding.resource.scope}|${environment}`) && !touched) return false;
    if (unreadable.has(finding.resource.at.file) && !touched) return false;
    return !moved.has(finding);
  };
  return mergeEnvironments(head.findings.filter(isNew));
}

/**
 * Whether the change has a part in what lets a resource be there. It has none when a module or a file comes to stand for itself because what
 * used it is gone.
 */
const isBroughtIn = ({ at, value }: Resource, touches: Touches): boolean => touches(at) || value.origins.some(({ span }) => touches(span));

export interface Side {
  readonly findings: readonly Finding[];
  readonly model: Model;
}

const inEnvironment = (finding: Finding): string => `${finding.key}|${finding.resource.environment.name}`;

/** Head findings that pair off with a base finding whose resource, or the part of it, is gone from its old place or has lost its old name. */
function movedFindings(base: Side, head: Side, touches: Touches): ReadonlySet<Finding> {
  const atHead = placesIn(head.model);
  const atBase = placesIn(base.model);
  const gone = base.findings.filter((finding) => !atHead.has(placeOf(finding.resource)));
  const come = head.findings.filter((finding) => !atBase.has(placeOf(finding.resource)));
  const moved = new Set<Finding>();
  pairOff(gone, come, ({ movableKey }) => movableKey, moved);
  const renamed = come.filter((finding) => !moved.has(finding) && isAsBefore(finding, touches));
  pairOff(gone, renamed, nameless, moved);
  const [keysBefore, keysNow] = [base, head].map(({ findings }) => new Set(findings.map(({ key }) => key)));
  const mended = base.findings.filter(({ key, resource }) => !keysNow?.has(key) && atHead.has(placeOf(resource)));
  const fresh = head.findings.filter(({ key, resource }) => !keysBefore?.has(key) && atBase.has(placeOf(resource)));
  pairOff(mended, fresh, byPart, moved);
  return moved;
}

/** All scopes of a model, also a root module's in which nothing exists. */
const scopesIn = ({ worlds }: Model): ReadonlySet<string> =>
  new Set(worlds.flatMap(({ id, resources }) => [id.replace(/^[a-z-]+:|#.*/g, ''), ...resources.map(({ scope }) => scope)]));

const placeOf = ({ scope, address }: Resource): string => `${scope}|${address}`;
const placesIn = ({ worlds }: Model): ReadonlySet<string> => new Set(worlds.flatMap(({ resources }) => resources.map(placeOf)));

/** Adds to `paired` those of `come` for which there is one in `gone` with the same key, each of which counts once. */
function pairOff(gone: readonly Finding[], come: readonly Finding[], key: (finding: Finding) => string, paired: Set<Finding>): void {
  const left = new Map<string, number>();
  for (const finding of gone) left.set(key(finding), (left.get(key(finding)) ?? 0) + 1);
  for (const finding of come) {
    const count = left.get(key(finding)) ?? 0;
    if (count === 0) continue;
    left.set(key(finding), count - 1);
    paired.add(finding);
  }
}

/** How a finding is recognised when its resource has another name, namespace or version in the same place. */
const nameless = ({ rule, resource, path, subject }: Finding): string =>
  [rule, resource.scope, resource.type, pathName(resource, path), subject].join('|');

/** And when a part of its resource has, or another place in its list: a container, a volume, a rule. It has to say all the rest as before. */
function byPart({ rule, key, resource, path, subject }: Finding): string {
  const part = path.map((step, i) => (typeof step === 'number' ? mapAt(resource, path.slice(0, i + 1)) : undefined)).findLast(Boolean);
  const names = pathName(resource, path).replaceAll(/\[[^\]]*\]/g, '[]');
  return part ? [rule, placeOf(resource), names, subject, contentOf(part)].join('|') : key;
}

/** All that an item says but what it is called, without the places where it says it. */
function contentOf(item: Dict | undefined): string {
  return JSON.stringify(
    [...(item?.entries ?? [])].filter(([key]) => !labels.includes(key)),
    (key, value: unknown) => (key === 'origins' ? undefined : value instanceof Map ? [...(value as ReadonlyMap<string, Value>)] : value),
  );
}

/** What is found is as it was though a name is new; something that is missing, or a whole, when other things are that stand there. */
function isAsBefore({ origins, absent, resource, path }: Finding, touches: Touches): boolean {
  if (!origins.some(({ span }) => touches(span))) return true;
  const around = mapAt(resource, absent ? path.slice(0, -1) : path);
  return around !== undefined && [...around.entries.values()].some(({ origins: [first] }) => first !== undefined && !touches(first.span));
}

/** The map at a path, or the last one on the way when the path goes on to what is not there. */
function mapAt(resource: Resource, path: readonly Key[]): Dict | undefined {
  let last: Value = resource.value;
  for (const key of path) {
    // A lone block is a list of one.
    if (last.is === 'list' && typeof key === 'string') last = last.items[0] ?? last;
    const next: Value | undefined =
      last.is === 'map' ? last.entries.get(String(key)) : last.is === 'list' ? last.items[Number(key)] : undefined;
    if (!next || next.is === 'absent') break;
    last = next;
  }
  return last.is === 'map' ? last : undefined;
}

const worse = (a: Finding, b: Finding): boolean => severities.indexOf(a.severity) > severities.indexOf(b.severity);

function mergeEnvironments(findings: readonly Finding[]): Finding[] {
  const byKey = new Map<string, Finding>();
  for (const finding of findings) {
    const first = byKey.get(finding.key);
    const worst = first && !worse(finding, first) ? first : finding;
    byKey.set(finding.key, {
      ...worst,
      environments: [...(first?.environments ?? []), ...finding.environments],
      // Each environment may have the value from a place of its own.
      fix: [...(first?.fix ?? []), ...finding.fix],
    });
  }
  return [...byKey.values()];
}
