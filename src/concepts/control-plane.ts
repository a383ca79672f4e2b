import { remoteModule } from '../facts/remote-modules.ts';
import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, textsOf, yesNo, type Setting } from './setting.ts';

/** The API of a Kubernetes cluster: who on the internet may talk to it. */
export interface ControlPlane {
  readonly resource: Resource;
  readonly noun: string;
  /** Whether the API has a public address. */
  readonly publicAddress: Setting<boolean>;
  /** The address ranges that may use it; where it is not limited, where the limit would be written. */
  readonly allowed: Located;
  /** True when the ranges, or the lack of them, let everyone in; undefined when that is not known. */
  readonly everyone: boolean | undefined;
  /** True when the ranges matter for a private address too, as GKE's do. */
  readonly rangesStand?: true;
}

// Defaults: EKS API reference, VpcConfigRequest (endpointPublicAccess true, publicAccessCidrs 0.0.0.0/0); hashicorp/google, container_cluster
// (a public endpoint, no authorized networks); hashicorp/azurerm, kubernetes_cluster (a public API, every address).
export const controlPlane = byType<ControlPlane>('Kubernetes control plane', {
  aws_eks_cluster: (r) => [
    eks(r, setting(r.attr('vpc_config', 'endpoint_public_access'), yesNo, true), r.attr('vpc_config', 'public_access_cidrs')),
  ],
  awscc_eks_cluster: (r) => [
    eks(
      r,
      setting(r.attr('resources_vpc_config', 'endpoint_public_access'), yesNo, true),
      r.attr('resources_vpc_config', 'public_access_cidrs'),
    ),
  ],
  'AWS::EKS::Cluster': (r) => [
    eks(
      r,
      setting(r.attr('Properties', 'ResourcesVpcConfig', 'EndpointPublicAccess'), yesNo, true),
      r.attr('Properties', 'ResourcesVpcConfig', 'PublicAccessCidrs'),
    ),
  ],
  google_container_cluster: (r) => [gke(r)],
  azurerm_kubernetes_cluster: (r) => {
    const isPrivate = setting(r.attr('private_cluster_enabled'), { read: (v) => inverse(yesNo.read(v)), write: (v) => !v }, true);
    const allowed = r.attr('api_server_access_profile', 'authorized_ip_ranges');
    return [{ resource: r, noun: 'AKS cluster', publicAddress: isPrivate, allowed, everyone: everyoneIn(allowed, true) }];
  },
  module: (r) => moduleView(r),
});

const inverse = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

const eks = (resource: Resource, publicAddress: Setting<boolean>, allowed: Located): ControlPlane => ({
  resource,
  noun: 'EKS cluster',
  publicAddress,
  allowed,
  everyone: everyoneIn(allowed, true),
});

function gke(resource: Resource): ControlPlane {
  const isPrivate = setting(
    resource.attr('private_cluster_config', 'enable_private_endpoint'),
    { read: (v) => inverse(yesNo.read(v)), write: (v) => !v },
    true,
  );
  const config = resource.attr('master_authorized_networks_config');
  const ranges = resource.items('master_authorized_networks_config').flatMap((view) => view.items('cidr_blocks'));
  const wide = ranges.map((range) => range.attr('cidr_block')).find((cidr) => textsOf(cidr).texts.some(isWorld));
  if (wide) return { resource, noun: 'GKE cluster', publicAddress: isPrivate, allowed: wide, everyone: true, rangesStand: true };
  // A block without ranges means that only the cluster's own networks may use the API.
  return {
    resource,
    noun: 'GKE cluster',
    publicAddress: isPrivate,
    allowed: config,
    everyone: config.is === 'absent' ? true : config.is === 'unknown' ? undefined : false,
  };
}

/** The inputs of the modules that most people take, which stand for the attributes above. Their defaults are their own, so only what is written counts. */
function moduleView(resource: Resource): readonly ControlPlane[] {
  const makes = remoteModule(textsOf(resource.attr('source')).texts[0] ?? '')?.makes;
  if (makes === 'eks-cluster') {
    const written = ['endpoint_public_access', 'cluster_endpoint_public_access']
      .map((name) => resource.attr(name))
      .find((value) => value.is !== 'absent');
    const ranges = ['endpoint_public_access_cidrs', 'cluster_endpoint_public_access_cidrs'].map((name) => resource.attr(name));
    const allowed = ranges.find((value) => value.is !== 'absent') ?? resource.attr('endpoint_public_access_cidrs');
    return written
      ? [{ resource, noun: 'EKS cluster', publicAddress: setting(written, yesNo), allowed, everyone: everyoneIn(allowed, true) }]
      : [];
  }
  if (makes === 'gke-cluster') {
    const networks = resource.attr('master_authorized_networks');
    const wide = resource
      .items('master_authorized_networks')
      .map((item) => item.attr('cidr_block'))
      .find((cidr) => textsOf(cidr).texts.some(isWorld));
    const publicAddress = setting(
      resource.attr('enable_private_endpoint'),
      { read: (v) => inverse(yesNo.read(v)), write: (v) => !v },
      true,
    );
    return wide
      ? [{ resource, noun: 'GKE cluster', publicAddress, allowed: wide, everyone: true, rangesStand: true }]
      : [{ resource, noun: 'GKE cluster', publicAddress, allowed: networks, everyone: undefined }];
  }
  return [];
}

const isWorld = (range: string): boolean => range === '0.0.0.0/0' || range === '::/0';

function everyoneIn(ranges: Located, whenAbsent: boolean): boolean | undefined {
  if (ranges.is === 'absent') return whenAbsent;
  const { texts, complete } = textsOf(ranges);
  if (texts.some(isWorld)) return true;
  return complete ? texts.length === 0 && whenAbsent : undefined;
}
