import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { noYes, setting, yesNo, type Setting } from './setting.ts';

/** A machine that people or jobs work on, by whether it has an address on the internet. */
export interface Workbench {
  readonly resource: Resource;
  readonly noun: string;
  readonly publicAddress: Setting<boolean>;
}

// Defaults: hashicorp/google, workbench_instance (disable_public_ip false), notebooks_instance (no_public_ip false) and tpu_v2_vm
// (enable_external_ips false); hashicorp/azurerm, machine_learning_compute_instance and _cluster (node_public_ip_enabled true).
export const workbench = byType<Workbench>('workbench', {
  google_workbench_instance: (resource) => [
    { resource, noun: 'Workbench instance', publicAddress: setting(resource.attr('gce_setup', 'disable_public_ip'), noYes, true) },
  ],
  google_notebooks_instance: (resource) => [
    { resource, noun: 'Notebook instance', publicAddress: setting(resource.attr('no_public_ip'), noYes, true) },
  ],
  google_colab_runtime_template: (resource) => [
    { resource, noun: 'Colab runtime', publicAddress: setting(resource.attr('network_spec', 'enable_internet_access'), yesNo) },
  ],
  google_tpu_v2_vm: (resource) => [
    { resource, noun: 'TPU', publicAddress: setting(resource.attr('network_config', 'enable_external_ips'), yesNo, false) },
  ],
  azurerm_machine_learning_compute_instance: (resource) => [
    { resource, noun: 'Compute instance', publicAddress: setting(resource.attr('node_public_ip_enabled'), yesNo, true) },
  ],
  azurerm_machine_learning_compute_cluster: (resource) => [
    { resource, noun: 'Compute cluster', publicAddress: setting(resource.attr('node_public_ip_enabled'), yesNo, true) },
  ],
});

/** Compute of Azure Machine Learning and how people get into it. */
export interface ComputeLogin {
  readonly resource: Resource;
  readonly noun: string;
  /** SSH from any address on the internet. */
  readonly openSsh: Setting<boolean>;
  readonly password: Located;
}

// When nothing is said, Azure closes SSH on nodes in a virtual network and opens it on others (AmlCompute, remoteLoginPortPublicAccess), so absent is not known.
export const computeLogin = byType<ComputeLogin>('login to training compute', {
  azurerm_machine_learning_compute_cluster: (resource) => [
    {
      resource,
      noun: 'Compute cluster',
      openSsh: setting(resource.attr('ssh_public_access_enabled'), yesNo),
      password: resource.attr('ssh', 'admin_password'),
    },
  ],
});
