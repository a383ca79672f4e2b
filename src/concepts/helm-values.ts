import type { Located, Resource, View } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { productOfChart, productOfRepository } from '../facts/ai-products.ts';
import type { AiEvidence } from './ai-workload.ts';
import { parseImage } from './image-name.ts';
import { onceForEachIn } from './remembered.ts';

/** Why a chart's values belong to an AI system: the chart's name, an image, or keys that only AI charts have. */
export const aiValues = onceForEachIn(
  (resource: Resource, world: World): AiEvidence | undefined =>
    chartEvidence(resource, world) ?? imageEvidence(resource.value) ?? keyEvidence(resource.value) ?? pathEvidence(resource),
);

/**
 * The same for one part of the values: its own image or its key first, then the whole chart. In a chart of several products an image elsewhere
 * says nothing about a part with an image of its own: the MinIO beside a notebook is no notebook.
 */
export function aiPart(view: View, world: World): AiEvidence | undefined {
  const own = imageEvidence(view.value, 2);
  if (own) return own;
  const keys = view.path.filter((step) => typeof step === 'string');
  const product = keys.map((key) => productOfChart(key)).findLast((found) => found !== undefined);
  if (product) return { role: product.role, what: product.name, why: `it configures ${product.name}`, product };
  const whole = aiValues(view.of, world);
  if (!whole || keys.length === 0) return whole;
  const elsewhere = chartEvidence(view.of, world) === undefined && imageEvidence(view.of.value, 1) === undefined;
  return elsewhere && (hasImage(view.value) || otherSoftware.test(keys.join('.'))) ? undefined : whole;
}

/** Software that comes with AI charts and has its own log-in or nothing to do with models. */
const otherSoftware =
  /(^|\.)(minio|grafana|prometheus|kube-prometheus-stack|alertmanager|loki|postgresql?|mysql|mariadb|redis|mongodb|kafka|pulsar|etcd|rabbitmq|elasticsearch|ingress-nginx|cert-manager)(\.|$)/i;

/** True for a map that names an image, itself or under `image`. */
function hasImage(value: Value): boolean {
  if (value.is !== 'map') return false;
  const image = value.entries.get('image');
  return image?.is === 'known' || (image?.is === 'map' && image.entries.get('repository')?.is === 'known');
}

function chartEvidence(resource: Resource, world: World): AiEvidence | undefined {
  const chart = chartOf(resource, world);
  const name = chart?.attr('name');
  if (name?.is !== 'known') return undefined;
  const product = productOfChart(String(name.value));
  return product && { role: product.role, what: product.name, why: `the chart installs ${product.name}`, product };
}

/** The `Chart.yaml` beside the values. */
export const chartOf = (resource: Resource, world: World): Resource | undefined =>
  world.resources.find((other) => other.type === 'chart' && other.scope === resource.scope);

/** What the `Chart.yaml` beside the values calls the chart; undefined when there is none. */
export function chartName(resource: Resource, world: World): string | undefined {
  const name = chartOf(resource, world)?.attr('name');
  return name?.is === 'known' && name.value !== '' ? String(name.value) : undefined;
}

/** How a message calls what a part of the values configures: by its nearest key, else by the chart's name, else by the file's. */
export const ownerName = (view: View, world: World): string =>
  view.path.findLast((step) => typeof step === 'string') ?? chartName(view.of, world) ?? fileName(view.of.at.file);

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The first AI product among the images of a value, the shallowest first. */
function imageEvidence(value: Value, deepest = 8): AiEvidence | undefined {
  let level: readonly Value[] = [value];
  for (let depth = 0; depth <= deepest && level.length > 0 && level.length < 5000; depth += 1) {
    for (const item of level) {
      const product = item.is === 'map' ? productIn(item) : undefined;
      if (product) return { role: product.role, what: product.name, why: `it runs ${product.name}`, product };
    }
    level = level.flatMap((item) => (item.is === 'map' ? [...item.entries.values()] : item.is === 'list' ? item.items : []));
  }
  return undefined;
}

function productIn(map: Value & { readonly is: 'map' }) {
  for (const key of ['repository', 'repo', 'image', 'name']) {
    const text = map.entries.get(key);
    if (text?.is !== 'known' || typeof text.value !== 'string' || !text.value.includes('/')) continue;
    const product = productOfRepository(parseImage(text.value).path);
    if (product) return product;
  }
  return undefined;
}

