import { byType } from './by-type.ts';
import { isSecretName } from './secret.ts';
import { number, setting, text, textOf, type Setting } from './setting.ts';
import type { Resource } from '../model/resource.ts';

/** A parameter of AWS's Parameter Store whose name says that it holds a credential. */
export interface StoredParameter {
  readonly resource: Resource;
  readonly type: Setting<string>;
}

/** The last part of `/ml/prod/hf_token` tells what it is. */
const holdsSecret = (resource: Resource, name: string | undefined): boolean =>
  isSecretName(resource.name) || (name !== undefined && isSecretName(name.slice(name.lastIndexOf('/') + 1)));

export const storedParameter = byType<StoredParameter>('credential in Parameter Store', {
  aws_ssm_parameter: (resource) =>
    holdsSecret(resource, textOf(resource.attr('name'))) ? [{ resource, type: setting(resource.attr('type'), text) }] : [],
  'AWS::SSM::Parameter': (resource) =>
    holdsSecret(resource, textOf(resource.attr('Properties', 'Name')))
      ? [{ resource, type: setting(resource.attr('Properties', 'Type'), text) }]
      : [],
});

/** A secret with the time for which it can be brought back after it was deleted. */
export interface Recoverable {
  readonly resource: Resource;
  readonly days: Setting<number>;
}

// Default 30: hashicorp/aws, secretsmanager_secret, recovery_window_in_days; 0 deletes at once.
export const recoverable = byType<Recoverable>('secret that can be brought back', {
  aws_secretsmanager_secret: (resource) => [{ resource, days: setting(resource.attr('recovery_window_in_days'), number, 30) }],
});
