import { belongsToAi } from '../concepts/ai-surroundings.ts';
import { withoutEnvironment } from '../facts/environment-words.ts';
import { lineAt, lineStarts, type Span } from '../documents/span.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { Resource } from '../model/resource.ts';
import type { Model } from '../model/world.ts';
import type { Difference } from '../report/review.ts';
import { parityFacts, type ParityFact } from './parity-facts.ts';

/** What a suppression names to say that environments differ here on purpose. */
export const parityRule = 'parity/environments-differ';

/** Guards that every environment should have when one has them. */
const guards =
  /^(?:NetworkPolicy|AuthorizationPolicy|PeerAuthentication|kubernetes_network_policy(?:_v1)?|.*_(?:public_access_block|versioning|logging|encryption_configuration|diagnostic_setting))$/;

interface Side {
  readonly model: Model;
  readonly snapshot: Snapshot;
}
type Twins = Map<string, Map<string, Resource>>;
interface Found extends Difference {
  readonly id: string;
  readonly spans: readonly Span[];
}

/**
 * Where the change makes environments differ: the same AI resource has another image, other arguments or another setting for access,
 * network, encryption or logging in one environment than in another, or a guard is missing in one, and at the base that was not so.
 * `isIntended` says of a line that somebody wrote down why it differs.
 */
export function environmentsApart(base: Side, head: Side, isIntended: (file: string, line: number) => boolean): readonly Difference[] {
  const before = new Set(differences(base.model).map(({ id }) => id));
  const line = ({ file, start }: Span): number => lineAt(lineStarts(head.snapshot.get(file)?.text ?? ''), start);
  return differences(head.model)
    .filter(({ id, spans }) => !before.has(id) && !spans.some((span) => isIntended(span.file, line(span))))
    .map(({ resource, aspect, values }) => ({ resource, aspect, values }));
}

function differences(model: Model): readonly Found[] {
  const twins = twinsOf(model);
  return [...twins].flatMap(([id, byEnvironment]) => [...missingGuard(id, byEnvironment, twins), ...settingsApart(id, byEnvironment)]);
}

/** The AI resources of named environments: what they are without the environment, then by environment. */
function twinsOf(model: Model): Twins {
  const twins: Twins = new Map();
  for (const world of model.worlds)
    for (const resource of world.resources) {
      if (resource.environment.stage === 'unknown' || resource.type.startsWith('data.') || !belongsToAi(resource, world)) continue;
      const id = `${withoutEnvironment(resource.scope)}|${withoutEnvironment(resource.address)}`;
      const known = twins.get(id) ?? new Map<string, Resource>();
      twins.set(id, known.set(resource.environment.name, resource));
    }
  return twins;
}

const directoryOf = ({ at }: Resource): string => withoutEnvironment(at.file.slice(0, at.file.lastIndexOf('/') + 1));

/** A guard that some of the environments, in which its directory has other resources, are without. */
function missingGuard(id: string, byEnvironment: ReadonlyMap<string, Resource>, twins: Twins): readonly Found[] {
  const [first] = byEnvironment.values();
  if (!first || !guards.test(first.type)) return [];
  const place = directoryOf(first);
  const beside = [...twins.values()].filter((them) => [...them.values()].some((other) => directoryOf(other) === place));
  const all = new Set(beside.flatMap((them) => [...them.keys()]));
  if (all.size === byEnvironment.size) return [];
  const values = [...all].toSorted().map((environment) => ({ environment, value: byEnvironment.has(environment) ? 'there' : 'missing' }));
  return [{ id, resource: first.address, aspect: first.type, values, spans: [...byEnvironment.values()].map(({ at }) => at) }];
}

function settingsApart(id: string, byEnvironment: ReadonlyMap<string, Resource>): readonly Found[] {
  if (byEnvironment.size < 2) return [];
  const facts = [...byEnvironment]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([environment, resource]) => ({ environment, resource, has: parityFacts(resource) }));
  const aspects = new Set(facts.flatMap(({ has }) => [...has.keys()]));
  return [...aspects].flatMap((aspect) => {
    const known = facts.flatMap(({ environment, resource, has }) => {
      const fact = has.get(aspect);
      return fact ? [{ environment, resource, fact }] : [];
    });
    const [first] = known;
    // What one environment leaves to a default may well be the same: only what is written in each can be compared.
    if (!first || known.length < facts.length || known.every(({ fact }) => same(fact, first.fact))) return [];
    const spans = known.flatMap(({ fact }) => fact.origins.map(({ span }) => span));
    const values = known.map(({ environment, fact }) => ({ environment, value: fact.text }));
    return [{ id: `${id}|${aspect}`, resource: first.resource.address, aspect, values, spans }];
  });
}

const same = (a: ParityFact, b: ParityFact): boolean => withoutEnvironment(a.text) === withoutEnvironment(b.text);
