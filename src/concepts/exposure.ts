import type { Concept } from '../engine/rule.ts';
import type { Located, Resource, View } from '../model/resource.ts';
import type { Known, Value } from '../model/value.ts';

/** A firewall rule that lets everybody in, or out: of a security group, a VPC firewall or a network security group. */
export interface OpenRule {
  readonly of: Resource;
  /** Where "everybody" is written. */
  readonly at: Located;
  readonly direction: 'ingress' | 'egress';
  /** `0.0.0.0/0`, `::/0`, `*` or `Internet`, as written. */
  readonly anyone: string;
  /** Inclusive ranges; `all` for every port; `unknown` when it is not known which. */
  readonly ports: readonly PortRange[] | 'all' | 'unknown';
  readonly name: string;
}
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export const openRule: Concept<OpenRule> = {
  name: 'firewall rule open to everybody',
  sees: (type) => readers.has(type),
  view: (resource) =>
    readers
      .get(resource.type)?.(resource)
      .flatMap((rule) => openings(resource, rule)) ?? [],
};

interface FirewallRule {
  readonly direction: 'ingress' | 'egress';
  readonly peers: readonly Located[];
  /** Read only when a peer is everybody. */
  readonly ports: () => OpenRule['ports'];
}

const everybody = /^(0\.0\.0\.0\/0|::\/0|0::\/0|\*|internet|any)$/i;

function openings(of: Resource, { direction, peers, ports }: FirewallRule): readonly OpenRule[] {
  return peers.flatMap((peer) => {
    const at = everybodyIn(peer);
    return at ? [{ of, at, direction, anyone: String(at.value), ports: ports(), name: of.name }] : [];
  });
}

/** Where a peer, or the first of several, is everybody. */
function everybodyIn(peer: Located): (Located & Known) | undefined {
  if (peer.is === 'known') return isEverybody(peer) ? peer : undefined;
  if (peer.is !== 'list') return undefined;
  const index = peer.items.findIndex(isEverybody);
  const item = peer.items[index];
  return item?.is === 'known' ? { ...item, of: peer.of, path: [...peer.path, index] } : undefined;
}

const isEverybody = (value: Value): boolean => value.is === 'known' && everybody.test(String(value.value));

const readers: ReadonlyMap<string, (resource: Resource) => readonly FirewallRule[]> = new Map([
  ['aws_security_group', groupRules],
  ['aws_default_security_group', groupRules],
  ['aws_security_group_rule', (resource: Resource) => [awsRule(resource, resource.attr('type'))]],
  ['aws_vpc_security_group_ingress_rule', (resource: Resource) => [vpcRule(resource, 'ingress')]],
  ['aws_vpc_security_group_egress_rule', (resource: Resource) => [vpcRule(resource, 'egress')]],
  ['google_compute_firewall', googleRules],
  ['azurerm_network_security_rule', (resource: Resource) => azureRule(resource)],
  ['azurerm_network_security_group', (resource: Resource) => resource.items('security_rule').flatMap(azureRule)],
  [
    'AWS::EC2::SecurityGroup',
    (resource: Resource) => [
      ...formationRules(resource, 'SecurityGroupIngress', 'ingress'),
      ...formationRules(resource, 'SecurityGroupEgress', 'egress'),
    ],
  ],
  ['AWS::EC2::SecurityGroupIngress', (resource: Resource) => [formationRule(properties(resource), 'ingress')]],
  ['AWS::EC2::SecurityGroupEgress', (resource: Resource) => [formationRule(properties(resource), 'egress')]],
]);

function groupRules(resource: Resource): readonly FirewallRule[] {
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    resource.items(direction).map((view) => ({
      direction,
      peers: [view.attr('cidr_blocks'), view.attr('ipv6_cidr_blocks')],
      ports: () => awsPorts(view.attr('protocol'), view.attr('from_port'), view.attr('to_port')),
    })),
  );
}

const awsRule = (view: View, type: Value): FirewallRule => ({
  direction: type.is === 'known' && type.value === 'ingress' ? 'ingress' : 'egress',
  peers: type.is === 'known' ? [view.attr('cidr_blocks'), view.attr('ipv6_cidr_blocks')] : [],
  ports: () => awsPorts(view.attr('protocol'), view.attr('from_port'), view.attr('to_port')),
});

