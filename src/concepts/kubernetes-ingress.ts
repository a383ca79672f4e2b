import type { Concept } from '../engine/rule.ts';
import type { Located, Resource, View } from '../model/resource.ts';
import { absent } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { aiPod, aiWorkload, type AiEvidence } from './ai-workload.ts';
import { loginBehind } from './chart-install-login.ts';
import { aiPart, parts } from './helm-values.ts';
import { allowHttp, answersPlainToo, encrypted, ingressAccess, isInternalClass, ownMachine } from './ingress-annotations.ts';
import { podsSelectedBy } from './kubernetes-service.ts';
import { textOf } from './setting.ts';

/** An Ingress that leads to an AI workload. */
export interface AiIngress {
  readonly of: Resource;
  readonly name: string;
  readonly ai: AiEvidence;
  /** The Ingress, or the switch of the values that makes it. */
  readonly header: View | Located;
  /** The annotation that makes it internet-facing, where one says so. */
  readonly publicAt: Located | undefined;
  readonly reach: 'internet' | 'internal' | 'not said' | 'unknown';
  readonly authenticated: 'yes' | 'no' | 'unknown';
  readonly tls: 'yes' | 'no' | 'unknown';
  readonly tlsAt: Located;
  /** Where plain HTTP can be switched off that is served beside TLS. */
  readonly plainToo: Located | undefined;
  /** The switch of a well-known chart, whose log-in is known to be off. */
  readonly ofChart: boolean;
}

export const aiIngress: Concept<AiIngress> = {
  name: 'Ingress in front of an AI workload',
  sees: (type, dialect) => dialect !== 'terraform' || type === 'kubernetes_ingress_v1',
  *view(resource, world) {
    if (resource.type === 'Ingress' && resource.dialect === 'kubernetes') yield* ofIngress(resource, world);
    if (resource.type === 'kubernetes_ingress_v1') yield* ofIngress(resource, world);
    if (resource.dialect === 'helm-values') yield* inValues(resource, world);
  },
};

function* ofIngress(resource: Resource, world: World): Generator<AiIngress> {
  const ai = behind(resource, world);
  if (!ai || onOneMachine(resource.items('spec', resource.dialect === 'terraform' ? 'rule' : 'rules'))) return;
  const annotations = resource.attr('metadata', 'annotations');
  const [header] = resource.items();
  if (header) yield describe(resource, resource.name, ai, header, annotations, resource.attr('spec', 'tls'));
}

/** `ingress: {enabled: true, annotations, tls}`. */
function* inValues(resource: Resource, world: World): Generator<AiIngress> {
  for (const view of parts(resource)) {
    if (view.path.at(-1) !== 'ingress') continue;
    const enabled = view.attr('enabled');
    if (enabled.is !== 'known' || enabled.value !== true || onOneMachine([view, ...view.items('hosts')])) continue;
    const [around] = resource.items(...view.path.slice(0, -1));
    const ai = around && aiPart(around, world);
    if (!ai) continue;
    const found = describe(resource, view.path.join('.'), ai, enabled, view.attr('annotations'), view.attr('tls'));
    const className = ['className', 'ingressClassName', 'class'].map((key) => view.attr(key)).find((value) => value.is === 'known');
    const login = loginBehind(enabled, world);
    yield {
      ...found,
      ...(className && found.reach === 'not said' && isInternalClass(className) ? { reach: 'internal' } : {}),
      authenticated: login === 'yes' ? 'yes' : login === 'maybe' && found.authenticated === 'no' ? 'unknown' : found.authenticated,
      ofChart: login === 'no',
    };
  }
}

function onOneMachine(rules: readonly View[]): boolean {
  const hosts = rules.flatMap((rule) => textOf(rule.attr('host')) ?? []);
  return hosts.length > 0 && hosts.every((host) => ownMachine.test(host));
}

function describe(of: Resource, name: string, ai: AiEvidence, header: View | Located, annotations: Located, tls: Located): AiIngress {
  const plainToo: Located = { ...absent(annotations.origins), of, path: [...annotations.path, allowHttp] };
  return {
    of,
    name,
    ai,
    header,
    tlsAt: tls,
    plainToo: answersPlainToo(annotations) ? plainToo : undefined,
    ofChart: false,
    ...ingressAccess(of, annotations),
    tls: encrypted(tls, annotations),
  };
}

const behind = (resource: Resource, world: World): AiEvidence | undefined =>
  behindServices(backends(resource), world) ?? aiWorkload(resource);

/** The AI workload behind the first Service that leads to one: through its pods, or by its name. */
export function behindServices(names: readonly string[], world: World): AiEvidence | undefined {
  for (const name of names) {
    const service = world.resources.find(
      (other) => (other.type === 'Service' || other.type === 'kubernetes_service_v1') && other.name === name,
    );
    if (!service) continue;
    const selector = service.attr('spec', 'selector');
    for (const pod of podsSelectedBy(service, selector, world)) {
      const evidence = aiPod(pod);
      if (evidence) return evidence;
    }
    const evidence = aiWorkload(service);
    if (evidence) return evidence;
  }
  const named = names.find((name) => aiName.test(name));
  return named === undefined ? undefined : { role: 'model server', what: `the service ${named}`, why: `it leads to ${named}` };
}

const aiName =
  /(^|-)(vllm|triton|tgi|llm|nim|ollama|torchserve|inference|model-server|mlflow|jupyter|jupyterhub|ray|qdrant|weaviate|milvus|chroma|open-webui|litellm|langflow|langfuse|embedding|rag)(-|$)/;

function backends(resource: Resource): readonly string[] {
  const terraform = resource.dialect === 'terraform';
  const rules = resource
    .items('spec', terraform ? 'rule' : 'rules')
    .flatMap((rule) => rule.items('http', ...(terraform ? ['path'] : ['paths'])));
  const views = [
    ...rules.map((path) => path.attr('backend', 'service', 'name')),
    ...rules.map((path) => path.attr('backend', 'serviceName')),
    resource.attr('spec', terraform ? 'default_backend' : 'defaultBackend', 'service', 'name'),
  ];
  return views.flatMap((value) => (value.is === 'known' ? [String(value.value)] : []));
}
