import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, text, words, type Setting } from './setting.ts';

/** A SageMaker Studio domain: the shared home of a team's notebooks and apps. */
export interface Studio {
  readonly resource: Resource;
  readonly publicInternet: Setting<boolean>;
  readonly key: Located;
  /** `IAM` or `SSO`. */
  readonly authMode: Setting<string>;
}

// Default: CreateDomain in the SageMaker API reference ("The default value is PublicInternetOnly").
const network = words('PublicInternetOnly', 'VpcOnly');

export const studio = byType<Studio>('Studio domain', {
  aws_sagemaker_domain: (resource) => [
    {
      resource,
      publicInternet: setting(resource.attr('app_network_access_type'), network, true),
      key: resource.attr('kms_key_id'),
      authMode: setting(resource.attr('auth_mode'), text),
    },
  ],
  'AWS::SageMaker::Domain': (resource) => [
    {
      resource,
      publicInternet: setting(resource.attr('Properties', 'AppNetworkAccessType'), network, true),
      key: resource.attr('Properties', 'KmsKeyId'),
      authMode: setting(resource.attr('Properties', 'AuthMode'), text),
    },
  ],
});
