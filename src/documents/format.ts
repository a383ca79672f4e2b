import { posix } from 'node:path';
import { areChartValues } from '../facts/helm-defaults.ts';
import { child, type Node } from './node.ts';

/** What a root of a data document is. `none`: YAML or JSON that is not configuration we review. */
export type DataFormat = 'kubernetes' | 'cloudformation' | 'definition' | 'workflow' | 'chart' | 'helm-values' | 'kustomize' | 'none';

/**
 * Tells by content what a root is. The file's name has a say only for Helm values, which are free in form, and for a GitLab pipeline, whose
 * name is fixed. `besideChart`: a Chart.yaml stands in the file's directory.
 */
export function formatOf(root: Node, file: string, besideChart = false): DataFormat {
  if (root.is !== 'map') return 'none';
  if (isKustomization(root, file)) return 'kustomize';
  if (isManifest(root)) return 'kubernetes';
  if (isCloudFormation(root)) return 'cloudformation';
  if (isDefinition(root)) return 'definition';
  if (isChart(root, file)) return 'chart';
  if (isWorkflow(root, file)) return 'workflow';
  return isValues(root, file, besideChart) ? 'helm-values' : 'none';
}

/** The text at a key, or undefined. */
export function textAt(node: Node | undefined, key: string): string | undefined {
  const value = child(node, key);
  return value?.is === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

const isKustomization = (root: Node, file: string): boolean => {
  const version = textAt(root, 'apiVersion');
  if (version !== undefined) return version.startsWith('kustomize.config.k8s.io/');
  return (
    /(^|\/)kustomization\.ya?ml$/.test(file) &&
    ['resources', 'bases', 'patches', 'images', 'namespace', 'components'].some((key) => child(root, key))
  );
};

/** Files of tools that borrow Kubernetes' form but never reach a cluster's API. */
const localTools =
  /^(?:kind\.x-k8s\.io|k3d\.io|skaffold\/|ctlptl\.dev|kubeadm\.k8s\.io|kubelet\.config\.k8s\.io|minikube|tilt\.dev|client\.authentication|dashboard\.grafana|helm\.sh)/;

function isManifest(root: Node): boolean {
  const version = textAt(root, 'apiVersion');
  const kind = child(root, 'kind');
  if (version === undefined || kind?.is !== 'scalar' || typeof kind.value !== 'string') return false;
  if (kind.value === 'Config' && child(root, 'clusters')) return false; // a kubeconfig
  return !localTools.test(version) && /^[A-Za-z][A-Za-z0-9]*$/.test(kind.value);
}

function isCloudFormation(root: Node): boolean {
  if (child(root, 'AWSTemplateFormatVersion')) return true;
  const resources = child(root, 'Resources');
  if (resources?.is !== 'map') return false;
  return resources.entries.some(({ value }) => /^(?:AWS|Alexa|Custom)::/.test(textAt(value, 'Type') ?? ''));
}

const isDefinition = (root: Node): boolean =>
  (['model_endpoint', 'training_cluster'] as const).some((key) => {
    const value = child(root, key);
    return value?.is === 'map' || value?.is === 'list';
  });

const isChart = (root: Node, file: string): boolean =>
  /^v[12]$/.test(textAt(root, 'apiVersion') ?? '') &&
  child(root, 'name') !== undefined &&
  child(root, 'version') !== undefined &&
  posix.basename(file).startsWith('Chart');

function isWorkflow(root: Node, file: string): boolean {
  const jobs = child(root, 'jobs');
  if (jobs?.is === 'map' && jobs.entries.some(({ value }) => child(value, 'runs-on') ?? child(value, 'uses') ?? child(value, 'steps')))
    return child(root, 'on') !== undefined;
  if (child(child(root, 'runs'), 'steps')) return child(child(root, 'runs'), 'using') !== undefined;
  return /(^|\/)\.gitlab-ci\.ya?ml$/.test(file) && root.is === 'map' && root.entries.some(({ value }) => child(value, 'script'));
}

/** Keys that charts give the same meaning by convention; three of them make a map a values file, whatever it is called. */
const conventional: readonly string[] = [
  'affinity', 'autoscaling', 'extraEnv', 'fullnameOverride', 'image', 'imagePullSecrets', 'ingress', 'livenessProbe', 'nameOverride', 'nodeSelector',
  'persistence', 'podAnnotations', 'podSecurityContext', 'readinessProbe', 'replicaCount', 'resources', 'securityContext', 'service',
  'serviceAccount', 'tolerations',
]; // prettier-ignore

function isValues(root: Node, file: string, besideChart: boolean): boolean {
  if (root.is !== 'map' || root.entries.length === 0) return false;
  const name = posix.basename(file);
  if (!/\.ya?ml(?:\.[a-z0-9]+)?$|\.(?:tpl|tftpl)$/.test(name) || name.includes('.schema.')) return false;
  if (/values/i.test(name) || areChartValues(root.entries.map(({ key }) => key))) return true;
  if (child(root, 'services') || child(root, 'openapi') || child(root, 'suite')) return false;
  const count = conventionalKeys(root);
  const mayBe = besideChart || posix.basename(posix.dirname(file)) === 'values';
  return count >= 3 || (mayBe && count >= 1) || root.entries.some(({ value }) => isSubchart(value));
}

const conventionalKeys = (node: Node): number => conventional.filter((key) => child(node, key)).length;

/** Values of a chart's dependency stand under its name, with an image as charts write it. */
const isSubchart = (node: Node): boolean => child(child(node, 'image'), 'repository') !== undefined && conventionalKeys(node) >= 2;
