import { posix } from 'node:path';
import type { Document, ParseError } from '../../documents/document.ts';
import type { Snapshot } from '../../documents/snapshot.ts';
import { environmentNamed, environmentOf, noEnvironment } from '../environment.ts';
import { makeGraph } from '../graph.ts';
import type { Environment } from '../resource.ts';
import { unknown, type Value } from '../value.ts';
import type { World } from '../world.ts';
import { makeBudget, type Budget } from './budget.ts';
import { evaluate } from './evaluate.ts';
import { filesOf, noFiles } from './files.ts';
import { rootInstance, type ModuleInstance } from './module-instance.ts';
import { readModules, rootModules, type HclDocument, type ModuleSource } from './module-source.ts';
import { resourcesOf } from './resources.ts';
import { readUnit, unitFile, type Unit } from './terragrunt.ts';
import { automaticFiles, environmentsOf, variablesFilesIn, type Variables } from './variables-files.ts';
import { asHcl, makeWorldMemory, remembered, type Surroundings, type WorldMemory } from './world-memory.ts';

/** What Terraform makes of a snapshot, with what a reader must know: what could not be read, and where evaluation was cut off. */
export interface TerraformModel {
  readonly worlds: readonly World[];
  readonly problems: readonly ParseError[];
}

/**
 * The worlds of every root module among the documents, one for each set of variables files that it is run with. `memory` gives the worlds
 * of an earlier snapshot again where nothing that they are made of has changed. Never throws.
 */
export function readTerraform(
  documents: ReadonlyMap<string, Document>,
  snapshot: Snapshot,
  memory: WorldMemory = makeWorldMemory(),
): TerraformModel {
  const problems: ParseError[] = [];
  const all = new Map(
    Array.from(documents, ([path, document]) => {
      if (document.is !== 'data' || !isJsonTerraform(path)) return [path, document];
      const converted = asHcl(document, memory);
      problems.push(...converted.errors.filter((error) => !document.errors.includes(error)));
      return [path, converted];
    }),
  );
  const modules = readModules(all);
  const variablesFiles = variablesFilesIn(all.values());
  const around: Surroundings = { files: filesOf(snapshot), modules };
  const budget = makeBudget();
  const worlds: World[] = [];
  const put = (id: string, source: ModuleSource, variables: Variables, unit?: Unit): void => {
    const wasLeft = budget.steps > 0;
    const given = unit ? [...variables.files, unit] : variables.files;
    worlds.push(remembered(memory.worlds, id, given, around, budget, (seen) => makeWorld(id, source, variables, seen, budget, unit)));
    // What follows still has its resources, but their values are unknown.
    if (wasLeft && budget.steps <= 0) problems.push(cutOff(source));
  };
  const units = unitsIn(documents, around, budget, memory);
  const runBy = new Map([...units].flatMap(([directory, { module }]) => (module === undefined ? [] : [[directory, module] as const])));
  for (const directory of rootModules(modules, runBy)) {
    const source = modules.get(directory);
    if (!source || runBy.has(directory)) continue;
    for (const variables of environmentsOf(source, variablesFiles, modules))
      put(`terraform:${directory}${variables.name === undefined ? '' : `#${variables.name}`}`, source, variables);
  }
  for (const unit of units.values()) {
    const source = unit.module === undefined ? undefined : modules.get(unit.module);
    if (source) put(`terraform:${unit.directory}`, source, { files: automaticFiles(source, variablesFiles) }, unit);
  }
  return { worlds, problems };
}

/** More than these are not units that people wrote. */
const mostUnits = 500;

/** The Terragrunt units among the documents that run a module of this repository or one elsewhere, by directory. */
function unitsIn(
  documents: ReadonlyMap<string, Document>,
  around: Surroundings,
  budget: Budget,
  memory: WorldMemory,
): ReadonlyMap<string, Unit> {
  const directories = [...documents.keys()].filter((path) => posix.basename(path) === unitFile).map((path) => posix.dirname(path));
  return new Map(
    directories
      .sort()
      .slice(0, mostUnits)
      .map((directory) => [
        directory,
        remembered(memory.units, directory, [], around, budget, ({ files }) => readUnit(directory, files, budget)),
      ]),
  );
}

const isJsonTerraform = (path: string): boolean => path.endsWith('.tf.json') || path.endsWith('.tfvars.json');

function cutOff(source: ModuleSource): ParseError {
  const [first] = [...source.resources.values(), ...source.locals.values(), ...source.outputs.values(), ...source.calls.values()];
  return {
    span: first?.span ?? { file: source.directory, start: 0, end: 0 },
    message: `Evaluating the Terraform in \`${source.directory}\` took too many steps; values from here on are not known.`,
    remedy: 'Look for loops over very large collections.',
  };
}

function makeWorld(
  id: string,
  source: ModuleSource,
  variables: Variables,
  around: Surroundings,
  budget: Budget,
  unit: Unit | undefined,
): World {
  around.modules.get(source.directory);
  const given = inputsOf(variables.files);
  const shared = { budget, files: around.files, rootDirectory: source.directory };
  const root = rootInstance(source, around.modules, shared, (name) => given.get(name) ?? (unit && inputOf(unit, name)));
  const scope = unit?.directory ?? source.directory;
  const environment = variables.environment ?? environmentAround(scope, source, root);
  const resources = resourcesOf(root, { scope, environment });
  return { id, resources, graph: makeGraph(resources) };
}

/** What Terragrunt gives a variable. It does so through the environment, so variables files go before it. */
const inputOf = ({ inputs }: Unit, name: string): Value | undefined =>
  inputs.entries.get(name) ?? (inputs.open ? unknown('Terragrunt may give it a value that is not known', inputs.origins) : undefined);

/** Values of variables files; a later file wins. They are literals: nothing can be referred to in them. */
function inputsOf(files: readonly HclDocument[]): ReadonlyMap<string, Value> {
  const given = new Map<string, Value>();
  const scope = {
    budget: makeBudget(500_000),
    files: noFiles,
    rootDirectory: '.',
    path: '',
    lookup: () => ({ value: unknown('variables files cannot refer to anything', []), used: 0 }),
  };
  for (const file of files) {
    for (const attribute of file.body.attributes)
      given.set(attribute.name, evaluate(attribute.value, { scope, kind: 'tfvars', names: new Map() }));
  }
  return given;
}

/** What the directory says, else a variable or local that names the environment. */
function environmentAround(directory: string, source: ModuleSource, root: ModuleInstance): Environment {
  const byPath = environmentOf(directory);
  if (byPath.stage !== 'unknown') return byPath;
  for (const name of ['environment', 'env', 'stage', 'environment_name', 'env_name']) {
    const value = source.variables.has(name) ? root.variable(name) : undefined;
    if (value?.is !== 'known') continue;
    const named = environmentNamed(String(value.value), `variable \`${name}\``);
    if (named.stage !== 'unknown') return named;
  }
  return noEnvironment;
}
