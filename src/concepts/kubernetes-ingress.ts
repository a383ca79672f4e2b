import type { Concept } from '../engine/rule.ts';
import type { Key, Located, Resource, View } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { aiPod, aiWorkload, type AiEvidence } from './ai-workload.ts';
import { aiPart, isFromValues, parts } from './helm-values.ts';
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
    if (ai) yield describe(resource, view.path.join('.'), ai, enabled, view.attr('annotations'), view.attr('tls'));
  }
}

/** Names that only the machine of whoever tries it out knows. Charts write `host`, or a list of `hosts` with one each. */
const ownMachine = /(?:^|\.)(?:localhost|minikube\.local|kind\.local|127\.0\.0\.1\.nip\.io)$/;

function onOneMachine(rules: readonly View[]): boolean {
  const hosts = rules.flatMap((rule) => textOf(rule.attr('host')) ?? []);
  return hosts.length > 0 && hosts.every((host) => ownMachine.test(host));
}

function describe(of: Resource, name: string, ai: AiEvidence, header: View | Located, annotations: Located, tls: Located): AiIngress {
  const says = (key: string): Value | undefined => (annotations.is === 'map' ? annotations.entries.get(key) : undefined);
  const openMap = annotations.is === 'unknown' || (annotations.is === 'map' && annotations.open === true) || isFromValues(annotations);
  return {
    of,
    name,
    ai,
    header,
    tlsAt: tls,
    ...scheme(says, of, annotations, openMap),
    authenticated: authenticated(annotations, openMap),
    tls: encrypted(tls, says, openMap),
  };
}

type Says = (key: string) => Value | undefined;
const albScheme = 'alb.ingress.kubernetes.io/scheme';

function scheme(says: Says, of: Resource, annotations: Located, open: boolean): Pick<AiIngress, 'reach' | 'publicAt'> {
  const alb = says(albScheme);
  if (alb?.is === 'known') {
    const at: Located = { ...alb, of, path: [...annotations.path, albScheme] satisfies readonly Key[] };
    return alb.value === 'internet-facing' ? { reach: 'internet', publicAt: at } : { reach: 'internal', publicAt: undefined };
  }
  const gce = says('kubernetes.io/ingress.class');
  if (gce?.is === 'known' && gce.value === 'gce-internal') return { reach: 'internal', publicAt: undefined };
  const azure = says('appgw.ingress.kubernetes.io/use-private-ip');
  if (azure?.is === 'known' && String(azure.value) === 'true') return { reach: 'internal', publicAt: undefined };
  return { reach: open ? 'unknown' : 'not said', publicAt: undefined };
}

/** Annotations that put a log-in, a client certificate or a list of callers in front. Source: the ingress controllers' documentation. */
const guards =
  /^(nginx\.ingress\.kubernetes\.io\/(auth-url|auth-type|auth-tls-secret|auth-signin|whitelist-source-range)|nginx\.org\/(basic-auth-secret|jwt-key)|alb\.ingress\.kubernetes\.io\/(auth-type|inbound-cidrs|mutual-authentication|wafv2-acl-arn)|haproxy\.org\/(auth-type|whitelist|allow-list)|ingress\.kubernetes\.io\/auth-.*|appgw\.ingress\.kubernetes\.io\/.*auth.*)$/;
/** Annotations that can hold one, by naming another object. */
const mayGuard =
  /^(traefik\.ingress\.kubernetes\.io\/router\.middlewares|konghq\.com\/plugins|beta\.cloud\.google\.com\/backend-config|cloud\.google\.com\/(backend-config|armor-config)|nginx\.ingress\.kubernetes\.io\/(configuration-snippet|server-snippet)|projectcontour\.io\/.*|gateway\..*)$/;

function authenticated(annotations: Located, open: boolean): AiIngress['authenticated'] {
  if (open) return 'unknown';
  if (annotations.is !== 'map') return 'no';
  const keys = [...annotations.entries.keys()];
  if (keys.some((key) => guards.test(key))) return 'yes';
  return keys.some((key) => mayGuard.test(key)) ? 'unknown' : 'no';
}

/** Annotations that bring a certificate without a `tls` block. */
const certificates = [
  'alb.ingress.kubernetes.io/certificate-arn',
  'networking.gke.io/managed-certificates',
  'ingress.gcp.kubernetes.io/pre-shared-cert',
  'networking.gke.io/v1beta1.FrontendConfig',
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
];

function encrypted(tls: Located, says: Says, open: boolean): AiIngress['tls'] {
  if (certificates.some((key) => says(key) !== undefined)) return 'yes';
  const ports = says('alb.ingress.kubernetes.io/listen-ports');
  if (ports?.is === 'known' && String(ports.value).includes('HTTPS')) return 'yes';
  if (tls.is === 'unknown' || open || isFromValues(tls)) return 'unknown';
  if (tls.is === 'list') return tls.items.length > 0 ? 'yes' : 'no';
  if (tls.is === 'map') {
    const enabled = tls.entries.get('enabled');
    return enabled?.is === 'known' && enabled.value === false ? 'no' : 'yes';
  }
  return tls.is === 'known' && tls.value === true ? 'yes' : 'no';
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
