import { pathName, type Resource } from '../model/resource.ts';
import type { Model, World } from '../model/world.ts';
import type { Finding } from './finding.ts';
import type { Problem, Rule } from './rule.ts';

/** Every problem that the rules see in a model, one finding for each world (environment) in which it holds. */
export function runRules(rules: readonly Rule[], model: Pick<Model, 'worlds'>): Finding[] {
  const findings: Finding[] = [];
  for (const world of model.worlds)
    for (const resource of world.resources)
      for (const rule of rules)
        for (const problem of problemsOf(rule, resource, world)) findings.push(toFinding(rule, problem, world));
  return findings;
}

function* problemsOf(rule: Rule, resource: Resource, world: World): Generator<Problem> {
  for (const subject of rule.looksAt.view(resource, world)) yield* rule.check(subject, world);
}

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
    key: `${movableKey}|${resource.scope}`,
    movableKey,
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
