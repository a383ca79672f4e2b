import { posix } from 'node:path';
import type { Snapshot } from '../documents/snapshot.ts';
import { isYaml } from './configuration.ts';
import { ancestors, filesIn, resolveIn } from './tree.ts';
import type { Repository } from './tree.ts';

/** A directory of more manifests than this is a collection of unrelated things; only the nearest by name are read. */
const besideLimit = 100;
/** How many kustomizations are followed from the changed files. */
const kustomizationLimit = 40;
/** How many lines of one are looked at. */
const lineLimit = 2000;

/**
 * What stands beside changed Kubernetes manifests: the other manifests of the directory, the kustomization there with all that it lists,
 * and the overlays near it that build on it.
 */
export function kubernetesContext(paths: readonly string[], repository: Repository, known: Snapshot): string[] {
  const wanted = new Set<string>();
  const directories = new Set(paths.filter((path) => isManifest(path, repository, known)).map((path) => posix.dirname(path)));
  if (directories.size === 0) return [];
  const kustomizations = [...repository.directories.values()].flat().filter(isKustomization);
  for (const directory of directories) {
    for (const file of filesIn(repository, directory).filter(isYaml).slice(0, besideLimit)) wanted.add(file);
    for (const file of overlaysNear(directory, kustomizations)) wanted.add(file);
  }
  const queue = [...wanted].filter(isKustomization);
  for (let at = 0; at < queue.length && at < kustomizationLimit; at++) {
    const file = queue[at];
    if (file === undefined) break;
    for (const listed of listedBy(file, repository, known)) {
      if (wanted.has(listed)) continue;
      wanted.add(listed);
      if (isKustomization(listed)) queue.push(listed);
    }
  }
  return [...wanted];
}

const isKustomization = (path: string): boolean => ['kustomization.yaml', 'kustomization.yml'].includes(posix.basename(path));

/** A manifest names its kind at the start of a line. A file in a chart is the chart's business. */
function isManifest(path: string, repository: Repository, known: Snapshot): boolean {
  if (!isYaml(path)) return false;
  if (isKustomization(path)) return true;
  const text = known.get(path)?.text;
  if (text === undefined || !/^kind:/m.test(text) || !/^apiVersion:/m.test(text)) return false;
  return !ancestors(posix.dirname(path)).some((at) => repository.tree.has(posix.join(at, 'Chart.yaml')));
}

/** Kustomizations in the directories beside and one below them: `base` with `overlays/prod`, or `app` with `prod`. */
function overlaysNear(directory: string, kustomizations: readonly string[]): string[] {
  const parent = posix.dirname(directory);
  const near = kustomizations.filter((file) => {
    const at = posix.dirname(file);
    const outer = posix.dirname(at);
    return at === directory || at === parent || outer === parent || outer === directory || posix.dirname(outer) === parent;
  });
  return near.slice(0, kustomizationLimit);
}

/** The files that a kustomization names in its lists, and the kustomizations of the directories that it names. */
function listedBy(kustomization: string, repository: Repository, known: Snapshot): string[] {
  const text = known.get(kustomization)?.text ?? '';
  const directory = posix.dirname(kustomization);
  const found: string[] = [];
  for (const line of text.split('\n', lineLimit)) {
    const path = resolveIn(directory, entryOf(line));
    if (path === undefined) continue;
    if (repository.tree.has(path) && isYaml(path)) found.push(path);
    found.push(...filesIn(repository, path).filter(isKustomization));
  }
  return found;
}

/** What a line of a YAML list names: `- ../base`, `- path: "patch.yaml"`. Other lines give text that names no file. */
const entryOf = (line: string): string =>
  line
    .trim()
    .replace(/^- /, '')
    .trimStart()
    .replace(/^path:/, '')
    .trim()
    .replace(/^["']|["']$/g, '');
