import { posix } from 'node:path';
import type { DataDocument } from '../documents/data.ts';
import type { Document, ParseError } from '../documents/document.ts';
import { formatOf, type DataFormat } from '../documents/format.ts';
import { entry, type Entry, type Node } from '../documents/node.ts';
import { cloudFormationResources } from './cloudformation/resources.ts';
import { definitionResources } from './definition.ts';
import { makeDataMemory, rememberedResources, rememberedValue, rememberedWorld, type DataMemory } from './data-memory.ts';
import { environmentOf } from './environment.ts';
import { makeGraph } from './graph.ts';
import { chartOf, chartsOf, type Chart } from './helm/chart.ts';
import { branchesOff } from './helm/template-branches.ts';
import { templatedValue } from './helm/template-values.ts';
import { kustomize } from './kubernetes/kustomize.ts';
import { withReferences } from './kubernetes/references.ts';
import { releasesOf } from './kubernetes/releases.ts';
import { kubernetesResources } from './kubernetes/resources.ts';
import { nodeValue, originsOf } from './node-value.ts';
import { makeResource, type Environment, type Resource } from './resource.ts';
import { unknown, type Dict, type Value } from './value.ts';
import type { Format, World } from './world.ts';

export interface DataWorlds {
  readonly worlds: readonly World[];
  readonly problems: readonly ParseError[];
  readonly read: ReadonlyMap<string, Format>;
}

/** One root with all that decides which world it is of. */
interface Root {
  readonly document: DataDocument;
  readonly root: Node;
  readonly index: number;
  readonly format: DataFormat;
  readonly chart: Chart | undefined;
}

/**
 * The worlds of the data documents of a snapshot, grouped as `World.id` says. `elsewhere`: files of manifests and values that are read by
 * something else, and are seen there. `memory` gives again what an earlier snapshot of the same review gave of the same documents.
 */
export function dataWorlds(
  documents: ReadonlyMap<string, Document>,
  elsewhere: ReadonlySet<string> = new Set(),
  memory: DataMemory = makeDataMemory(),
): DataWorlds {
  const data = [...documents.values()].filter((document) => document.is === 'data');
  const charts = chartsOf(data);
  const worlds = new Map<string, Resource[]>();
  const kustomizations = new Map<string, Dict>();
  const manifests = new Map<string, Resource[]>();
  const problems: ParseError[] = [];
  const read = new Map<string, Format>();
  for (const document of data) {
    const chart = chartOf(charts, document.file);
    const beside = chart?.directory === posix.dirname(document.file);
    const roots = document.roots.map((root, index): Root => ({
      document,
      root,
      index,
      chart,
      format: formatOf(root, document.file, beside),
    }));
    for (const root of roots) {
      const format = modelFormat(root);
      if (!format) continue;
      if (!read.has(document.file)) read.set(document.file, format);
      const value = format === 'kustomize' ? nodeValue(root.root) : undefined;
      if (value?.is === 'map') kustomizations.set(posix.dirname(document.file), value);
      const id = worldId(root, format);
      if (id === undefined || (elsewhere.has(document.file) && filledInElsewhere.has(format))) continue;
      const world = worlds.get(id) ?? [];
      worlds.set(id, world);
      const resources = rememberedResources(memory, root.root, format, chart, () => resourcesOf(root, format));
      world.push(...resources);
      if (format === 'kubernetes') manifests.set(document.file, [...(manifests.get(document.file) ?? []), ...resources]);
    }
    if (read.has(document.file) || looksOurs(document)) problems.push(...document.errors);
  }
  const { overlays, patches, loose } = kustomize({
    kustomizations,
    resources: (file) => manifests.get(file) ?? [],
    documents: (file) => documentsOf(documents.get(file), memory),
  });
  const plain = worlds.get('kubernetes');
  if (plain && patches.size > 0) worlds.set('kubernetes', [...plain.filter(({ span }) => !patches.has(span.file)), ...loose]);
  for (const [directory, resources] of overlays) worlds.set(`kustomize:${directory}`, [...resources]);
  return {
    worlds: [...worlds].map(([id, resources]) => rememberedWorld(memory, id, resources, () => makeWorld(id, resources))),
    problems,
    read,
  };
}

/** What Terraform may fill in and carry: there it is known in full. */
const filledInElsewhere: ReadonlySet<Format> = new Set(['kubernetes', 'helm-values', 'helm-template']);

const documentsOf = (document: Document | undefined, memory: DataMemory): readonly Value[] =>
  document?.is === 'data'
    ? document.roots.map((root) =>
        rememberedValue(memory, root, () => nodeValue(root, { templated: document.templated, special: filledIn })),
      )
    : [];

