import { pathName, type Dialect, type Resource } from '../model/resource.ts';
import type { Model, World } from '../model/world.ts';
import type { Finding } from './finding.ts';
import type { Concept, Problem, Rule } from './rule.ts';
import { maySee } from '../concepts/may-see.ts';

/**
 * Every problem that the rules see in a model, one finding for each world (environment) in which it holds. Rules that look at one concept
 * share its view of a resource: seeing costs more than judging. `judged` holds what the same rules found in worlds that they have seen.
 */
export function runRules(
  rules: readonly Rule[],
  model: Pick<Model, 'worlds'>,
  judged = new WeakMap<World, readonly Finding[]>(),
): Finding[] {
  const groupsOf = byResourceType(byConcept(rules));
  return model.worlds.flatMap((world) => {
    const before = judged.get(world);
    if (before) return before;
    const findings: Finding[] = [];
    for (const resource of world.resources) for (const group of groupsOf(resource)) judge(group, resource, world, findings);
    judged.set(world, findings);
    return findings;
  });
}

interface Group {
  readonly concept: Concept<unknown>;
  readonly rules: readonly Rule[];
}

function byConcept(rules: readonly Rule[]): readonly Group[] {
  const groups = new Map<Concept<unknown>, Rule[]>();
  for (const rule of rules) groups.set(rule.looksAt, [...(groups.get(rule.looksAt) ?? []), rule]);
  return [...groups].map(([concept, sharing]) => ({ concept, rules: sharing }));
}

/** The groups whose concept can see a resource by its type; most types are of interest to a few of them. */
function byResourceType(groups: readonly Group[]): (resource: Resource) => readonly Group[] {
  const known = new Map<Dialect, Map<string, readonly Group[]>>();
  return ({ type, dialect }) => {
    const ofDialect = known.get(dialect) ?? new Map<string, readonly Group[]>();
    const before = ofDialect.get(type);
    if (before) return before;
    const found = groups.filter(({ concept }) => maySee(concept, type, dialect));
    ofDialect.set(type, found);
    known.set(dialect, ofDialect);
    return found;
  };
}

/** Adds what the rules of one concept find in a resource. */
function judge({ concept, rules }: Group, resource: Resource, world: World, findings: Finding[]): void {
  const seen = concept.view(resource, world);
  const subjects = isArray(seen) ? seen : [...seen];
  if (subjects.length === 0) return;
  for (const rule of rules)
    for (const subject of subjects) for (const problem of rule.check(subject, world)) findings.push(toFinding(rule, problem, world));
}

const isArray = <T>(items: Iterable<T>): items is readonly T[] => Array.isArray(items);

function toFinding(rule: Rule, problem: Problem, world: World): Finding {
  const { at } = problem;
  const resource = at.of;
  const isView = 'at' in at;
  const movableKey = [rule.id, resource.address, pathName(resource, at.path), problem.subject ?? ''].join('|');
  const origins = isView ? [{ span: at.at, what: 'attribute' as const }] : at.origins;
  return {
    rule: rule.id,
    title: rule.title,
    severity: problem.severity ?? rule.severity,
    message: problem.message,
    resource,
    path: at.path,
    key: `${movableKey}|${resource.scope}`,
    movableKey,
    subject: problem.subject ?? '',
    origins: origins.length > 0 ? origins : [{ span: resource.at, what: 'container' }],
    absent: !isView && at.is === 'absent',
    related: [...(problem.related ?? []), ...callers(resource, world)],
    environments: [resource.environment],
    others: [],
    fix: problem.fix ?? [],
  };
}

/** The module calls that a resource came in through, innermost first: a caller can cause a finding inside a module it did not touch. */
function callers(resource: Resource, world: World) {
  const names = resource.address.match(/module\.[^.[]+(?:\[[^\]]*\])?/g) ?? [];
  return names.map((_, i) => world.graph.get(names.slice(0, names.length - i).join('.'))?.at).filter((span) => span !== undefined);
}
