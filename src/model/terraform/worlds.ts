import type { Document, ParseError } from '../../documents/document.ts';
import { hclOfJson } from '../../documents/hcl-json.ts';
import type { Snapshot } from '../../documents/snapshot.ts';
import { environmentNamed, environmentOf, noEnvironment } from '../environment.ts';
import { makeGraph } from '../graph.ts';
import type { Environment } from '../resource.ts';
import { unknown, type Value } from '../value.ts';
import type { World } from '../world.ts';
import { makeBudget, type Budget } from './budget.ts';
import { evaluate } from './evaluate.ts';
import { rootInstance, type ModuleInstance } from './module-instance.ts';
import { readModules, rootModules, type ModuleSource } from './module-source.ts';
import { resourcesOf } from './resources.ts';
import { environmentsOf, type Variables } from './variables-files.ts';

type HclDocument = Extract<Document, { is: 'hcl' }>;

/** The worlds of every root module among the documents: one for each environment that has its own variables, else one. Never throws. */
export function terraformWorlds(documents: ReadonlyMap<string, Document>, snapshot: Snapshot): readonly World[] {
  return readTerraform(documents, snapshot).worlds;
}

/** The same, with what a reader must know: where evaluation was cut off. */
export function readTerraform(
  documents: ReadonlyMap<string, Document>,
  snapshot: Snapshot,
): { readonly worlds: readonly World[]; readonly problems: readonly ParseError[] } {
  const all = new Map(
    Array.from(documents, ([path, document]) => [path, document.is === 'data' && isJsonTerraform(path) ? hclOfJson(document) : document]),
  );
  const modules = readModules(all);
  const budget = makeBudget();
  const worlds: World[] = [];
  const problems: ParseError[] = [];
  for (const directory of rootModules(modules)) {
    const source = modules.get(directory);
    if (!source) continue;
    for (const variables of environmentsOf(source, all, modules)) {
      worlds.push(makeWorld(source, modules, variables, snapshot, budget));
      // What follows still has its resources, but their values are unknown.
      if (budget.steps <= 0 && problems.length === 0) problems.push(cutOff(source));
    }
  }
  return { worlds, problems };
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
  source: ModuleSource,
  modules: ReadonlyMap<string, ModuleSource>,
  variables: Variables,
  snapshot: Snapshot,
  budget: Budget,
): World {
  const given = inputsOf(variables.files);
  const root = rootInstance(source, modules, { budget, files: snapshot, rootDirectory: source.directory }, (name) => given.get(name));
  const environment = variables.environment ?? environmentAround(source, root);
  const resources = resourcesOf(root, { scope: source.directory, environment });
  const id = `terraform:${source.directory}${variables.name === undefined ? '' : `#${variables.name}`}`;
  return { id, resources, graph: makeGraph(resources) };
}

/** Values of variables files; a later file wins. They are literals: nothing can be referred to in them. */
function inputsOf(files: readonly HclDocument[]): ReadonlyMap<string, Value> {
  const given = new Map<string, Value>();
  const scope = {
    budget: makeBudget(500_000),
    files: new Map(),
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
function environmentAround(source: ModuleSource, root: ModuleInstance): Environment {
  const byPath = environmentOf(source.directory);
  if (byPath.stage !== 'unknown') return byPath;
  for (const name of ['environment', 'env', 'stage', 'environment_name', 'env_name']) {
    const value = source.variables.has(name) ? root.variable(name) : undefined;
    if (value?.is !== 'known') continue;
    const named = environmentNamed(String(value.value), `variable \`${name}\``);
    if (named.stage !== 'unknown') return named;
  }
  return noEnvironment;
}
