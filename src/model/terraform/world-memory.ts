import type { Document } from '../../documents/document.ts';
import { hclOfJson } from '../../documents/hcl-json.ts';
import type { World } from '../world.ts';
import type { Budget } from './budget.ts';
import type { Files } from './files.ts';
import type { HclDocument, ModuleSource } from './module-source.ts';
import type { Unit } from './terragrunt.ts';

/** What a world is made of. */
export interface Surroundings {
  readonly files: Files;
  readonly modules: Pick<ReadonlyMap<string, ModuleSource>, 'get'>;
}

/** What something looked at while it was made, with what it found. */
interface Seen {
  /** What it was given, which is the same as long as it is the same object. */
  readonly given: readonly unknown[];
  readonly modules: Map<string, readonly HclDocument[]>;
  readonly texts: Map<string, string | undefined>;
  readonly listings: Map<string, readonly string[]>;
}

interface Kept<T> {
  readonly seen: Seen;
  readonly steps: number;
  readonly made: T;
}

/** Things made for earlier snapshots, by id and the latest first. */
type Shelf<T> = Map<string, readonly Kept<T>[]>;

/** The worlds of earlier snapshots of one review, what their Terragrunt units say, and what JSON documents are as HCL. */
export interface WorldMemory {
  readonly worlds: Shelf<World>;
  readonly units: Shelf<Unit>;
  readonly converted: WeakMap<Document, Document>;
}

export const makeWorldMemory = (): WorldMemory => ({ worlds: new Map(), units: new Map(), converted: new WeakMap() });

/** Base, head, and the head with a fix in it. */
const mostKept = 3;

/**
 * What was made for an earlier snapshot when all that it was made of is the same in this one, else what `make` makes. It costs the same
 * steps of the budget either way, so that what is remembered changes no result.
 */
export function remembered<T>(
  shelf: Shelf<T>,
  id: string,
  given: readonly unknown[],
  around: Surroundings,
  budget: Budget,
  make: (recording: Surroundings) => T,
): T {
  const kept = shelf.get(id) ?? [];
  const before = kept.find(({ seen, steps }) => steps < budget.steps && isSame(seen, given, around));
  if (before) {
    budget.steps -= before.steps;
    shelf.set(id, [before, ...kept.filter((one) => one !== before)]);
    return before.made;
  }
  const seen: Seen = { given, modules: new Map(), texts: new Map(), listings: new Map() };
  const stepsBefore = budget.steps;
  const made = make(recorded(around, seen));
  // What was cut off would be another with more steps left.
  if (budget.steps > 0) shelf.set(id, [{ seen, steps: stepsBefore - budget.steps, made }, ...kept].slice(0, mostKept));
  return made;
}

const recorded = ({ files, modules }: Surroundings, seen: Seen): Surroundings => ({
  files: {
    get: (path) => {
      const file = files.get(path);
      seen.texts.set(path, file?.text);
      return file;
    },
    under: (prefix) => {
      const before = seen.listings.get(prefix);
      if (before) return before;
      const found = files.under(prefix);
      seen.listings.set(prefix, found);
      return found;
    },
  },
  modules: {
    get: (directory) => {
      const module = modules.get(directory);
      seen.modules.set(directory, module?.documents ?? []);
      return module;
    },
  },
});

function isSame(seen: Seen, given: readonly unknown[], { files, modules }: Surroundings): boolean {
  if (!sameItems(seen.given, given)) return false;
  for (const [directory, documents] of seen.modules) if (!sameItems(documents, modules.get(directory)?.documents ?? [])) return false;
  for (const [path, text] of seen.texts) if (files.get(path)?.text !== text) return false;
  for (const [prefix, paths] of seen.listings) if (!sameItems(paths, files.under(prefix))) return false;
  return true;
}

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((item, i) => item === b[i]);

/** Terraform in JSON as HCL; the same document gives the same one. */
export function asHcl(document: Extract<Document, { is: 'data' }>, memory: WorldMemory): Document {
  const before = memory.converted.get(document);
  if (before) return before;
  const converted = hclOfJson(document);
  memory.converted.set(document, converted);
  return converted;
}