function makeWorld(id: string, own: readonly Resource[]): World {
  const linked = /^(?:kubernetes$|kustomize:|helm-templates:)/.test(id) ? withReferences(own) : own;
  const resources = [...linked, ...linked.flatMap(releasesOf)];
  return { id, resources, graph: makeGraph(resources) };
}

function modelFormat({ format, document, chart }: Root): Format | undefined {
  if (format === 'none') return undefined;
  if (format !== 'kubernetes') return format;
  const inChart = chart !== undefined && posix.relative(chart.directory, document.file).startsWith('templates/');
  return inChart || document.templated ? 'helm-template' : 'kubernetes';
}

/** The world that a root's resources are in; undefined for what is read but has none. */
function worldId({ document: { file }, chart }: Root, format: Format): string | undefined {
  switch (format) {
    case 'kubernetes':
      return 'kubernetes';
    case 'helm-template':
      return `helm-templates:${chart?.directory ?? posix.dirname(file)}`;
    case 'chart':
    case 'helm-values':
      return `helm:${chart?.directory ?? file}`;
    case 'cloudformation':
    case 'definition':
    case 'workflow':
      return `${format}:${file}`;
    case 'kustomize':
    case 'terraform':
      return undefined;
  }
}

function resourcesOf({ document: { file, templated, text }, root, index, chart }: Root, format: Format): readonly Resource[] {
  const environment = environmentOf(file);
  switch (format) {
    case 'kubernetes':
      return kubernetesResources({ file, root, index }, environment, { templated, special: filledIn });
    case 'helm-template': {
      const off = branchesOff(text, root, templated ? chart : undefined);
      return kubernetesResources({ file, root, index }, environment, {
        templated,
        special: (node) => off(node) ?? templatedValue(node, chart) ?? filledIn(node),
      });
    }
    case 'cloudformation':
      return cloudFormationResources(file, root, environment);
    case 'definition':
      return definitionResources(file, root, environment);
    case 'chart':
    case 'helm-values':
      return wholeFile(file, root, chart?.directory ?? file, format === 'chart' ? 'chart' : 'values', environment, templated);
    case 'workflow':
      return wholeFile(file, root, file, 'workflow', environment, templated);
    case 'kustomize':
    case 'terraform':
      return [];
  }
}

/** A file that is one resource: values, a chart's definition, a workflow. */
function wholeFile(
  file: string,
  root: Node,
  scope: string,
  type: 'values' | 'chart' | 'workflow',
  environment: Environment,
  templated: boolean,
): readonly Resource[] {
  const value = nodeValue(root, type === 'workflow' ? { templated } : { templated, special: filledIn });
  if (value.is !== 'map' || root.is !== 'map') return [];
  const header: Entry | undefined = type === 'chart' ? entry(root, 'name') : root.entries[0];
  const address = scope === file ? posix.basename(file) : posix.relative(scope, file);
  const dialect = type === 'workflow' ? 'workflow' : 'helm-values';
  return [
    makeResource({
      dialect,
      type,
      address,
      name: posix.basename(file),
      scope,
      environment,
      at: header?.keySpan ?? root.span,
      span: root.span,
      value,
    }),
  ];
}

/** `${NAME}` in a manifest or in values is filled in before it is used (envsubst, Terraform's templatefile, Flux): not known. Scripts of several lines are left alone. */
function filledIn(node: Node): Value | undefined {
  if (
    node.is !== 'scalar' ||
    typeof node.value !== 'string' ||
    !/\$\{[A-Za-z_][A-Za-z0-9_.:-]*\}/.test(node.value) ||
    node.value.includes('\n')
  )
    return undefined;
  return unknown('filled in by another tool', originsOf(node));
}

/** Whether a file that could not be read was meant to be configuration: only then are its errors anybody's concern. */
function looksOurs({ file, text }: DataDocument): boolean {
  if (/(^|\/)(?:[^/]*values[^/]*|Chart|kustomization)\.ya?ml$/.test(file) || /(^|\/)\.github\/workflows\//.test(file)) return true;
  if (/\.(?:tf|tfvars)\.json$/.test(file)) return true;
  if (/^kind: CustomResourceDefinition\s*$/m.test(text)) return false;
  return (
    /^["' ]{0,8}(?:AWSTemplateFormatVersion|model_endpoint|training_cluster)["']?\s{0,4}:/m.test(text) ||
    /^apiVersion:\s/m.test(text) ||
    /Type["']?\s{0,4}:\s{0,4}["']?AWS::/.test(text)
  );
}
