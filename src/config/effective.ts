import { stringify } from 'yaml';
import type { Effective, Provenance } from './merge.ts';
import { keys } from './settings.ts';

/** How the two files are called. */
export interface Names {
  readonly repository: string;
  readonly organisation: string;
}

/** The settings as YAML that may be copied into a settings file, each below a comment that says where it comes from. */
export function effectiveSettings({ settings, from }: Pick<Effective, 'settings' | 'from'>, names: Names): string {
  return (Object.keys(keys) as (keyof typeof keys)[])
    .map((id) => {
      const { name } = keys[id];
      const value = plain(settings[id]);
      return `# ${sourceOf(from.get(name), names)}\n${isEmpty(value) ? `${name}:\n` : stringify({ [name]: value })}`;
    })
    .join('\n');
}

function sourceOf(provenance: Provenance | undefined, names: Names): string {
  const { organisation, repository, locked } = provenance ?? { locked: false };
  const files = [
    ...(repository === undefined ? [] : [`${names.repository}:${repository}`]),
    ...(organisation === undefined ? [] : [`${names.organisation}:${organisation}`]),
  ];
  return `${files.length === 0 ? 'default' : files.join(' and ')}${locked ? ', locked by the organisation' : ''}`;
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Entries of a map as the map that was written. */
function plain(value: unknown): unknown {
  if (!Array.isArray(value))
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
      : value;
  const items: readonly unknown[] = value;
  if (items.length === 0 || !items.every(isNamed)) return items;
  return new Map(items.map((one) => [one.name, plain(one.value)]));
}

const isNamed = (item: unknown): item is { readonly name: string; readonly value: unknown } =>
  typeof item === 'object' && item !== null && 'name' in item && 'value' in item;