const tellingKeys: ReadonlyMap<string, string> = new Map([
  ['modelSpec', 'a model server'],
  ['servingEngineSpec', 'a model server'],
  ['rayStartParams', 'a Ray cluster'],
  ['ngcAPISecret', 'NVIDIA NIM'],
  ['ollama', 'Ollama'],
  ['vllm', 'vLLM'],
  ['openaiBaseApiUrl', 'an AI application'],
  ['modelId', 'a model server'],
]);

function keyEvidence(value: Value): AiEvidence | undefined {
  if (value.is !== 'map') return undefined;
  for (const [key, item] of value.entries) {
    const what = tellingKeys.get(key);
    if (what) return { role: 'model server', what, why: `its values configure ${what}` };
    if (item.is === 'map')
      for (const inner of item.entries.keys())
        if (/^nvidia\.com\/|^ngcAPI/.test(inner)) return { role: 'model server', what: 'a model server', why: `its values name ${inner}` };
    if (asksForGpu(item)) return { role: 'training', what: 'a GPU workload', why: 'it asks for an accelerator' };
  }
  return undefined;
}

function asksForGpu(value: Value): boolean {
  if (value.is !== 'map') return false;
  for (const kind of ['limits', 'requests']) {
    const wanted = value.entries.get(kind);
    if (
      wanted?.is === 'map' &&
      [...wanted.entries.keys()].some((key) => /^(nvidia\.com|amd\.com\/gpu|google\.com\/tpu|habana\.ai)/.test(key))
    )
      return true;
  }
  return false;
}

function pathEvidence(resource: Resource): AiEvidence | undefined {
  const named = chartInPath(resource.at.file);
  const product = named === undefined ? undefined : productOfChart(named);
  return product && { role: product.role, what: product.name, why: `it stands in the directory of ${product.name}`, product };
}

/** Directories and parts of file names that say how values are kept, not what they install. */
const keeping =
  /^(helm|charts?|values|values-files|helm-?(values|charts|config|files)|values-?files|config|configs|configuration|envs?|environments?|overlays?|base|deploy|deployments?|k8s|kubernetes|manifests|terraform|templates|examples?|dev|development|test|qa|stag(e|ing)|prod|production|default|ci|[a-z]{2}-[a-z]+-\d)$/;

/** The chart that a values file is for, by its own name (`mlflow-values.yaml`), else by the nearest directory that names something. */
function chartInPath(file: string): string | undefined {
  const steps = file.toLowerCase().split('/');
  const stem = (steps.pop() ?? '').replace(/\.ya?ml$/, '');
  const named = /^(.{1,80})[-_.]values([-_.]|$)/.exec(stem)?.[1] ?? (stem.includes('values') || keeping.test(stem) ? undefined : stem);
  if (named !== undefined && productOfChart(named)) return named;
  const directory = steps.findLast((step) => !keeping.test(step));
  // `jupyterhub/fluentbit-values.yaml` is another chart; `jupyterhub/jupyterhub-gpu.yaml` is a variant.
  return named !== undefined && /[-_.]values/.test(stem) && !(directory !== undefined && named.includes(directory)) ? named : directory;
}

/** Every map of the values that is not switched off, at most 5,000, with its path. */
export function* parts(resource: Resource): Generator<View> {
  const waiting: View[] = [...resource.items()];
  for (let taken = 0; taken < 5000; taken += 1) {
    const view = waiting.pop();
    if (!view) return;
    if (view.value.is !== 'map') continue;
    const enabled = view.attr('enabled');
    if (view.path.length > 0 && enabled.is === 'known' && enabled.value === false) continue;
    yield view;
    if (view.path.length > 12) continue;
    for (const [name, value] of view.value.entries) if (value.is === 'map' || value.is === 'list') waiting.push(...view.items(name));
  }
}

/**
 * True for a value of a chart's template that stands in the chart's values file. Concepts that read values files by conventional key look at
 * it there, so in the template it counts as decided elsewhere.
 */
export const isFromValues = (value: Value): boolean =>
  value.origins.some((origin) => origin.what === 'file' && /(^|\/)values[^/]*\.ya?ml$/.test(origin.span.file));

/** A template's value as the template alone knows it. */
export const settled = (value: Located): Located =>
  isFromValues(value)
    ? { is: 'unknown', why: 'decided by the chart’s values', refs: [], origins: value.origins, of: value.of, path: value.path }
    : value;
