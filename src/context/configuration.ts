import { posix } from 'node:path';

const extensions = ['.tf', '.tf.json', '.tfvars', '.tfvars.json', '.yaml', '.yml', '.json', '.template'];

/** Files that have a configuration's extension and are always something else: lock files and the settings of tools. */
const others = new Set([
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'composer.json',
  'tsconfig.json',
  'jsconfig.json',
  'deno.json',
  'renovate.json',
  'biome.json',
  'lerna.json',
  'nx.json',
  'turbo.json',
  'vercel.json',
  'angular.json',
  'manifest.json',
  'mkdocs.yml',
  'codecov.yml',
  'dependabot.yml',
  'environment.yml',
  '.pre-commit-config.yaml',
  '.golangci.yml',
  '.golangci.yaml',
  '.eslintrc.json',
  '.prettierrc.json',
]);

const elsewhere = new Set(['node_modules', '.terraform', '.vscode', '.idea', 'ISSUE_TEMPLATE', '__snapshots__']);

/**
 * True when a file's name allows it to be configuration that Plumbline reads. The content decides later; this only keeps code,
 * documentation and images from being read at all.
 */
export function isConfiguration(path: string): boolean {
  const name = posix.basename(path);
  if (others.has(name) || name.endsWith('.schema.json') || isGeneratedDefinition(path)) return false;
  if (path.split('/').some((part) => elsewhere.has(part))) return false;
  if (isHelmTemplate(path)) return true;
  if (isTerragrunt(path) || isFilledIn(path)) return true;
  return extensions.some((extension) => name.endsWith(extension) && name !== extension);
}

/** `crds/ray.io_rayclusters.yaml`: what controller-gen calls the definition of a custom resource. It says nothing of what is deployed. */
const isGeneratedDefinition = (path: string): boolean =>
  /(?:^|\/)crds?\/(?:[^/]+\/)*[a-z0-9-]+(?:\.[a-z0-9-]+)+_[a-z0-9]+\.yaml$/.test(path);

export const isTerraformCode = (path: string): boolean => path.endsWith('.tf') || path.endsWith('.tf.json');
export const isTerraformVariables = (path: string): boolean => path.endsWith('.tfvars') || path.endsWith('.tfvars.json');
/** Terragrunt's units (`terragrunt.hcl`) and what they include (`root.hcl`, `env.hcl`). Other tools' files begin with a dot or say whose they are. */
export const isTerragrunt = (path: string): boolean => /(?:^|\/)[\w-]+\.hcl$/.test(path);
export const isUnit = (path: string): boolean => posix.basename(path) === 'terragrunt.hcl';
/**
 * YAML that a tool fills in first: `values.yaml.tftpl`, `job.yaml.j2`; `.tpl` and `.tftpl` alone, too, which Terraform's templates are called
 * and whose content decides.
 */
export const isFilledIn = (path: string): boolean =>
  /\.ya?ml\.(?:template|tpl|tftpl|tmpl|gotmpl|j2|in)$|(?:^|\/)[^_/][^/]*\.(?:tpl|tftpl)$/.test(path);
export const isYaml = (path: string): boolean => path.endsWith('.yaml') || path.endsWith('.yml');

/** A chart's helpers are text in `templates/` with the extension `.tpl`. */
const isHelmTemplate = (path: string): boolean => path.endsWith('.tpl') && path.split('/').includes('templates');
