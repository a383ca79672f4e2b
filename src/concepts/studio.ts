import type { Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { inputsNamed } from './module-inputs.ts';
import { setting, words, type Setting } from './setting.ts';

/** A SageMaker Studio domain: the shared home of a team's notebooks and apps. */
export interface Studio {
  readonly resource: Resource;
  readonly publicInternet: Setting<boolean>;
}

// Default: CreateDomain in the SageMaker API reference ("The default value is PublicInternetOnly").
const network = words('PublicInternetOnly', 'VpcOnly');

export const studio = byType<Studio>('Studio domain', {
  aws_sagemaker_domain: (resource) => [{ resource, publicInternet: setting(resource.attr('app_network_access_type'), network, true) }],
  'AWS::SageMaker::Domain': (resource) => [
    { resource, publicInternet: setting(resource.attr('Properties', 'AppNetworkAccessType'), network, true) },
  ],
  module: (resource) => inputsNamed(resource, 'app_network_access_type').map((at) => ({ resource, publicInternet: setting(at, network) })),
});
