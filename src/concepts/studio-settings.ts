import type { Located, Resource, View } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, text, words, type Setting } from './setting.ts';

/** What a Studio domain allows everybody in it. */
export interface StudioDomain {
  readonly resource: Resource;
  readonly docker: Setting<boolean>;
  /** Whether the audit trail names the person behind the shared role: `USER_PROFILE_NAME` or `DISABLED`. */
  readonly identity: Setting<string>;
}

const enabled = words('ENABLED', 'DISABLED');

// Defaults: SageMaker API reference, DockerSettings (DISABLED) and DomainSettings (ExecutionRoleIdentityConfig DISABLED).
export const studioDomain = byType<StudioDomain>('settings of a Studio domain', {
  aws_sagemaker_domain: (r) => [
    {
      resource: r,
      docker: setting(r.attr('domain_settings', 'docker_settings', 'enable_docker_access'), enabled, false),
      identity: setting(r.attr('domain_settings', 'execution_role_identity_config'), text),
    },
  ],
  'AWS::SageMaker::Domain': (r) => [
    {
      resource: r,
      docker: setting(r.attr('Properties', 'DomainSettings', 'DockerSettings', 'EnableDockerAccess'), enabled, false),
      identity: setting(r.attr('Properties', 'DomainSettings', 'ExecutionRoleIdentityConfig'), text),
    },
  ],
});

/** The output of notebooks that people share with one another. */
export interface SharedOutput {
  readonly resource: Resource;
  readonly shared: Setting<boolean>;
  readonly key: Located;
}

const allowed = words('Allowed', 'Disabled');

const sharing = (resource: Resource, settings: View | undefined, names: readonly [option: string, key: string]): readonly SharedOutput[] =>
  settings ? [{ resource, shared: setting(settings.attr(names[0]), allowed, false), key: settings.attr(names[1]) }] : [];

const snake = ['notebook_output_option', 's3_kms_key_id'] as const;
const pascal = ['NotebookOutputOption', 'S3KmsKeyId'] as const;

// Default: hashicorp/aws, sagemaker_domain (notebook_output_option "The default is Disabled").
export const sharedOutput = byType<SharedOutput>('shared output of notebooks', {
  aws_sagemaker_domain: (r) => sharing(r, r.items('default_user_settings', 'sharing_settings')[0], snake),
  aws_sagemaker_user_profile: (r) => sharing(r, r.items('user_settings', 'sharing_settings')[0], snake),
  'AWS::SageMaker::Domain': (r) => sharing(r, r.items('Properties', 'DefaultUserSettings', 'SharingSettings')[0], pascal),
  'AWS::SageMaker::UserProfile': (r) => sharing(r, r.items('Properties', 'UserSettings', 'SharingSettings')[0], pascal),
});

/** A space of Studio that may be reached from an editor outside. Terraform's provider has no attribute for it. */
export interface StudioSpace {
  readonly resource: Resource;
  readonly remote: Setting<boolean>;
}

export const studioSpace = byType<StudioSpace>('Studio space', {
  'AWS::SageMaker::Space': (r) => [{ resource: r, remote: setting(r.attr('Properties', 'SpaceSettings', 'RemoteAccess'), enabled) }],
});

/** Whether the apps of a domain or a person are stopped when nobody uses them. */
export interface IdleApps {
  readonly resource: Resource;
  readonly app: string;
  readonly stopped: Setting<boolean>;
}

const apps = [
  ['JupyterLab', 'jupyter_lab_app_settings', 'JupyterLabAppSettings'],
  ['Code Editor', 'code_editor_app_settings', 'CodeEditorAppSettings'],
] as const;

const idleIn = (resource: Resource, ...path: readonly string[]): readonly IdleApps[] =>
  apps.map(([app, inTerraform, inTemplate]) => ({
    resource,
    app,
    stopped: resource.type.startsWith('AWS::')
      ? setting(resource.attr('Properties', ...path, inTemplate, 'AppLifecycleManagement', 'IdleSettings', 'LifecycleManagement'), enabled)
      : setting(resource.attr(...path, inTerraform, 'app_lifecycle_management', 'idle_settings', 'lifecycle_management'), enabled),
  }));

export const idleApps = byType<IdleApps>('apps of Studio that may stand idle', {
  aws_sagemaker_domain: (r) => idleIn(r, 'default_user_settings'),
  aws_sagemaker_user_profile: (r) => idleIn(r, 'user_settings'),
  'AWS::SageMaker::Domain': (r) => idleIn(r, 'DefaultUserSettings'),
  'AWS::SageMaker::UserProfile': (r) => idleIn(r, 'UserSettings'),
});
