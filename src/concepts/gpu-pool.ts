import type { Key, Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { acceleratorMachine } from '../facts/ai-words.ts';
import { byType } from './by-type.ts';
import { hasGpu } from './machine-google.ts';
import { isMissing, noYes, setting, text, textOf, yesNo, type Setting } from './setting.ts';

/** Nodes with GPUs in a managed Kubernetes cluster, as the cloud describes them. */
export interface GpuPool {
  readonly of: Resource;
  readonly noun: string;
  /** Each node has an address on the internet. */
  readonly publicNodes: Setting<boolean>;
  /** Which driver GKE installs, for each kind of GPU: `DEFAULT`, `LATEST` or `INSTALLATION_DISABLED`. */
  readonly drivers: readonly Setting<string>[];
  /** Whose metadata server pods see: `GKE_METADATA`, or the node's own with `GCE_METADATA`. */
  readonly metadata?: Setting<string>;
  /** True when the cluster surely hands identities to pods by itself. */
  readonly workloadIdentity: boolean;
}

// No defaults: whether nodes have public addresses when nothing is said is the cluster's decision (GKE) or off (AKS).
export const gpuPool = byType<GpuPool>('GPU nodes of a cluster', {
  google_container_node_pool: (of, world) =>
    gke(of, setting(of.attr('network_config', 'enable_private_nodes'), noYes), handsOut(of, world)),
  google_container_cluster: (of) => gke(of, setting(of.attr('private_cluster_config', 'enable_private_nodes'), noYes), hasIdentities(of)),
  azurerm_kubernetes_cluster_node_pool: (of) => aks(of),
  azurerm_kubernetes_cluster: (of) => aks(of, 'default_node_pool'),
});

function gke(of: Resource, publicNodes: Setting<boolean>, workloadIdentity: boolean): readonly GpuPool[] {
  if (!hasGpu(of, 'node_config')) return [];
  return [
    {
      of,
      noun: of.type === 'google_container_cluster' ? 'GPU cluster' : 'GPU node pool',
      publicNodes,
      drivers: of
        .items('node_config', 'guest_accelerator')
        .map((gpu) => setting(gpu.attr('gpu_driver_installation_config', 'gpu_driver_version'), text)),
      metadata: setting(of.attr('node_config', 'workload_metadata_config', 'mode'), text),
      workloadIdentity,
    },
  ];
}

const handsOut = (pool: Resource, world: World): boolean =>
  world.graph.dependencies(pool).some((other) => other.type === 'google_container_cluster' && hasIdentities(other));
const hasIdentities = (cluster: Resource): boolean => !isMissing(cluster.attr('workload_identity_config', 'workload_pool'));

function aks(of: Resource, ...under: readonly Key[]): readonly GpuPool[] {
  if (!acceleratorMachine.test(textOf(of.attr(...under, 'vm_size')) ?? '')) return [];
  return [
    {
      of,
      noun: 'GPU node pool',
      publicNodes: setting(of.attr(...under, 'node_public_ip_enabled'), yesNo),
      drivers: [],
      workloadIdentity: false,
    },
  ];
}

/** A virtual machine with GPUs that lets people in by password. */
export interface GpuLogin {
  readonly of: Resource;
  readonly size: string;
  readonly byPassword: Setting<boolean>;
  readonly password: Located;
  /** Whether a public key is given too, so that nobody is locked out without the password. */
  readonly key: boolean;
}

// Default: hashicorp/azurerm, linux_virtual_machine (disable_password_authentication true).
export const gpuLogin = byType<GpuLogin>('login to a GPU machine', {
  azurerm_linux_virtual_machine: (of) => login(of, of.attr('size')),
  azurerm_linux_virtual_machine_scale_set: (of) => login(of, of.attr('sku')),
});

function login(of: Resource, sku: Located): readonly GpuLogin[] {
  const size = textOf(sku) ?? '';
  if (!acceleratorMachine.test(size)) return [];
  const byPassword = setting(of.attr('disable_password_authentication'), noYes, false);
  return [{ of, size, byPassword, password: of.attr('admin_password'), key: of.items('admin_ssh_key').length > 0 }];
}
