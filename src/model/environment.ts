import { environmentWords as words } from '../facts/environment-words.ts';
import type { Environment, Stage } from './resource.ts';

/** The stage that one name speaks of: `prod-eu`, `acme_staging`, `pre-prod`. The last word that says something counts. */
export function stageOf(name: string): Stage {
  const lower = name.toLowerCase();
  if (/(^|[^a-z])(pre|non)[-_.]?(prod|prd)/.test(lower)) return 'staging';
  for (const word of lower.split(/[^a-z0-9]+/).reverse()) {
    const stage = words.get(word) ?? words.get(word.replace(/\d+$/, ''));
    if (stage) return stage;
  }
  return 'unknown';
}

/**
 * The environment that a path's directories (and file, without its ending) speak of; the deepest one counts. `what` says in words what
 * the path is: "directory", "file".
 */
export function environmentOf(path: string, what = 'directory'): Environment {
  const parts = path.replace(/(\.auto)?\.(tfvars|tf|ya?ml|json)(\.json)?$/, '').split('/');
  for (const part of parts.reverse()) {
    if (holdsTests.test(part)) continue;
    const stage = stageOf(part);
    if (stage !== 'unknown') return { stage, name: part, why: `${what} \`${path}\`` };
  }
  return noEnvironment;
}

/** Folders that hold test code or examples (`tests`, `3.test_cases`) say nothing about where it runs. */
const holdsTests = /^(?:\d+[._-])?(?:tests?|demo)(?:[-_]?(?:cases?|data|suites?))?$/;

/** The environment that a name given in the configuration speaks of (a tag, a namespace, a workspace). */
export function environmentNamed(name: string, why: string): Environment {
  const stage = stageOf(name);
  return stage === 'unknown' ? noEnvironment : { stage, name, why };
}

export const noEnvironment: Environment = { stage: 'unknown', name: '', why: 'nothing names an environment' };
