import { stringify } from 'yaml';
import type { ReadSettings } from './read.ts';
import { keys, type Settings } from './settings.ts';

/** The settings as YAML that may be copied into a settings file, each below a comment that says where it comes from. `from`: the file's name. */
export function effectiveSettings({ settings, lines }: ReadSettings, from: string): string {
  const names = Object.keys(keys) as (keyof Settings)[];
  return names
    .map((id) => {
      const { name } = keys[id];
      const line = lines.get(name);
      const value = plain(settings[id]);
      const source = line === undefined ? 'default' : `${from}:${line}`;
      return `# ${source}\n${isEmpty(value) ? `${name}:\n` : stringify({ [name]: value })}`;
    })
    .join('\n');
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
