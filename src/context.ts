import type { ChangedFile } from './change.ts';
import { cloudFormationContext } from './context/cloudformation.ts';
import { environmentContext } from './context/environments.ts';
import { helmContext } from './context/helm.ts';
import { isConfiguration } from './context/configuration.ts';
import { kubernetesContext } from './context/kubernetes.ts';
import { terraformContext } from './context/terraform.ts';
import { indexTree } from './context/tree.ts';
import type { Tree } from './context/tree.ts';
import type { Snapshot } from './documents/snapshot.ts';

export type { Tree, TreeEntry } from './context/tree.ts';
export { isConfiguration } from './context/configuration.ts';

/** Where a repository keeps Plumbline's settings. */
export const settingsPath = '.github/plumbline.yml';

/** Where an organisation keeps the settings that its repositories build on: this file of this repository. */
export const organisationSettings = { repository: '.github', path: 'plumbline.yml' } as const;

/** What one commit is asked for: `belongs` is part of the review, `probes` are only read to find out who calls a changed module. */
interface Plan {
  readonly belongs: ReadonlySet<string>;
  readonly probes: ReadonlySet<string>;
}

/**
 * The files of one commit that a review of `changed` should read next: all that `tree` and the texts in `known` show to be needed and
 * that `known` does not hold yet, the changed files first. Read them, add them to `known` and ask again: the answer is empty when
 * nothing more is needed (module calls are found in the texts, so it takes a few rounds; five are enough).
 */
export function wantedFiles(changed: readonly ChangedFile[], tree: Tree, known: Snapshot): string[] {
  const { belongs, probes } = plan(changed, tree, known);
  return [...belongs, ...probes].filter((path) => !known.has(path));
}

/** Of the files that were read, those that are part of the review; the rest were read only to look for callers and found to be none. */
export function relevantFiles(changed: readonly ChangedFile[], tree: Tree, known: Snapshot): ReadonlySet<string> {
  return plan(changed, tree, known).belongs;
}

function plan(changed: readonly ChangedFile[], tree: Tree, known: Snapshot): Plan {
  const paths = changedConfiguration(changed);
  const belongs = new Set<string>(paths.filter((path) => tree.has(path)));
  const probes = new Set<string>();
  if (paths.length === 0) return { belongs, probes };
  if (tree.has(settingsPath)) belongs.add(settingsPath);
  const repository = indexTree(tree);
  for (const path of environmentContext(paths, repository)) belongs.add(path);
  for (const path of helmContext(paths, repository)) belongs.add(path);
  for (const path of kubernetesContext(paths, repository, known)) belongs.add(path);
  for (const path of cloudFormationContext(paths, repository, known)) belongs.add(path);
  const terraform = terraformContext(paths, repository, known);
  for (const path of terraform.belongs) belongs.add(path);
  for (const path of terraform.probes) if (!belongs.has(path)) probes.add(path);
  return { belongs, probes };
}

/** The changed paths that may be configuration, old names of renamed files included. */
function changedConfiguration(changed: readonly ChangedFile[]): string[] {
  const paths = changed.flatMap((file) => (file.previousPath === undefined ? [file.path] : [file.path, file.previousPath]));
  return [...new Set(paths)].filter(isConfiguration);
}
