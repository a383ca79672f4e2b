import { posix } from 'node:path';
import { parseHcl } from '../../documents/hcl.ts';
import type { Attribute, Block, Body } from '../../documents/hcl-tree.ts';
import { known, unknown, type Dict, type Origin, type Value } from '../value.ts';
import { maxText, type Budget } from './budget.ts';
import { scalarText } from './convert.ts';
import { evaluate } from './evaluate.ts';
import type { Files } from './files.ts';
import type { TerraformFunction } from './functions/define.ts';
import { makeDict, unknownFrom } from './origins.ts';
import type { Context, Scope, Step } from './scope.ts';

/** A directory that Terragrunt runs: with which module, and what the module is given. */
export interface Unit {
  readonly directory: string;
  /** The module's directory in this repository; undefined for one that is elsewhere or not known. */
  readonly module: string | undefined;
  /** The inputs that are known; `open` when the others may be given a value too. */
  readonly inputs: Dict;
}

export const unitFile = 'terragrunt.hcl';

/** What one Terragrunt file says, together with what it includes. */
interface Config {
  readonly locals: Value;
  readonly inputs: Value;
  /** As it is written, seen from the unit's directory. */
  readonly source: Value | undefined;
  /** Terraform gets arguments that we do not follow: any variable may have another value. */
  readonly overridden: boolean;
}

/** Where files are read from: for the unit, even in the files that it includes. */
interface Reading {
  readonly unit: string;
  readonly files: Files;
  readonly budget: Budget;
  readonly depth: number;
}

const maxDepth = 8;
const empty: Dict = { is: 'map', entries: new Map(), origins: [] };

/** Reads the unit of a directory. What is not written plainly in the repository is unknown; nothing is run. Never throws. */
export function readUnit(directory: string, files: Files, budget: Budget): Unit {
  const config = readConfig(posix.join(directory, unitFile), { unit: directory, files, budget, depth: 0 });
  if (!config) return { directory, module: undefined, inputs: { ...empty, open: true } };
  const { inputs, source, overridden } = config;
  const given: Dict = inputs.is === 'map' && !overridden ? inputs : { ...empty, open: true };
  return { directory, module: source ? moduleOf(source, directory) : directory, inputs: given };
}

/** `../modules/store`, `../../modules//store`: a directory of this repository. */
function moduleOf(source: Value, unit: string): string | undefined {
  if (source.is !== 'known') return undefined;
  const text = scalarText(source.value).replace(/\/\/+/g, '/');
  if (!/^\.\.?(\/|$)/.test(text)) return undefined;
  return inside(posix.join(unit, text));
}

function inside(path: string): string | undefined {
  const normal = posix.normalize(path).replace(/(.)\/$/, '$1');
  return normal === '..' || normal.startsWith('../') ? undefined : normal;
}

function readConfig(path: string, reading: Reading): Config | undefined {
  const text = reading.files.get(path)?.text;
  if (text === undefined || text.length > maxText || reading.depth > maxDepth) return undefined;
  const document = parseHcl(path, text);
  if (document.is !== 'hcl') return undefined;
  const { body } = document;
  const includes = new Map<string, Included>();
  const scope = scopeOf(body, path, reading, includes);
  const context = (kind: Context['kind']): Context => ({ scope, kind, names: new Map() });
  for (const block of body.blocks)
    if (block.type === 'include') includes.set(block.labels[0] ?? '', include(block, context('attribute'), reading));
  const own = valueOf(body, 'inputs', context('tfvars')) ?? empty;
  const terraform = body.blocks.find((block) => block.type === 'terraform');
  const parents = [...includes.values()].filter(({ merge }) => merge !== 'no_merge');
  const inherited = parents.map(({ config }) => config?.source).find((source) => source !== undefined);
  return {
    locals: allLocals(body, scope),
    inputs: parents.reduceRight((inputs, parent) => merged(parent, inputs), own),
    source: (terraform && valueOf(terraform.body, 'source', context('attribute'))) ?? inherited,
    overridden: passesArguments(terraform) || parents.some(({ config }) => !config || config.overridden),
  };
}

interface Included {
  /** Undefined for a file that is not known or was not read. */
  readonly config: Config | undefined;
  readonly merge: string;
}

function include(block: Block, context: Context, reading: Reading): Included {
  const path = valueOf(block.body, 'path', context);
  const strategy = valueOf(block.body, 'merge_strategy', context);
  const merge = strategy?.is === 'known' ? scalarText(strategy.value) : strategy ? 'unknown' : 'shallow';
  const file = path?.is === 'known' ? inside(posix.join(reading.unit, scalarText(path.value))) : undefined;
  return { config: file === undefined ? undefined : readConfig(file, { ...reading, depth: reading.depth + 1 }), merge };
}

/** The inputs of an included file under those of the file that includes it. */
function merged({ config, merge }: Included, over: Value): Value {
  const under = config?.inputs;
  if (under?.is !== 'map' || over.is !== 'map') return unknown('part of the inputs is not known', over.origins);
  const entries = new Map(under.entries);
  for (const [key, value] of over.entries) {
    const below = entries.get(key);
    const joins = merge !== 'shallow' && below && value.is !== 'known';
    entries.set(key, joins ? unknown('two files are merged here', [...value.origins, ...below.origins]) : value);
  }
  return makeDict(entries, [...over.origins, ...under.origins], under.open === true || over.open === true ? { open: true } : {});
}

