import { posix } from 'node:path';
import type { Document } from '../../documents/document.ts';
import { environmentNamed, environmentOf, stageOf } from '../environment.ts';
import type { Environment } from '../resource.ts';
import type { ModuleSource } from './module-source.ts';

type HclDocument = Extract<Document, { is: 'hcl' }>;

/** The variables files that apply together, in Terraform's order, and the environment that they are for when they are for one. */
export interface Variables {
  /** What tells the environment's world from the module's others: the files' path from the module. */
  readonly name?: string;
  readonly environment?: Environment;
  readonly files: readonly HclDocument[];
}

const folders = new Set(['env', 'envs', 'environment', 'environments', 'vars', 'tfvars', 'config', 'configs', 'variables']);
/** Files of these names hold what all environments share. */
const shared = /^(common|shared|global|globals|base|default|defaults|all)$/i;
/** Files of these names show what to write and are never used. */
const example = /(^|[-_.])(example|sample|template)([-_.]|$)/i;
const maxEnvironments = 25;

export const isVariables = (path: string): boolean => path.endsWith('.tfvars') || path.endsWith('.tfvars.json');
const stem = (path: string): string => posix.basename(path).replace(/\.tfvars(\.json)?$/, '');
const isAutomatic = (path: string): boolean => stem(path) === 'terraform' || stem(path).endsWith('.auto');

/** One entry for each environment with its own variables files, or a single one without a name. */
export function environmentsOf(
  module: ModuleSource,
  documents: ReadonlyMap<string, Document>,
  modules: ReadonlyMap<string, ModuleSource>,
): readonly Variables[] {
  const { directory } = module;
  const candidates = [...documents.values()].filter((d) => d.is === 'hcl' && isVariables(d.file)) as HclDocument[];
  const own = candidates.filter((d) => posix.dirname(d.file) === directory && !example.test(stem(d.file)));
  const automatic = own.filter((d) => isAutomatic(d.file)).sort(inOrder);
  const groups = new Map<string, HclDocument[]>();
  const common: HclDocument[] = [];
  const put = (key: string, file: HclDocument): void => {
    groups.set(key, [...(groups.get(key) ?? []), file]);
  };
  for (const file of own) {
    if (isAutomatic(file.file)) continue;
    if (shared.test(stem(file.file))) common.push(file);
    else put(posix.basename(file.file), file);
  }
  for (const file of candidates) {
    const place = posix.dirname(file.file);
    if (place === directory || example.test(stem(file.file)) || modules.has(place) || !belongs(file, module)) continue;
    const relative = posix.relative(directory, file.file);
    const kind = placeOf(relative);
    if (kind === 'file') {
      if (shared.test(stem(file.file))) common.push(file);
      else put(relative, file);
    } else if (kind === 'folder') put(posix.dirname(relative), file);
  }
  const always = [...automatic, ...common.sort(inOrder)];
  const named = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, maxEnvironments);
  if (named.length === 0) return [{ files: always }];
  return named.map(([name, files]) => ({ name, environment: environmentFor(name, directory), files: [...always, ...files.sort(inOrder)] }));
}

/** `terraform.tfvars` comes first, then the automatic ones by name; the later wins. */
function inOrder(a: HclDocument, b: HclDocument): number {
  const rank = (d: HclDocument): number => (stem(d.file) === 'terraform' ? (d.file.endsWith('.json') ? 1 : 0) : 2);
  return rank(a) - rank(b) || (a.file < b.file ? -1 : 1);
}

/**
 * Is a variables file at this path (seen from the module) for one environment by itself, together with its folder's other files, or not
 * for the module? `envs/prod.tfvars`, `../envs/prod.tfvars`; `env/prod/x.tfvars`, `prod/terraform.tfvars`.
 */
function placeOf(relative: string): 'file' | 'folder' | undefined {
  const parts = relative
    .replace(/^\.\.\//, '')
    .split('/')
    .slice(0, -1);
  if (parts.includes('..')) return undefined;
  const [first = '', second] = parts;
  if (parts.length === 1) return folders.has(first.toLowerCase()) ? 'file' : stageOf(first) !== 'unknown' ? 'folder' : undefined;
  return parts.length === 2 && second !== undefined && folders.has(first.toLowerCase()) ? 'folder' : undefined;
}

/** A file outside the module's directory is for it when the module declares most of what the file sets. */
function belongs(file: HclDocument, module: ModuleSource): boolean {
  const names = file.body.attributes.map((a) => a.name);
  const declared = names.filter((name) => module.variables.has(name)).length;
  return declared > 0 && declared * 2 >= names.length;
}

function environmentFor(name: string, directory: string): Environment {
  const own = name.replace(/\.tfvars(\.json)?$/, '');
  const byName = environmentOf(own, 'variables');
  if (byName.stage !== 'unknown') return { ...byName, why: `variables \`${name}\`` };
  const byPath = environmentOf(directory);
  if (byPath.stage !== 'unknown') return byPath;
  return { ...environmentNamed('', ''), name: posix.basename(own), why: `variables \`${name}\`` };
}