const vpcRule = (view: View, direction: FirewallRule['direction']): FirewallRule => ({
  direction,
  peers: [view.attr('cidr_ipv4'), view.attr('cidr_ipv6')],
  ports: () => awsPorts(view.attr('ip_protocol'), view.attr('from_port'), view.attr('to_port')),
});

/** AWS: protocol -1 means every protocol and port; so do the ports 0 to 65535, and -1. */
function awsPorts(protocol: Value, from: Value, to: Value): OpenRule['ports'] {
  if (protocol.is === 'known' && /^(-1|all)$/i.test(String(protocol.value))) return 'all';
  if (from.is !== 'known' || to.is !== 'known' || protocol.is === 'unknown') return 'unknown';
  if (protocol.is === 'known' && /^(icmp|icmpv6|58|1)$/i.test(String(protocol.value))) return [];
  return rangeOf(Number(from.value), Number(to.value));
}

const rangeOf = (from: number, to: number): OpenRule['ports'] => {
  if (!Number.isInteger(from) || !Number.isInteger(to)) return 'unknown';
  return from <= 1 && to >= 65535 ? 'all' : [{ from, to }];
};

function googleRules(resource: Resource): readonly FirewallRule[] {
  const direction = resource.attr('direction');
  const disabled = resource.attr('disabled');
  if (direction.is === 'unknown' || (disabled.is === 'known' && disabled.value === true)) return [];
  const egress = direction.is === 'known' && direction.value === 'EGRESS';
  return resource.items('allow').map((allow) => ({
    direction: egress ? 'egress' : 'ingress',
    peers: [resource.attr(egress ? 'destination_ranges' : 'source_ranges')],
    ports: () => googlePorts(allow),
  }));
}

/** Google: no ports means every port of the protocol. */
function googlePorts(allow: View): OpenRule['ports'] {
  const protocol = allow.attr('protocol');
  const ports = allow.attr('ports');
  if (protocol.is !== 'known' || ports.is === 'unknown') return 'unknown';
  if (/^(icmp|esp|ah|sctp|ipip)$/i.test(String(protocol.value))) return [];
  return ports.is === 'list' && ports.items.length > 0 ? manyRanges(ports.items) : 'all';
}

function manyRanges(items: readonly Value[]): OpenRule['ports'] {
  const ranges: PortRange[] = [];
  for (const item of items) {
    if (item.is !== 'known') return 'unknown';
    const text = String(item.value);
    if (text === '*') return 'all';
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim());
    if (!match?.[1]) return 'unknown';
    const range = rangeOf(Number(match[1]), Number(match[2] ?? match[1]));
    if (typeof range === 'string') return range;
    ranges.push(...range);
  }
  return ranges;
}

function azureRule(view: View): readonly FirewallRule[] {
  const [access, direction] = [view.attr('access'), view.attr('direction')];
  if (access.is !== 'known' || direction.is !== 'known' || String(access.value).toLowerCase() !== 'allow') return [];
  const egress = String(direction.value).toLowerCase() === 'outbound';
  const side = egress ? 'destination' : 'source';
  const many = view.attr('destination_port_ranges');
  const one = view.attr('destination_port_range');
  return [
    {
      direction: egress ? 'egress' : 'ingress',
      peers: [view.attr(`${side}_address_prefix`), view.attr(`${side}_address_prefixes`)],
      ports: () => (one.is === 'known' ? manyRanges([one]) : many.is === 'list' ? manyRanges(many.items) : 'unknown'),
    },
  ];
}

/** A CloudFormation resource's properties. */
const properties = (resource: Resource): View => resource.items('Properties')[0] ?? resource;

const formationRules = (resource: Resource, key: string, direction: FirewallRule['direction']): readonly FirewallRule[] =>
  properties(resource)
    .items(key)
    .map((view) => formationRule(view, direction));

const formationRule = (view: View, direction: FirewallRule['direction']): FirewallRule => ({
  direction,
  peers: [view.attr('CidrIp'), view.attr('CidrIpv6')],
  ports: () => awsPorts(view.attr('IpProtocol'), view.attr('FromPort'), view.attr('ToPort')),
});
