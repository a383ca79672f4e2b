import { parseJson, parseYaml } from '../../src/documents/data.ts';
import type { Document } from '../../src/documents/document.ts';
import { dataWorlds, type DataWorlds } from '../../src/model/data-worlds.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { Value } from '../../src/model/value.ts';

export type Files = Readonly<Record<string, string>>;

export function worldsOf(files: Files): DataWorlds {
  const documents = Object.entries(files).map(([file, text]): [string, Document] => [
    file,
    file.endsWith('.json') ? parseJson(file, text) : parseYaml(file, text),
  ]);
  return dataWorlds(new Map(documents));
}

/** The only resource of the files, or the one of that name. */
export function resource(files: Files, name?: string): Resource {
  const all = worldsOf(files).worlds.flatMap((world) => world.resources);
  const found = name === undefined ? all : all.filter((r) => r.name === name);
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`${found.length} resources: ${all.map((r) => r.address).join(', ')}`);
  return first;
}

/** A value in one line: what is known of it, and the texts of its origins with their kinds; `*` marks the literal. */
export function say(files: Files, value: Value): string {
  const origins = value.origins.map(
    ({ span, what, literal }) => `${what}${literal ? '*' : ''} «${files[span.file]?.slice(span.start, span.end) ?? span.file}»`,
  );
  return [brief(value), ...origins].join(' | ');
}

export function brief(value: Value): string {
  switch (value.is) {
    case 'known':
      return JSON.stringify(value.value) + (value.refs ? ` -> ${value.refs.map((ref) => ref.to).join(' ')}` : '');
    case 'unknown':
      return `unknown: ${value.why}${value.parts ? ` ${JSON.stringify(value.parts)}` : ''}${value.refs.length > 0 ? ` -> ${value.refs.map((ref) => [ref.to, ...ref.attr].join('.')).join(' ')}` : ''}`;
    case 'absent':
      return 'absent';
    case 'list':
      return `[${value.items.map(brief).join(', ')}]`;
    case 'map':
      return `{${[...value.entries].map(([key, item]) => `${key}: ${brief(item)}`).join(', ')}${value.open ? ', ...' : ''}}`;
  }
}
