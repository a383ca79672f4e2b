import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';

/** A script that a notebook runs as root when it starts, or a Studio app as its user. */
export interface StartScript {
  readonly resource: Resource;
  readonly at: Located;
  readonly text: string;
  readonly root: boolean;
}

export const startScript = byType<StartScript>('lifecycle script of a notebook', {
  aws_sagemaker_notebook_instance_lifecycle_configuration: (r) => ['on_create', 'on_start'].flatMap((key) => script(r, r.attr(key), true)),
  aws_sagemaker_studio_lifecycle_config: (r) => script(r, r.attr('studio_lifecycle_config_content'), false),
  'AWS::SageMaker::NotebookInstanceLifecycleConfig': (r) =>
    [...r.items('Properties', 'OnCreate'), ...r.items('Properties', 'OnStart')].flatMap((hook) => script(r, hook.attr('Content'), true)),
  'AWS::SageMaker::StudioLifecycleConfig': (r) => script(r, r.attr('Properties', 'StudioLifecycleConfigContent'), false),
});

const longest = 100_000;

/** The script in base64, as the service wants it, or as it is inside `Fn::Base64`. */
function script(resource: Resource, at: Located, root: boolean): readonly StartScript[] {
  if (at.is !== 'known' || typeof at.value !== 'string' || at.value.length > longest) return [];
  const encoded = /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(at.value);
  return [{ resource, at, root, text: encoded ? Buffer.from(at.value, 'base64').toString('utf8') : at.value }];
}

/** A repository that a notebook clones when it starts. */
export interface ClonedRepository {
  readonly resource: Resource;
  readonly at: Located;
  readonly url: string;
}

const urls = (resource: Resource, at: Located): readonly ClonedRepository[] => {
  const items = at.is === 'list' ? at.items.map((item, i): Located => ({ ...item, of: resource, path: [...at.path, i] })) : [at];
  return items.flatMap((item) => (item.is === 'known' ? [{ resource, at: item, url: String(item.value) }] : []));
};

export const clonedRepository = byType<ClonedRepository>('repository that a notebook clones', {
  aws_sagemaker_notebook_instance: (r) => [
    ...urls(r, r.attr('default_code_repository')),
    ...urls(r, r.attr('additional_code_repositories')),
  ],
  aws_sagemaker_code_repository: (r) => urls(r, r.attr('git_config', 'repository_url')),
  'AWS::SageMaker::NotebookInstance': (r) => [
    ...urls(r, r.attr('Properties', 'DefaultCodeRepository')),
    ...urls(r, r.attr('Properties', 'AdditionalCodeRepositories')),
  ],
  'AWS::SageMaker::CodeRepository': (r) => urls(r, r.attr('Properties', 'GitConfig', 'RepositoryUrl')),
});