/** `extra_arguments` can bring variables files, `-var` and the environment. */
const passesArguments = (terraform: Block | undefined): boolean =>
  terraform?.body.blocks.some(
    (block) =>
      block.type === 'extra_arguments' &&
      block.body.attributes.some(({ name }) => ['arguments', 'required_var_files', 'optional_var_files', 'env_vars'].includes(name)),
  ) ?? false;

const valueOf = (body: Body, name: string, context: Context): Value | undefined => {
  const attribute = body.attributes.find((one) => one.name === name);
  return attribute && evaluate(attribute.value, context);
};

const localsOf = (body: Body): ReadonlyMap<string, Attribute> =>
  new Map(body.blocks.filter((block) => block.type === 'locals').flatMap((block) => block.body.attributes.map((one) => [one.name, one])));

const allLocals = (body: Body, scope: Scope): Value =>
  makeDict(
    new Map(Array.from(localsOf(body), ([name, { value }]) => [name, evaluate(value, { scope, kind: 'local', names: new Map() })])),
    [],
  );

function scopeOf(body: Body, path: string, reading: Reading, includes: ReadonlyMap<string, Included>): Scope {
  const locals = localsOf(body);
  const made = new Map<string, Value | 'busy'>();
  const local = (name: string): Value => {
    const before = made.get(name);
    if (before === 'busy') return unknown(`\`${name}\` refers to itself`, []);
    if (before) return before;
    const attribute = locals.get(name);
    made.set(name, 'busy');
    const value = attribute
      ? evaluate(attribute.value, { scope, kind: 'local', names: new Map() })
      : unknown(`there is no local \`${name}\``, []);
    made.set(name, value);
    return value;
  };
  const lookup = (name: string, steps: readonly Step[]): { readonly value: Value; readonly used: number } => {
    const [first] = steps;
    const word = first?.is === 'attribute' ? first.name : undefined;
    if (name === 'local' && word !== undefined) return { value: local(word), used: 1 };
    const included = name === 'include' && word !== undefined ? includes.get(word)?.config : undefined;
    if (included) return { value: asValue(included), used: 1 };
    return { value: unknown(`\`${name}\` is only known when Terragrunt runs`, []), used: steps.length };
  };
  const scope: Scope = {
    budget: reading.budget,
    files: reading.files,
    rootDirectory: reading.unit,
    path: '',
    functions: functionsOf(path, reading),
    lookup,
  };
  return scope;
}

const asValue = ({ locals, inputs }: Config): Value =>
  makeDict(
    new Map([
      ['locals', locals],
      ['inputs', inputs],
    ]),
    [],
    { open: true },
  );

/** Terragrunt's functions that can be decided from the source. All paths that they give are relative to the unit's directory. */
function functionsOf(path: string, reading: Reading): ReadonlyMap<string, TerraformFunction> {
  const { unit, files } = reading;
  const here = posix.dirname(path);
  const relative = (from: string, to: string): string => posix.relative(from, to) || '.';
  const text =
    (value: string): TerraformFunction =>
    (_, call) =>
      known(value, [call.origin]);
  const inParents: TerraformFunction = ([name], call) => {
    const wanted = name ?? known(unitFile, []);
    const found = wanted.is === 'known' ? findAbove(unit, scalarText(wanted.value), files) : undefined;
    return found === undefined ? unknownFrom('this file was not read', call.origin, wanted) : known(relative(unit, found), [call.origin]);
  };
  const config: TerraformFunction = ([file], call) => {
    const target = file?.is === 'known' ? inside(posix.join(unit, scalarText(file.value))) : undefined;
    const read = target === undefined ? undefined : readConfig(target, { ...reading, depth: reading.depth + 1 });
    const origin: Origin = call.origin;
    return read ? asValue(read) : unknownFrom('this file was not read', origin, ...(file ? [file] : []));
  };
  return new Map([
    ['get_terragrunt_dir', text('.')],
    ['get_original_terragrunt_dir', text('.')],
    ['get_parent_terragrunt_dir', text(relative(unit, here))],
    ['get_repo_root', text(relative(unit, '.'))],
    ['get_path_to_repo_root', text(relative(unit, '.'))],
    ['get_path_from_repo_root', text(unit)],
    ['path_relative_to_include', text(relative(here, unit))],
    ['path_relative_from_include', text(relative(unit, here))],
    ['find_in_parent_folders', inParents],
    ['read_terragrunt_config', config],
  ]);
}

/** The nearest file of a name above a directory, as a path of the repository. */
function findAbove(directory: string, name: string, files: Files): string | undefined {
  for (let at = directory; at !== '.';) {
    at = posix.dirname(at);
    const path = inside(posix.join(at, name));
    if (path !== undefined && files.get(path)) return path;
  }
  return undefined;
}
