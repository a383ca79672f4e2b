import type { Span } from '../documents/span.ts';
import type { Model } from '../model/world.ts';
import type { Finding } from './finding.ts';
import { severities } from './rule.ts';

/** Says whether a change added or altered any line of a span at the head. */
export type Touches = (span: Span) => boolean;

/**
 * The findings that a change introduces: those whose key does not hold at the base in the same environment. A finding that merely moved
 * (its resource left one scope and came up in another) is not new, nor is an old one that a new environment or an unreadable base file shows
 * for the first time without the change touching any of its origins. Findings of one place in several environments become one.
 */
export function introducedFindings(base: Side, head: Side, touches: Touches): Finding[] {
  const old = new Set(base.findings.map(inEnvironment));
  const oldAnywhere = new Set(base.findings.map((finding) => finding.key));
  const oldEnvironments = new Set(
    base.model.worlds.flatMap((world) => world.resources).map((resource) => `${resource.scope}|${resource.environment.name}`),
  );
  const moved = movedFindings(base, head);
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

/** Head findings that pair off with a base finding of the same movable key whose resource is gone from its old place. */
function movedFindings(base: Side, head: Side): ReadonlySet<Finding> {
  const place = (finding: Finding): string => `${finding.resource.scope}|${finding.resource.address}`;
  const places = (model: Model): Set<string> =>
    new Set(model.worlds.flatMap((world) => world.resources.map((r) => `${r.scope}|${r.address}`)));
  const atHead = places(head.model);
  const atBase = places(base.model);
  const gone = new Map<string, number>();
  for (const finding of base.findings)
    if (!atHead.has(place(finding))) gone.set(finding.movableKey, (gone.get(finding.movableKey) ?? 0) + 1);
  const moved = new Set<Finding>();
  for (const finding of head.findings) {
    const left = gone.get(finding.movableKey) ?? 0;
    if (left === 0 || atBase.has(place(finding))) continue;
    gone.set(finding.movableKey, left - 1);
    moved.add(finding);
  }
  return moved;
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
