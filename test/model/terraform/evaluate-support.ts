import type { Snapshot } from '../../../src/documents/snapshot.ts';
import { buildModel, readDocuments } from '../../../src/model/model.ts';
import type { Resource } from '../../../src/model/resource.ts';
import type { Origin, Value } from '../../../src/model/value.ts';
import { plain } from '../../../src/model/value.ts';
import type { World } from '../../../src/model/world.ts';

export type Files = Readonly<Record<string, string>>;

export function snapshotOf(files: Files): Snapshot {
  return new Map(Object.entries(files).map(([path, text]) => [path, { path, sha: '', text }]));
}

export function worldsOf(files: Files): readonly World[] {
  const snapshot = snapshotOf(files);
  return buildModel(snapshot, readDocuments(snapshot)).worlds.filter((world) => world.id.startsWith('terraform:'));
}

export function worldOf(files: Files): World {
  const [world] = worldsOf(files);
  if (!world) throw new Error('no world');
  return world;
}

export function resourceOf(files: Files, address: string): Resource {
  const found = worldOf(files).resources.find((r) => r.address === address);
  if (!found)
    throw new Error(
      `no ${address} among ${worldOf(files)
        .resources.map((r) => r.address)
        .join(', ')}`,
    );
  return found;
}

/** The value of one expression, with other files around it. */
export function valueOf(expression: string, files: Files = {}): Value {
  const main = `output "it" {\n  value = ${expression}\n}\n${files['main.tf'] ?? ''}`;
  return resourceOf({ ...files, 'main.tf': main }, 'output.it').attr('value');
}

/** What a table says of a value: its data, or the reason why it is not known. */
export function summary(value: Value): unknown {
  if (value.is === 'absent') return null;
  if (value.is === 'unknown') return value.fails ? 'fails' : 'unknown';
  if (value.is === 'list') return value.items.map(summary);
  if (value.is === 'map') return Object.fromEntries(Array.from(value.entries, ([key, item]) => [key, summary(item)]));
  return plain(value);
}

/** An origin as `kind file:line text`, with the text cut to its first line. */
export function place(origin: Origin, files: Files): string {
  const text = files[origin.span.file] ?? '';
  const line = text.slice(0, origin.span.start).split('\n').length;
  const [first = ''] = text.slice(origin.span.start, origin.span.end).split('\n');
  return `${origin.what} ${origin.span.file}:${line} ${first}${origin.literal ? ' !' : ''}`;
}

export const places = (value: Value, files: Files): readonly string[] => value.origins.map((origin) => place(origin, files));
