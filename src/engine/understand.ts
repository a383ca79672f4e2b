import type { Document } from '../documents/document.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { buildModel, makeModelMemory, readDocuments, type ModelMemory } from '../model/model.ts';
import type { Model, World } from '../model/world.ts';
import type { Finding } from './finding.ts';
import type { Rule } from './rule.ts';
import { runRules } from './run-rules.ts';

/** Everything that is known of one commit's files: what they say, what it means, and what the rules see in it. */
export interface Understanding {
  readonly snapshot: Snapshot;
  readonly documents: ReadonlyMap<string, Document>;
  readonly model: Model;
  readonly findings: readonly Finding[];
}

/**
 * What one review keeps of the snapshots that it has read, so that each costs what is new in it. All of them are adapted in the same way and
 * judged by the same rules.
 */
export interface Memory {
  /** Parsed files by blob id and path. */
  readonly documents: Map<string, Document>;
  readonly model: ModelMemory;
  readonly adapted: WeakMap<World, readonly World[]>;
  readonly judged: WeakMap<World, readonly Finding[]>;
}

export const makeMemory = (): Memory => ({
  documents: new Map(),
  model: makeModelMemory(),
  adapted: new WeakMap(),
  judged: new WeakMap(),
});

/**
 * Reads and judges a snapshot. `reading` is called with each path before it is parsed, and with '' when all are. `adapt` has the last word on
 * a model before it is judged; it is asked about each world by itself.
 */
export function understand(
  snapshot: Snapshot,
  rules: readonly Rule[],
  memory: Memory = makeMemory(),
  reading?: (path: string) => void,
  adapt?: (model: Model) => Model,
): Understanding {
  const documents = readDocuments(snapshot, reading, memory.documents);
  reading?.('');
  const built = buildModel(snapshot, documents, memory.model);
  const model = adapt ? { ...built, worlds: adaptedWorlds(built, memory, adapt) } : built;
  return { snapshot, documents, model, findings: runRules(rules, model, memory.judged) };
}

const adaptedWorlds = (model: Model, { adapted }: Memory, adapt: (model: Model) => Model): readonly World[] =>
  model.worlds.flatMap((world) => {
    const before = adapted.get(world);
    if (before) return before;
    const { worlds } = adapt({ ...model, worlds: [world] });
    adapted.set(world, worlds);
    return worlds;
  });
