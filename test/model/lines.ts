import { readDocuments, buildModel } from '../../src/model/model.ts';
import { lineAt, lineStarts } from '../../src/documents/span.ts';
import type { Snapshot } from '../../src/documents/snapshot.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { Value } from '../../src/model/value.ts';
import type { Model, World } from '../../src/model/world.ts';
import { brief, type Files } from './support.ts';

export const snapshotOf = (files: Files): Snapshot => new Map(Object.entries(files).map(([path, text]) => [path, { path, sha: '', text }]));

export function modelOf(files: Files): Model {
  const snapshot = snapshotOf(files);
  return buildModel(snapshot, readDocuments(snapshot));
}

export function worldNamed(files: Files, id: string): World {
  const { worlds } = modelOf(files);
  const found = worlds.find((world) => world.id === id);
  if (!found) throw new Error(`there is ${worlds.map((world) => world.id).join(', ')}`);
  return found;
}

/** `Deployment kubernetes_deployment.llm`: what a world has in a dialect. */
export const listed = ({ resources }: World, dialect: Resource['dialect']): readonly string[] =>
  resources.filter((resource) => resource.dialect === dialect).map(({ type, address }) => `${type} ${address}`);

/** The only resource of a world with this dialect and type. */
export function only({ resources }: World, dialect: Resource['dialect'], type: string): Resource {
  const [found, ...more] = resources.filter((resource) => resource.dialect === dialect && resource.type === type);
  if (!found || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} resources ${dialect} ${type}`);
  return found;
}

/** A value and the lines that it comes from, nearest first, each once: `true < main.tf:7 main.tf:2`; `*` marks the line of the literal. */
export function traced(files: Files, value: Value): string {
  const lines = value.origins.map(
    ({ span, literal }) => `${span.file}:${lineAt(lineStarts(files[span.file] ?? ''), span.start)}${literal ? '*' : ''}`,
  );
  return `${brief(value)} < ${[...new Set(lines)].join(' ')}`;
}
