import type { Key, Located, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { isFromValues } from './helm-values.ts';

/** Who may reach an Ingress, as its annotations say it. */
export interface IngressAccess {
  /** The annotation that makes it internet-facing, where one says so. */
  readonly publicAt: Located | undefined;
  readonly reach: 'internet' | 'internal' | 'not said' | 'unknown';
  readonly authenticated: 'yes' | 'no' | 'unknown';
}

export function ingressAccess(of: Resource, annotations: Located): IngressAccess {
  const open = isOpen(annotations);
  return { ...scheme(saying(annotations), of, annotations, open), authenticated: authenticated(annotations, open) };
}

type Says = (key: string) => Value | undefined;
const saying =
  (annotations: Located): Says =>
  (key) =>
    annotations.is === 'map' ? annotations.entries.get(key) : undefined;
const isOpen = (annotations: Located): boolean =>
  annotations.is === 'unknown' || (annotations.is === 'map' && annotations.open === true) || isFromValues(annotations);

/** Names that only the machine of whoever tries it out knows. */
export const ownMachine = /(?:^|\.)(?:localhost|minikube\.local|kind\.local|127\.0\.0\.1\.nip\.io)$/;

/** `gce-internal`, `nginx-private`: how teams call the controller that listens inside the network. */
export const isInternalClass = (name: Value): boolean =>
  name.is === 'known' && /(?:^|[-_])(?:internal|private)(?:$|[-_])/.test(String(name.value));

const albScheme = 'alb.ingress.kubernetes.io/scheme';

function scheme(says: Says, of: Resource, annotations: Located, open: boolean): Pick<IngressAccess, 'reach' | 'publicAt'> {
  const alb = says(albScheme);
  if (alb?.is === 'known') {
    const at: Located = { ...alb, of, path: [...annotations.path, albScheme] satisfies readonly Key[] };
    return alb.value === 'internet-facing' ? { reach: 'internet', publicAt: at } : { reach: 'internal', publicAt: undefined };
  }
  const named = says('kubernetes.io/ingress.class');
  if (named && isInternalClass(named)) return { reach: 'internal', publicAt: undefined };
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

function authenticated(annotations: Located, open: boolean): IngressAccess['authenticated'] {
  if (open) return 'unknown';
  if (annotations.is !== 'map') return 'no';
  const keys = [...annotations.entries.keys()];
  if (keys.some((key) => guards.test(key))) return 'yes';
  return keys.some((key) => mayGuard.test(key)) ? 'unknown' : 'no';
}

/**
 * Whether GKE's load balancer has a certificate and goes on answering on port 80, as it does until it is told otherwise. Source: GKE's
 * documentation, "Set up an external Application Load Balancer with Ingress", disabling HTTP and HTTP to HTTPS redirects.
 */
export function answersPlainToo(annotations: Located): boolean {
  const says = saying(annotations);
  const certificate = says('networking.gke.io/managed-certificates') ?? says('ingress.gcp.kubernetes.io/pre-shared-cert');
  if (isOpen(annotations) || !certificate) return false;
  return says(allowHttp) === undefined && says('networking.gke.io/v1beta1.FrontendConfig') === undefined;
}
export const allowHttp = 'kubernetes.io/ingress.allow-http';

/** Annotations that bring a certificate without a `tls` block. */
const certificates = [
  'alb.ingress.kubernetes.io/certificate-arn',
  'networking.gke.io/managed-certificates',
  'ingress.gcp.kubernetes.io/pre-shared-cert',
  'networking.gke.io/v1beta1.FrontendConfig',
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
];

export function encrypted(tls: Located, annotations: Located): 'yes' | 'no' | 'unknown' {
  const says = saying(annotations);
  if (certificates.some((key) => says(key) !== undefined)) return 'yes';
  const ports = says('alb.ingress.kubernetes.io/listen-ports');
  if (ports?.is === 'known' && String(ports.value).includes('HTTPS')) return 'yes';
  if (tls.is === 'unknown' || isOpen(annotations) || isFromValues(tls)) return 'unknown';
  if (tls.is === 'list') return tls.items.length > 0 ? 'yes' : 'no';
  if (tls.is === 'map') {
    const enabled = tls.entries.get('enabled');
    return enabled?.is === 'known' && enabled.value === false ? 'no' : 'yes';
  }
  return tls.is === 'known' && tls.value === true ? 'yes' : 'no';
}
