import type { Span } from '../documents/span.ts';
import { pathName } from '../model/resource.ts';
import type { Model } from '../model/world.ts';
import type { Finding } from './finding.ts';
import { severities } from './rule.ts';

/** Says whether a change added or altered any line of a span at the head. */
export type Touches = (span: Span) => boolean;

/**
 * The findings that a change introduces: those whose key does not hold at the base in the same environment. A finding that merely moved
 * (its resource left one scope and came up in another, or has another name) is not new, nor is an old one that a new environment or an
 * unreadable base file shows for the first time without the change touching any of its origins. Findings of one place in several
 * environments become one.
 */
export function introducedFindings(base: Side, head: Side, touches: Touches): Finding[] {
  const old = new Set(base.findings.map(inEnvironment));
  const oldAnywhere = new Set(base.findings.map((finding) => finding.key));
  const oldEnvironments = new Set(
    base.model.worlds.flatMap((world) => world.resources).map((resource) => `${resource.scope}|${resource.environment.name}`),
  );
  const moved = movedFindings(base, head, touches);
  const unreadable = new Set(base.model.problems.map((problem) => problem.span.file));

  const isNew = (finding: Finding): boolean => {
    if (old.has(inEnvironment(finding))) return false;
    const touched = finding.origins.some((origin) => touches(origin.span));
    const environment = finding.resource.environment.name;
    if (oldAnywhere.has(finding.key) && !oldEnvironments.has(`${finding.resource.scope}|${environment}`) && !touched) return false;
    if (unreadable.has(finding.resource.at.file) && !touched) return false;
    return !moved.has(finding);
  };
  return mergeEnvironments(head.findings.filter(isNew));
}

export interface Side {
  readonly findings: readonly Finding[];
  readonly model: Model;
}

const inEnvironment = (finding: Finding): string => `${finding.key}|${finding.resource.environment.name}`;

/** Head findings that pair off with a base finding whose resource is gone from its old place or has lost its old name. */
function movedFindings(base: Side, head: Side, touches: Touches): ReadonlySet<Finding> {
  const place = (finding: Finding): string => `${finding.resource.scope}|${finding.resource.address}`;
  const places = (model: Model): Set<string> =>
    new Set(model.worlds.flatMap((world) => world.resources.map((r) => `${r.scope}|${r.address}`)));
  const atHead = places(head.model);
  const atBase = places(base.model);
  const gone = base.findings.filter((finding) => !atHead.has(place(finding)));
  const come = head.findings.filter((finding) => !atBase.has(place(finding)));
  const moved = new Set<Finding>();
  pairOff(gone, come, ({ movableKey }) => movableKey, moved);
  const stayed = come.filter((finding) => !moved.has(finding) && isAsBefore(finding, touches));
  pairOff(gone, stayed, nameless, moved);
  return moved;
}

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

/** What a resource says is as it was though its name is new; of what it doesn't say, when other things that it says are. */
function isAsBefore({ origins, absent, resource: { value } }: Finding, touches: Touches): boolean {
  if (!origins.some(({ span }) => touches(span))) return true;
  if (!absent || value.is !== 'map') return false;
  return [...value.entries.values()].some(({ origins: [first] }) => first !== undefined && !touches(first.span));
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
