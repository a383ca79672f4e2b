import type { Located, Resource, View } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { byType } from './by-type.ts';
import { behindServices } from './kubernetes-ingress.ts';
import { textOf } from './setting.ts';

/** A Gateway that leads to an AI service and takes requests in plain HTTP alone. */
export interface PlainGateway {
  readonly of: Resource;
  /** The protocol of its first listener. */
  readonly at: Located;
  readonly route: string;
  /** What it leads to, in words. */
  readonly what: string;
  readonly reach: 'internet' | 'internal' | 'not said';
}

const group = 'gateway.networking.k8s.io/';

// Sources: Gateway API, Gateway and HTTPRoute; the classes' names: GKE, "GatewayClass capabilities"; Azure, "Application Gateway for Containers".
export const plainGateway = byType<PlainGateway>('Gateway without TLS in front of an AI service', {
  Gateway: (resource, world) => {
    if (!resource.address.startsWith(group)) return [];
    const [spec] = resource.items('spec');
    const listeners = resource.items('spec', 'listeners');
    const protocols = listeners.map((listener) => listener.attr('protocol'));
    const [at] = protocols;
    if (!spec || !at || !protocols.every((protocol) => textOf(protocol) === 'HTTP') || endsElsewhere(spec)) return [];
    for (const route of routesOf(resource, world)) {
      const what = behindRoute(route, world);
      if (what !== undefined) return [{ of: resource, at, route: route.name, what, reach: reachOf(spec) }];
    }
    return [];
  },
});

/** Routes that name the Gateway and hand requests on: one that only redirects leads nowhere. */
const routesOf = (gateway: Resource, world: World): readonly Resource[] =>
  world.resources.filter((other) => {
    if (!/^(?:HTTP|GRPC)Route$/.test(other.type) || !other.address.startsWith(group)) return false;
    const [mine, its] = [gateway, other].map((one) => textOf(one.attr('metadata', 'namespace')));
    return other.items('spec', 'parentRefs').some((parent) => {
      const namespace = textOf(parent.attr('namespace')) ?? its;
      return textOf(parent.attr('name')) === gateway.name && (namespace === undefined || mine === undefined || namespace === mine);
    });
  });

/** Paths of OpenAI's API, which the servers and gateways of models speak. */
const modelApi = /^\/v1\/(?:(?:chat\/)?completions|embeddings|responses)\/?$/;

function behindRoute(route: Resource, world: World): string | undefined {
  const backends = route.items('spec', 'rules').flatMap((rule) => rule.items('backendRefs'));
  const pool = backends.find((backend) => textOf(backend.attr('kind')) === 'InferencePool');
  if (pool) return `the inference pool \`${textOf(pool.attr('name')) ?? ''}\``;
  const path = route
    .items('spec', 'rules')
    .flatMap((rule) => rule.items('matches').map((match) => textOf(match.attr('path', 'value')) ?? ''))
    .find((text) => modelApi.test(text));
  if (path !== undefined) return `the model API under \`${path}\``;
  const services = backends.filter((backend) => ['Service', undefined].includes(textOf(backend.attr('kind'))));
  return behindServices(
    services.flatMap((backend) => textOf(backend.attr('name')) ?? []),
    world,
  )?.what;
}

/** A certificate or more settings that stand with the infrastructure of the Gateway. */
function endsElsewhere(spec: View): boolean {
  const annotations = spec.attr('infrastructure', 'annotations');
  if (annotations.is === 'unknown' || spec.attr('infrastructure', 'parametersRef').is !== 'absent') return true;
  return (
    annotations.is === 'map' && (annotations.open === true || [...annotations.entries.keys()].some((key) => /cert|tls|ssl/i.test(key)))
  );
}

function reachOf(spec: View): PlainGateway['reach'] {
  const name = textOf(spec.attr('gatewayClassName')) ?? '';
  const annotations = spec.attr('infrastructure', 'annotations');
  const says = annotations.is === 'map' ? [...annotations.entries].map(([key, value]) => `${key}=${textOf(value) ?? ''}`) : [];
  if (/rilb|internal|lattice|mesh/.test(name) || says.some((line) => /internal(?:=true)?$/.test(line))) return 'internal';
  return name.includes('external') ? 'internet' : 'not said';
}
