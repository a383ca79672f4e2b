import { posix } from 'node:path';
import type { Document } from '../../documents/document.ts';
import { environmentNamed, environmentOf, stageOf } from '../environment.ts';
import type { Environment } from '../resource.ts';
import type { HclDocument, ModuleSource } from './module-source.ts';

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
const maxEnvironments = 25;

const isVariables = (path: string): boolean => path.endsWith('.tfvars') || path.endsWith('.tfvars.json');
const stem = (path: string): string => posix.basename(path).replace(/\.tfvars(\.json)?$/, '');
const isAutomatic = (path: string): boolean => stem(path) === 'terraform' || stem(path).endsWith('.auto');

/** The variables files of a snapshot, by directory, and their directories by those that they may be for: the two above each. */
export interface VariablesFiles {
  readonly byDirectory: ReadonlyMap<string, readonly HclDocument[]>;
  readonly below: ReadonlyMap<string, readonly string[]>;
}

export function variablesFilesIn(documents: Iterable<Document>): VariablesFiles {
  const byDirectory = new Map<string, HclDocument[]>();
  for (const document of documents) {
    if (document.is !== 'hcl' || !isVariables(document.file)) continue;
    const directory = posix.dirname(document.file);
    const list = byDirectory.get(directory);
    if (list) list.push(document);
    else byDirectory.set(directory, [document]);
  }
  const below = new Map<string, string[]>();
  for (const directory of byDirectory.keys()) {
    let above = directory;
    for (let i = 0; i < 2 && above !== '.'; i++) {
      above = posix.dirname(above);
      const list = below.get(above);
      if (list) list.push(directory);
      else below.set(above, [directory]);
    }
  }
  return { byDirectory, below };
}

/**
 * What a module is run with: one entry for each variables file with a name of its own (`prod.tfvars`), or folder of them. Where those names
 * are environments nobody runs it without one; else there is also an entry without a name, for the defaults and what applies by itself.
 */
export function environmentsOf(
  module: ModuleSource,
  variables: VariablesFiles,
  modules: ReadonlyMap<string, ModuleSource>,
): readonly Variables[] {
  const { directory } = module;
  const own = variables.byDirectory.get(directory) ?? [];
  const groups = new Map<string, HclDocument[]>();
  const common: HclDocument[] = [];
  const put = (key: string, file: HclDocument): void => {
    if (shared.test(stem(file.file))) common.push(file);
    else groups.set(key, [...(groups.get(key) ?? []), file]);
  };
  for (const file of own) if (!isAutomatic(file.file)) put(posix.basename(file.file), file);
  for (const place of around(directory, variables)) {
    const relative = posix.relative(directory, place);
    const kind = modules.has(place) ? undefined : placeOf(relative);
    if (!kind) continue;
    for (const file of variables.byDirectory.get(place) ?? []) {
      if (!belongs(file, module)) continue;
      if (kind === 'file') put(posix.join(relative, posix.basename(file.file)), file);
      else groups.set(relative, [...(groups.get(relative) ?? []), file]);
    }
  }
  const always = [...automaticFiles(module, variables), ...common.sort(inOrder)];
  const named = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, maxEnvironments)
    .map(([name, files]): Variables => ({
      name,
      environment: environmentFor(name, directory),
      files: [...always, ...files.sort(inOrder)],
    }));
  return named.some(({ name }) => environmentOf(ownName(name), 'variables').stage !== 'unknown') ? named : [{ files: always }, ...named];
}

/** The files that Terraform reads without being told. */
export const automaticFiles = ({ directory }: ModuleSource, { byDirectory }: VariablesFiles): readonly HclDocument[] =>
  (byDirectory.get(directory) ?? []).filter((d) => isAutomatic(d.file)).sort(inOrder);

/** Directories with variables files below a module and below the directory that it is in, each once. */
const around = (directory: string, { below }: VariablesFiles): ReadonlySet<string> =>
  new Set([...(below.get(directory) ?? []), ...(directory === '.' ? [] : (below.get(posix.dirname(directory)) ?? []))]);

/** `terraform.tfvars` comes first, then the automatic ones by name; the later wins. */
function inOrder(a: HclDocument, b: HclDocument): number {
  const rank = (d: HclDocument): number => (stem(d.file) === 'terraform' ? (d.file.endsWith('.json') ? 1 : 0) : 2);
  return rank(a) - rank(b) || (a.file < b.file ? -1 : 1);
}

/**
 * Is each variables file in a directory (seen from the module) for one environment by itself, or is it together with its folder's other
 * files, or are they not for the module? `envs`, `../envs`: each; `env/prod`, `prod`: the folder.
 */
function placeOf(relative: string): 'file' | 'folder' | undefined {
  const parts = relative.replace(/^\.\.\//, '').split('/');
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

const ownName = (name: string | undefined): string => (name ?? '').replace(/\.tfvars(\.json)?$/, '');

function environmentFor(name: string, directory: string): Environment {
  const own = ownName(name);
  const byName = environmentOf(own, 'variables');
  if (byName.stage !== 'unknown') return { ...byName, why: `variables \`${name}\`` };
  const byPath = environmentOf(directory);
  if (byPath.stage !== 'unknown') return byPath;
  return { ...environmentNamed('', ''), name: posix.basename(own), why: `variables \`${name}\`` };
}
