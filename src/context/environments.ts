import { posix } from 'node:path';
import { withoutEnvironment } from '../facts/environment-words.ts';
import { isConfiguration, isTerraformCode, isTerraformVariables } from './configuration.ts';
import { filesIn, type Repository } from './tree.ts';

/** Files of other environments that one review reads. */
const mostFiles = 60;

/**
 * The same files in the other environments: for `overlays/prod/kustomization.yaml` those in `overlays/staging` and so on, for Terraform code
 * the whole directory, since one file of a module means little.
 */
export function environmentContext(paths: readonly string[], repository: Repository): string[] {
  const named = new Set(paths.map(withoutEnvironment).filter((name) => name.includes('*')));
  if (named.size === 0) return [];
  const found = new Set<string>();
  for (const [directory, files] of repository.directories) {
    if (found.size >= mostFiles) break;
    const twins = files.filter((file) => isConfiguration(file) && named.has(withoutEnvironment(file)));
    if (twins.length === 0) continue;
    const module = twins.some((file) => isTerraformCode(file) && withoutEnvironment(posix.dirname(file)).includes('*'));
    const whole = module ? filesIn(repository, directory).filter((file) => isTerraformCode(file) || isTerraformVariables(file)) : [];
    for (const file of [...twins, ...whole]) found.add(file);
  }
  return [...found].slice(0, mostFiles);
}
