/** An image reference taken apart. `path` is the repository without its registry host, in lower case: what products are recognised by. */
export interface ImageName {
  readonly host?: string;
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Takes a reference apart the way container runtimes do: a first segment with a dot, a colon or `localhost` is a registry host. */
export function parseImage(reference: string): ImageName {
  const [named = '', digest] = reference.trim().split('@', 2);
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  const repository = colon === -1 ? named : named.slice(0, colon);
  const tag = colon === -1 ? undefined : named.slice(colon + 1);
  const [first = '', ...rest] = repository.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return {
    ...(isHost ? { host: first } : {}),
    path: (isHost ? rest.join('/') : repository).toLowerCase(),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** Where an image comes from: host and path. What names no registry comes from Docker Hub, a bare name from its own images. */
export function addressOf({ host, path }: ImageName): string {
  const registry = host === undefined || hub.has(host.toLowerCase()) ? 'docker.io' : host.toLowerCase();
  return registry === 'docker.io' && !path.includes('/') ? `docker.io/library/${path}` : `${registry}/${path}`;
}
/** Other names of Docker Hub. */
const hub = new Set(['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);

/** Bare names that Docker Hub has itself, of those that AI systems run. Source: https://hub.docker.com/u/library */
const official = new Set(
  ['adminer', 'alpine', 'amazonlinux', 'bash', 'busybox', 'caddy', 'cassandra', 'centos', 'clickhouse', 'couchdb', 'debian', 'docker', 'eclipse-temurin', 'elasticsearch', 'fedora',
   'gcc', 'golang', 'haproxy', 'httpd', 'influxdb', 'kibana', 'kong', 'logstash', 'mariadb', 'memcached', 'mongo', 'mongo-express', 'mysql', 'nats', 'neo4j', 'nginx', 'node', 'openjdk',
   'perl', 'php', 'postgres', 'python', 'r-base', 'rabbitmq', 'redis', 'registry', 'rockylinux', 'ruby', 'rust', 'solr', 'telegraf', 'tomcat', 'traefik', 'ubuntu', 'zookeeper'], // prettier-ignore
);

/** False for a bare name that no registry has, such as kubebuilder's `controller`: a tool puts the real image in, or it is built on the spot. */
export const isPullable = ({ host, path }: ImageName): boolean => host !== undefined || path.includes('/') || official.has(path);
