import type { Document } from '../documents/document.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { buildModel, readDocuments } from '../model/model.ts';
import type { Model } from '../model/world.ts';
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

/** Parsed files by blob id and path, so that what base and head share is read once. */
export type DocumentCache = Map<string, Document>;

/** Reads and judges a snapshot. `reading` is called with each path before it is parsed, and with '' when all are. The HCL grammar has to be loaded before. */
export function understand(
  snapshot: Snapshot,
  rules: readonly Rule[],
  cache: DocumentCache = new Map(),
  reading?: (path: string) => void,
): Understanding {
  const documents = readDocuments(snapshot, reading, cache);
  reading?.('');
  const model = buildModel(snapshot, documents);
  return { snapshot, documents, model, findings: runRules(rules, model) };
}
