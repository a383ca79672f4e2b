import type { Key, Located, Resource } from '../model/resource.ts';
import { azapiBody } from './ai-service.ts';
import { byType } from './by-type.ts';
import { isMissing, noYes, setting, textOf, words, yesNo, type Setting } from './setting.ts';

/** A machine that people or jobs work on, by whether it has an address on the internet. */
export interface Workbench {
  readonly resource: Resource;
  readonly noun: string;
  readonly publicAddress: Setting<boolean>;
}

// Defaults: hashicorp/google, workbench_instance (disable_public_ip false), notebooks_instance (no_public_ip false), notebooks_runtime
// (internal_ip_only: "by default, runtimes are not restricted to internal IP addresses") and tpu_v2_vm (enable_external_ips false);
// hashicorp/azurerm, machine_learning_compute_instance and _cluster (node_public_ip_enabled true); REST reference of
// workspaces/computes (enableNodePublicIp true).
export const workbench = byType<Workbench>('workbench', {
  google_workbench_instance: (resource) => [
    { resource, noun: 'Workbench instance', publicAddress: setting(resource.attr('gce_setup', 'disable_public_ip'), noYes, true) },
  ],
  google_notebooks_instance: (resource) => [
    { resource, noun: 'Notebook instance', publicAddress: setting(resource.attr('no_public_ip'), noYes, true) },
  ],
  google_notebooks_runtime: (resource) => [
    {
      resource,
      noun: 'Notebook runtime',
      publicAddress: setting(resource.attr('virtual_machine', 'virtual_machine_config', 'internal_ip_only'), noYes, true),
    },
  ],
  google_colab_runtime_template: (resource) => [
    { resource, noun: 'Colab runtime', publicAddress: setting(resource.attr('network_spec', 'enable_internet_access'), yesNo) },
  ],
  google_tpu_v2_vm: (resource) => [
    { resource, noun: 'TPU', publicAddress: setting(resource.attr('network_config', 'enable_external_ips'), yesNo, false) },
    ...resource
      .items('network_configs')
      .map((view) => ({ resource, noun: 'TPU', publicAddress: setting(view.attr('enable_external_ips'), yesNo, false) })),
  ],
  google_tpu_v2_queued_resource: (resource) =>
    resource.items('tpu', 'node_spec').map((view) => ({
      resource,
      noun: 'Queued TPU',
      publicAddress: setting(view.attr('node', 'network_config', 'enable_external_ips'), yesNo, false),
    })),
  azurerm_machine_learning_compute_instance: (resource) => [
    { resource, noun: 'Compute instance', publicAddress: setting(resource.attr('node_public_ip_enabled'), yesNo, true) },
  ],
  azurerm_machine_learning_compute_cluster: (resource) => [
    { resource, noun: 'Compute cluster', publicAddress: setting(resource.attr('node_public_ip_enabled'), yesNo, true) },
  ],
  // Without a subnet the workspace's own network decides, and Azure asks for public addresses.
  azurerm_machine_learning_workspace: (resource) =>
    isMissing(resource.attr('serverless_compute', 'subnet_id'))
      ? []
      : [
          {
            resource,
            noun: 'Serverless compute of workspace',
            publicAddress: setting(resource.attr('serverless_compute', 'public_ip_enabled'), yesNo, false),
          },
        ],
  azapi_resource: (resource) => {
    const compute = azapiCompute(resource);
    return compute
      ? [{ resource, noun: compute.noun, publicAddress: setting(compute.attr('properties', 'enableNodePublicIp'), yesNo, true) }]
      : [];
  },
});

/** Compute of Azure Machine Learning and how people get into it. */
export interface ComputeLogin {
  readonly resource: Resource;
  readonly noun: string;
  /** SSH from any address on the internet. */
  readonly openSsh: Setting<boolean>;
  /** Accounts on the nodes themselves, beside Entra ID. */
  readonly local: Setting<boolean>;
  /** What such an account is made of; absent where there is none to log in to. */
  readonly account: Located;
  readonly password: Located;
  readonly publicKey: Located;
}

// When nothing is said, Azure closes SSH on nodes in a virtual network and opens it on others (AmlCompute, remoteLoginPortPublicAccess), so absent is not known.
// Default: hashicorp/azurerm, machine_learning_compute_cluster and _instance (local_auth_enabled true); disableLocalAuth false in the REST reference.
export const computeLogin = byType<ComputeLogin>('login to training compute', {
  azurerm_machine_learning_compute_cluster: (resource) => [
    {
      ...terraformLogin(resource, 'Compute cluster'),
      openSsh: setting(resource.attr('ssh_public_access_enabled'), yesNo),
      password: resource.attr('ssh', 'admin_password'),
      publicKey: resource.attr('ssh', 'key_value'),
    },
  ],
  azurerm_machine_learning_compute_instance: (resource) => [terraformLogin(resource, 'Compute instance')],
  azapi_resource: (resource) => {
    const compute = azapiCompute(resource);
    if (!compute) return [];
    const { noun, attr } = compute;
    const at = (...path: readonly string[]): Located => attr('properties', ...path);
    return [
      {
        resource,
        noun,
        openSsh: setting(
          noun === 'Compute instance' ? at('sshSettings', 'sshPublicAccess') : at('remoteLoginPortPublicAccess'),
          words('Enabled', 'Disabled'),
        ),
        local: setting(attr('disableLocalAuth'), noYes, true),
        account: at('userAccountCredentials'),
        password: at('userAccountCredentials', 'adminUserPassword'),
        publicKey: at('userAccountCredentials', 'adminUserSshPublicKey'),
      },
    ];
  },
});

function terraformLogin(resource: Resource, noun: string): ComputeLogin {
  const none = resource.attr('ssh', 'admin_password');
  return {
    resource,
    noun,
    openSsh: setting(resource.attr('ssh_public_access_enabled'), yesNo),
    local: setting(resource.attr('local_auth_enabled'), yesNo, true),
    account: resource.attr('ssh'),
    password: none,
    publicKey: resource.attr('ssh', 'public_key'),
  };
}

const computeNouns: ReadonlyMap<string, string> = new Map([
  ['amlcompute', 'Compute cluster'],
  ['computeinstance', 'Compute instance'],
]);

function azapiCompute(resource: Resource): { readonly noun: string; readonly attr: (...path: string[]) => Located } | undefined {
  const body = azapiBody(resource);
  if (body?.type !== 'microsoft.machinelearningservices/workspaces/computes') return undefined;
  const noun = computeNouns.get((textOf(body.attr('computeType')) ?? '').toLowerCase());
  return noun === undefined ? undefined : { noun, attr: body.attr };
}

/** Machines of a data platform, by whether they have addresses on the internet. */
export interface DataCluster {
  readonly resource: Resource;
  readonly noun: string;
  readonly publicAddress: Setting<boolean>;
}

const dataCluster =
  (noun: string, ...path: readonly Key[]) =>
  (resource: Resource): readonly DataCluster[] => [{ resource, noun, publicAddress: setting(resource.attr(...path), noYes) }];

// No defaults: they changed with the image version (Dataproc 2.2) and the provider (azurerm 3.104), each time to private.
export const dataClusterNodes = byType<DataCluster>('machines of a data platform', {
  google_dataproc_cluster: dataCluster('Dataproc cluster', 'cluster_config', 'gce_cluster_config', 'internal_ip_only'),
  azurerm_databricks_workspace: dataCluster('Databricks workspace', 'custom_parameters', 'no_public_ip'),
});
