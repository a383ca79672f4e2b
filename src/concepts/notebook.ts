import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { inputsNamed } from './module-inputs.ts';
import { setting, text, words, type Setting } from './setting.ts';

/** A managed notebook instance: one machine, one role, a person's code with it. */
export interface Notebook {
  readonly resource: Resource;
  readonly internet: Setting<boolean>;
  readonly root: Setting<boolean>;
  readonly subnet: Located;
  /** The lowest version of the instance metadata service that answers: `1` or `2`. */
  readonly metadataVersion: Setting<string>;
  /** The system that it runs on: `notebook-al2023-v1`. */
  readonly platform: Setting<string>;
}

// Defaults: CreateNotebookInstance in the SageMaker API reference (DirectInternetAccess and RootAccess are Enabled,
// MinimumInstanceMetadataServiceVersion is 1 when nothing is said). Terraform and CloudFormation pass nothing on when nothing is written.
export const notebook = byType<Notebook>('notebook instance', {
  aws_sagemaker_notebook_instance: (resource) => [
    {
      resource,
      internet: setting(resource.attr('direct_internet_access'), words('Enabled', 'Disabled'), true),
      root: setting(resource.attr('root_access'), words('Enabled', 'Disabled'), true),
      subnet: resource.attr('subnet_id'),
      metadataVersion: setting(
        resource.attr('instance_metadata_service_configuration', 'minimum_instance_metadata_service_version'),
        text,
        '1',
      ),
      platform: setting(resource.attr('platform_identifier'), text),
    },
  ],
  module: (resource) => inputsNamed(resource, 'direct_internet_access').map((at) => inModule(resource, at)),
  'AWS::SageMaker::NotebookInstance': (resource) => [
    {
      resource,
      internet: setting(resource.attr('Properties', 'DirectInternetAccess'), words('Enabled', 'Disabled'), true),
      root: setting(resource.attr('Properties', 'RootAccess'), words('Enabled', 'Disabled'), true),
      subnet: resource.attr('Properties', 'SubnetId'),
      metadataVersion: setting(
        resource.attr('Properties', 'InstanceMetadataServiceConfiguration', 'MinimumInstanceMetadataServiceVersion'),
        text,
        '1',
      ),
      platform: setting(resource.attr('Properties', 'PlatformIdentifier'), text),
    },
  ],
});

/** A notebook that a module from elsewhere makes: only its way to the internet is known here. */
function inModule(resource: Resource, at: Located): Notebook {
  const notKnown: Located = { is: 'unknown', why: 'the module decides', refs: [], origins: at.origins, of: resource, path: at.path };
  return {
    resource,
    internet: setting(at, words('Enabled', 'Disabled')),
    root: setting(notKnown, words('Enabled', 'Disabled')),
    subnet: notKnown,
    metadataVersion: setting(notKnown, text),
    platform: setting(notKnown, text),
  };
}

/** Where the files of notebooks lie, and under which key. */
export interface NotebookDisk {
  readonly resource: Resource;
  readonly noun: string;
  readonly key: Located;
}

const disk = (resource: Resource, noun: string, key: Located): readonly NotebookDisk[] => [{ resource, noun, key }];

export const notebookDisk = byType<NotebookDisk>('files of notebooks', {
  aws_sagemaker_notebook_instance: (r) => disk(r, 'Notebook', r.attr('kms_key_id')),
  aws_sagemaker_domain: (r) => disk(r, 'Studio domain', r.attr('kms_key_id')),
  'AWS::SageMaker::NotebookInstance': (r) => disk(r, 'Notebook', r.attr('Properties', 'KmsKeyId')),
  'AWS::SageMaker::Domain': (r) => disk(r, 'Studio domain', r.attr('Properties', 'KmsKeyId')),
});
