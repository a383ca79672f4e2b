import { posix } from 'node:path';
import type { Snapshot } from '../documents/snapshot.ts';
import { isTerraformCode, isTerraformVariables, isTerragrunt, isUnit } from './configuration.ts';
import { filesReadBy } from './terraform-files.ts';
import { ancestors, distance, filesIn, partsOf, resolveIn } from './tree.ts';
import type { Repository } from './tree.ts';

/** How many .tf files are read only to see whether they call a changed module, the nearest directories first. */
const probeLimit = 300;

/** How many Terragrunt units below a changed file are looked at. */
const unitLimit = 30;

/** Names of folders that hold the variables of environments. */
const environmentFolders = new Set(['env', 'envs', 'environment', 'environments', 'vars', 'tfvars', 'config', 'configs', 'variables']);

/**
 * The modules (directories) of the changed Terraform files, the local modules that they call, the modules and Terragrunt units that call
 * them, the variables files of all of these and the files that they read. `probes` are files that must be read to know who calls.
 */
export function terraformContext(
  paths: readonly string[],
  repository: Repository,
  known: Snapshot,
): { belongs: Set<string>; probes: Set<string> } {
  const changed = changedModules(paths, repository);
  const belongs = new Set<string>();
  const probes = new Set<string>();
  if (changed.size === 0) return { belongs, probes };
  const calls = callsOf(known);
  const callers = reachable(changed, invert(calls));
  const called = reachable(changed, calls);
  for (const directory of [...changed, ...called, ...callers]) {
    const files = filesIn(repository, directory);
    for (const file of files) if (isTerraformCode(file) || isTerraformVariables(file)) belongs.add(file);
    if (files.some(isUnit))
      for (const file of ancestors(directory).flatMap((at) => filesIn(repository, at))) if (isTerragrunt(file)) belongs.add(file);
  }
  for (const file of environmentVariables(new Set([...changed, ...callers]), repository)) belongs.add(file);
  for (const file of filesReadBy(belongs, repository, known)) belongs.add(file);
  for (const file of nearestCode([...changed], repository)) if (!belongs.has(file)) probes.add(file);
  return { belongs, probes };
}

/** The directories of changed code, and for a changed variables file the module that it is for. */
function changedModules(paths: readonly string[], repository: Repository): Set<string> {
  const modules = new Set(paths.filter(isTerraformCode).map((path) => posix.dirname(path)));
  const ofVariables = new Set(paths.filter(isTerraformVariables).map((path) => posix.dirname(path)));
  const ofTerragrunt = paths.filter(isTerragrunt).map((path) => posix.dirname(path));
  for (const unit of unitsBelow(ofTerragrunt, repository)) modules.add(unit);
  for (const directory of ofVariables) for (const module of modulesOfVariables(directory, repository)) modules.add(module);
  return modules;
}

/** The Terragrunt units in directories and below them: what they include may be above. */
function unitsBelow(directories: readonly string[], repository: Repository): readonly string[] {
  if (directories.length === 0) return [];
  return [...repository.directories]
    .filter(([at, files]) => files.some(isUnit) && ancestors(at).some((above) => directories.includes(above)))
    .map(([at]) => at)
    .slice(0, unitLimit);
}

/** The module of a variables file: its own directory, or one near above it. For `env/prod.tfvars` also the modules beside `env`. */
function modulesOfVariables(directory: string, repository: Repository): string[] {
  const above = ancestors(directory)
    .slice(0, 4)
    .find((at) => filesIn(repository, at).some(isTerraformCode));
  if (above !== undefined) return [above];
  const folder = ancestors(directory).find((at) => environmentFolders.has(posix.basename(at)));
  if (folder === undefined) return [];
  const parent = posix.dirname(folder);
  return [...repository.directories.keys()]
    .filter((at) => posix.dirname(at) === parent && filesIn(repository, at).some(isTerraformCode))
    .slice(0, 5);
}

/** Variables files of modules that lie in folders for environments: below a module, or beside it. */
function environmentVariables(modules: ReadonlySet<string>, repository: Repository): string[] {
  const parents = new Set([...modules].filter((module) => module !== '.').map((module) => posix.dirname(module)));
  const found: string[] = [];
  for (const [at, files] of repository.directories) {
    if (!files.some(isTerraformVariables)) continue;
    const folder = ancestors(at)
      .slice(0, 2)
      .find((part) => environmentFolders.has(posix.basename(part)));
    if (folder === undefined) continue;
    const home = posix.dirname(folder);
    if (modules.has(home) || parents.has(home)) found.push(...files.filter(isTerraformVariables));
  }
  return found;
}

/** Directory -> the local directories that its code names as a module's source, or its Terragrunt unit as what to run. */
function callsOf(known: Snapshot): Map<string, Set<string>> {
  const calls = new Map<string, Set<string>>();
  for (const [path, file] of known) {
    const unit = isUnit(path);
    if (!isTerraformCode(path) && !unit) continue;
    const directory = posix.dirname(path);
    const text = unit ? withPaths(file.text, directory) : file.text;
    for (const match of text.matchAll(/\bsource"?[ \t]*[=:][ \t]*"(\.\.?(?:\/[^"\n]*)?)"/g)) {
      const target = resolveIn(directory, match[1] ?? '');
      if (target === undefined) continue;
      const targets = calls.get(directory) ?? new Set();
      calls.set(directory, targets.add(target));
    }
  }
  return calls;
}

/** Terragrunt's functions for directories as the paths that they stand for. */
const withPaths = (text: string, directory: string): string =>
  text
    .replaceAll('${get_terragrunt_dir()}', '.')
    .replaceAll('${get_repo_root()}', `./${posix.relative(directory, '.') || '.'}`)
    .replaceAll('${get_path_to_repo_root()}', `./${posix.relative(directory, '.') || '.'}`);

function invert(calls: ReadonlyMap<string, ReadonlySet<string>>): Map<string, Set<string>> {
  const inverted = new Map<string, Set<string>>();
  for (const [from, targets] of calls) {
    for (const to of targets) inverted.set(to, (inverted.get(to) ?? new Set()).add(from));
  }
  return inverted;
}

/** What can be reached from the starts, without the starts themselves. */
function reachable(starts: ReadonlySet<string>, edges: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set<string>();
  const queue = [...starts];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const next of edges.get(at) ?? []) {
      if (starts.has(next) || found.has(next)) continue;
      found.add(next);
      queue.push(next);
    }
  }
  return found;
}

/** Terraform code in the directories nearest to the given ones, at most `probeLimit` files. */
function nearestCode(modules: readonly string[], repository: Repository): string[] {
  const from = modules.slice(0, 20).map(partsOf);
  const near = (parts: readonly string[]): number => from.reduce((least, module) => Math.min(least, distance(module, parts)), Infinity);
  const candidates = [...repository.directories]
    .map(([directory, files]) => ({ directory, code: files.filter((file) => isTerraformCode(file) || isUnit(file)) }))
    .filter(({ code }) => code.length > 0)
    .map((candidate) => ({ ...candidate, steps: near(partsOf(candidate.directory)) }))
    .sort((a, b) => a.steps - b.steps || (a.directory < b.directory ? -1 : 1));
  return candidates.flatMap(({ code }) => code).slice(0, probeLimit);
}
