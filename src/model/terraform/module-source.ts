import { posix } from 'node:path';
import type { Document } from '../../documents/document.ts';
import type { Attribute, Block, Body } from '../../documents/hcl-tree.ts';

/** What the files of one directory declare, with override files merged in. */
export interface ModuleSource {
  readonly directory: string;
  /** The files that this was read from, by name with the overrides last. */
  readonly documents: readonly HclDocument[];
  readonly variables: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, Attribute>;
  /** By address: `aws_s3_bucket.b`, `data.aws_ami.a`. */
  readonly resources: ReadonlyMap<string, Block>;
  readonly calls: ReadonlyMap<string, Block>;
  readonly outputs: ReadonlyMap<string, Block>;
  readonly providers: readonly Block[];
  readonly settings: readonly Block[];
}

export type HclDocument = Extract<Document, { is: 'hcl' }>;

export const isCode = (path: string): boolean => path.endsWith('.tf') || path.endsWith('.tf.json') || path.endsWith('.tofu');
const isOverride = (path: string): boolean => /(^|\/|_)override\.(tf|tofu)(\.json)?$/.test(path);

/** The modules of a repository by directory (`.` is its root). */
export function readModules(documents: ReadonlyMap<string, Document>): ReadonlyMap<string, ModuleSource> {
  const files = new Map<string, HclDocument[]>();
  for (const [path, document] of documents) {
    if (document.is !== 'hcl' || !isCode(path)) continue;
    const directory = posix.dirname(path);
    const list = files.get(directory);
    if (list) list.push(document);
    else files.set(directory, [document]);
  }
  return new Map(Array.from(files, ([directory, list]) => [directory, readModule(directory, list)]));
}

function readModule(directory: string, documents: readonly HclDocument[]): ModuleSource {
  const inOrder = [...documents].sort((a, b) => Number(isOverride(a.file)) - Number(isOverride(b.file)) || (a.file < b.file ? -1 : 1));
  const module = {
    directory,
    documents: inOrder,
    variables: new Map<string, Block>(),
    locals: new Map<string, Attribute>(),
    resources: new Map<string, Block>(),
    calls: new Map<string, Block>(),
    outputs: new Map<string, Block>(),
    providers: [] as Block[],
    settings: [] as Block[],
  };
  for (const { body, file } of inOrder) {
    const override = isOverride(file);
    for (const block of body.blocks) declare(module, block, override);
  }
  return module;
}

type Draft = {
  -readonly [K in keyof ModuleSource]: ModuleSource[K] extends ReadonlyMap<infer A, infer B>
    ? Map<A, B>
    : ModuleSource[K] extends readonly (infer C)[]
      ? C[]
      : ModuleSource[K];
};

function declare(module: Draft, block: Block, override: boolean): void {
  const [first = '', second = ''] = block.labels;
  switch (block.type) {
    case 'variable':
      return put(module.variables, first, block, override);
    case 'output':
      return put(module.outputs, first, block, override);
    case 'module':
      return put(module.calls, first, block, override);
    case 'resource':
      return put(module.resources, `${first}.${second}`, block, override);
    case 'data':
    case 'ephemeral':
      return put(module.resources, `${block.type}.${first}.${second}`, block, override);
    case 'locals':
      for (const attribute of block.body.attributes)
        if (override || !module.locals.has(attribute.name)) module.locals.set(attribute.name, attribute);
      return;
    case 'provider':
      module.providers.push(block);
      return;
    case 'terraform':
      module.settings.push(block);
      return;
  }
}

function put(map: Map<string, Block>, name: string, block: Block, override: boolean): void {
  const base = map.get(name);
  // A name declared twice is an error of Terraform's; the first one stays.
  if (!base || override) map.set(name, base ? overridden(base, block) : block);
}

/** Attributes of the override replace those of the same name, its blocks all blocks of the same type. */
function overridden(base: Block, over: Block): Block {
  const names = new Set(over.body.attributes.map((a) => a.name));
  const types = new Set(over.body.blocks.map((b) => (b.type === 'dynamic' ? (b.labels[0] ?? '') : b.type)));
  return {
    ...base,
    body: {
      ...base.body,
      attributes: [...base.body.attributes.filter((a) => !names.has(a.name)), ...over.body.attributes],
      blocks: [...base.body.blocks.filter((b) => !types.has(b.type === 'dynamic' ? (b.labels[0] ?? '') : b.type)), ...over.body.blocks],
    },
  };
}

export function attributeOf(body: Body, name: string): Attribute | undefined {
  for (const attribute of body.attributes) if (attribute.name === name) return attribute;
  return undefined;
}

/** The directory that a call's `source` names, when it is a local one. Undefined for registries, git and the like, and outside the repository. */
export function localSource(call: Block, directory: string): string | undefined {
  const source = attributeOf(call.body, 'source')?.value;
  if (source?.is !== 'literal' || typeof source.value !== 'string' || !/^\.\.?(\/|$)/.test(source.value)) return undefined;
  const target = posix.normalize(posix.join(directory, source.value)).replace(/(.)\/$/, '$1');
  return target.startsWith('..') ? undefined : target;
}

/** Directories whose code shows or tests something. */
const shows = /(^|\/)(examples?|tests?|fixtures?|samples?)(\/|$)/i;

/**
 * Directories that no other calls: where Terraform is run. `units` are Terragrunt's, with the module that each runs. One that only examples and tests call is a root too, for those who use it with its
 * own defaults. Of a circle of calls the first directory counts, so that nothing is left out.
 */
export function rootModules(modules: ReadonlyMap<string, ModuleSource>, units: ReadonlyMap<string, string>): readonly string[] {
  const calls = new Map(Array.from(modules, ([directory, module]) => [directory, targetsOf(module, modules)]));
  const called = new Set<string>();
  for (const [directory, targets] of calls)
    for (const target of targets) if (shows.test(target) || !shows.test(directory)) called.add(target);
  for (const [unit, target] of units) if (unit !== target && (shows.test(target) || !shows.test(unit))) called.add(target);
  const directories = [...modules.keys()].sort();
  const roots = directories.filter((directory) => !called.has(directory));
  const reached = new Set<string>();
  const visit = (from: string): void => {
    const queue = [from];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (reached.has(at)) continue;
      reached.add(at);
      queue.push(...(calls.get(at) ?? []));
    }
  };
  roots.forEach(visit);
  for (const target of units.values()) visit(target);
  for (const directory of directories) {
    if (reached.has(directory)) continue;
    roots.push(directory);
    visit(directory);
  }
  return roots.sort();
}

/** The other modules of the repository that a module calls. */
function targetsOf(module: ModuleSource, modules: ReadonlyMap<string, ModuleSource>): readonly string[] {
  return Array.from(module.calls.values(), (call) => localSource(call, module.directory)).filter(
    (target) => target !== undefined && target !== module.directory && modules.has(target),
  ) as string[];
}
