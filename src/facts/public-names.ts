/** Top-level domains by which a host is taken for a public one. A service of a cluster, `name.namespace`, looks like a domain of two parts. */
export const publicSuffixes = 'com|net|org|io|ai|dev|co|cloud|edu|gov|app|eu|de|fr|uk|cn|jp|tech|xyz';

const publicName = new RegExp(String.raw`\.(?:${publicSuffixes})$`);

/** Whether a host, without scheme, port and path, ends like a public name. */
export const isPublicName = (host: string): boolean => publicName.test(host);

/** One name, `name.namespace`, or a name under `svc`. */
const ofCluster = /^(?:[\w-]+(?:\.[\w-]+)?|.+\.svc(?:\.[\w.-]+)?)$/;

/** Whether a host is a service of the cluster. */
export const isClusterName = (host: string): boolean => ofCluster.test(host) && !isPublicName(host);

/** Private suffixes and addresses. Source of the latter: RFC 1918. */
const inPrivate = /\.(?:local|internal|lan|intra|corp)$|^localhost$|^127\.|^10\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\./;

/** Whether a host is only reached inside a cluster or a private network. */
export const isInside = (host: string): boolean => isClusterName(host) || (inPrivate.test(host) && !isPublicName(host));
