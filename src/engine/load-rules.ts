import { readdir } from 'node:fs/promises';
import { ConfigurationError } from '../errors.ts';
import type { Rule } from './rule.ts';

const folder = new URL('../../rules/', import.meta.url);
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** Every file under `rules/` is one rule and its path is its id; anything else is a mistake worth stopping for. */
export async function loadRules(): Promise<readonly Rule[]> {
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => name.endsWith(extension))
    .map((name) => name.replaceAll('\\', '/'));
  return Promise.all(names.toSorted().map(loadRule));
}

async function loadRule(name: string): Promise<Rule> {
  const id = name.slice(0, -extension.length);
  const { default: rule } = (await import(new URL(name, folder).href)) as { default?: Rule };
  if (rule?.id !== id)
    throw new ConfigurationError(
      `rules/${name} must export a rule with id "${id}" by default, it has "${rule?.id ?? 'none'}".`,
      'Make the id equal to the path.',
    );
  return rule;
}
