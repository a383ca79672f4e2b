/** Words that people call environments by, and the stage each speaks of. Collected by reading directory, variables-file and namespace names. */
export type NamedStage = 'prod' | 'staging' | 'dev';

export const environmentWords: ReadonlyMap<string, NamedStage> = new Map([
  ...['prod', 'production', 'prd', 'live', 'prod1', 'prod2'].map((w) => [w, 'prod'] as const),
  ...['staging', 'stage', 'stg', 'preprod', 'preproduction', 'uat', 'qa', 'nonprod', 'acceptance', 'perf', 'preview'].map(
    (w) => [w, 'staging'] as const,
  ),
  ...['dev', 'develop', 'development', 'test', 'testing', 'sandbox', 'sbx', 'playground', 'local', 'demo', 'poc', 'experimental'].map(
    (w) => [w, 'dev'] as const,
  ),
]);

/**
 * A name or path with an asterisk for each word for an environment. `envs/prod/main.tf` and `envs/staging/main.tf` become equal, and what is
 * equal then is the same thing in several environments.
 */
export const withoutEnvironment = (text: string): string =>
  text.replaceAll(/[A-Za-z]+[0-9]*/g, (word) => (environmentWords.has(word.toLowerCase().replace(/[0-9]+$/, '')) ? '*' : word));
