import type { Concept } from '../engine/rule.ts';
import type { Key, Located, Resource, View } from '../model/resource.ts';
import type { World } from '../model/world.ts';

/** A listener that passes requests from the internet on in plain HTTP. One that only redirects to HTTPS is none. */
export interface PlainListener {
  readonly of: Resource;
  readonly balancer: Resource;
  /** Where `HTTP` is written. */
  readonly protocol: Located;
}

/** How a dialect spells a listener and its load balancer. Defaults: a load balancer is internet-facing unless it says otherwise. */
interface Spelling {
  readonly inside: readonly Key[];
  readonly protocol: string;
  readonly actions: string;
  readonly action: string;
  readonly balancers: RegExp;
  readonly isPublic: (balancer: Resource) => boolean;
}

const terraform: Spelling = {
  inside: [],
  protocol: 'protocol',
  actions: 'default_action',
  action: 'type',
  balancers: /^aws_a?lb$/,
  isPublic: (balancer) => saysNo(balancer.attr('internal'), 'true'),
};
const cloudformation: Spelling = {
  inside: ['Properties'],
  protocol: 'Protocol',
  actions: 'DefaultActions',
  action: 'Type',
  balancers: /^AWS::ElasticLoadBalancingV2::LoadBalancer$/,
  isPublic: (balancer) => saysNo(balancer.attr('Properties', 'Scheme'), 'internal'),
};
const spellings: ReadonlyMap<string, Spelling> = new Map([
  ['aws_lb_listener', terraform],
  ['aws_alb_listener', terraform],
  ['AWS::ElasticLoadBalancingV2::Listener', cloudformation],
]);

export const plainListener: Concept<PlainListener> = {
  name: 'listener for plain HTTP from the internet',
  sees: (type) => spellings.has(type),
  *view(resource, world) {
    const spelling = spellings.get(resource.type);
    if (!spelling) return;
    const protocol = resource.attr(...spelling.inside, spelling.protocol);
    if (protocol.is !== 'known' || String(protocol.value).toUpperCase() !== 'HTTP') return;
    const actions = resource.items(...spelling.inside, spelling.actions);
    if (actions.length === 0 || actions.some((action) => !forwards(action, spelling.action))) return;
    const balancer = balancerOf(resource, spelling, world);
    if (balancer && spelling.isPublic(balancer)) yield { of: resource, balancer, protocol };
  },
};

const forwards = (action: View, key: string): boolean => {
  const type = action.attr(key);
  return type.is === 'known' && type.value === 'forward';
};

const balancerOf = (listener: Resource, { balancers }: Spelling, world: World): Resource | undefined =>
  [...world.graph.dependencies(listener)].find((other) => balancers.test(other.type));

/** True when a value is absent or known to be something else; unknown is neither. */
const saysNo = (value: Located, yes: string): boolean => value.is === 'absent' || (value.is === 'known' && String(value.value) !== yes);
