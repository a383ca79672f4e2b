import { embedded } from '../model/embedded.ts';
import type { Key, Located, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { byType } from './by-type.ts';
import { isMissing, setting, textOf, textsOf, words, yesNo, type Setting } from './setting.ts';

/** Something that a store of vectors and documents has to have switched on. */
export interface VectorGuard {
  readonly resource: Resource;
  readonly noun: string;
  readonly is: 'encrypted at rest' | 'encrypted in transit' | 'log-in' | 'private';
  readonly holds: Setting<boolean>;
  /** What its absence means, to follow the resource's name. */
  readonly lacks: string;
}

const encrypted = words('SERVER_AUTHENTICATION', 'DISABLED');
const clusterEncrypted = words('TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION', 'TRANSIT_ENCRYPTION_MODE_DISABLED');
const clusterLogin = words('AUTH_MODE_IAM_AUTH', 'AUTH_MODE_DISABLED');

const atRest = 'keeps what is stored in clear text on disk and in snapshots';
const betweenNodes = 'sends documents and vectors between its nodes in clear text';
const plainHttp = 'also answers over plain HTTP, so that queries, documents and passwords cross the network in clear text';
const plainRedis = 'takes commands in clear text, the password among them';
const anyone = 'lets everything that reaches it read and write, without a password';
const publicAddress = 'has a public address, so that one leaked password is enough from anywhere';

// Defaults: OpenSearch Service API reference, EncryptionAtRestOptions, NodeToNodeEncryptionOptions and DomainEndpointOptions (all off);
// ElastiCache API reference, CreateReplicationGroup (at rest and in transit false for Redis OSS); MemoryDB API reference, CreateCluster
// (TLSEnabled true); RDS API reference, CreateDBInstance (StorageEncrypted false; whether it is public depends on the subnet group when
// nothing is said); hashicorp/google, redis_instance (auth_enabled false, transit_encryption_mode DISABLED), redis_cluster (both DISABLED).
export const vectorGuard = byType<VectorGuard>('protection of a store that retrieval reads from', {
  aws_opensearch_domain: (r) => openSearch(r, (...path) => r.attr(...path.map(snake)), ['encrypt_at_rest', 'enabled']),
  'AWS::OpenSearchService::Domain': (r) =>
    openSearch(r, (...path) => r.attr('Properties', ...path), ['EncryptionAtRestOptions', 'Enabled']),
  aws_elasticache_replication_group: (r) =>
    replication(r, r.attr('at_rest_encryption_enabled'), r.attr('transit_encryption_enabled'), [
      r.attr('auth_token'),
      r.attr('user_group_ids'),
    ]),
  'AWS::ElastiCache::ReplicationGroup': (r) =>
    replication(r, r.attr('Properties', 'AtRestEncryptionEnabled'), r.attr('Properties', 'TransitEncryptionEnabled'), [
      r.attr('Properties', 'AuthToken'),
      r.attr('Properties', 'UserGroupIds'),
    ]),
  aws_memorydb_cluster: (r) => [inTransit(r, 'MemoryDB cluster', setting(r.attr('tls_enabled'), yesNo, true), plainRedis)],
  'AWS::MemoryDB::Cluster': (r) => [inTransit(r, 'MemoryDB cluster', setting(r.attr('Properties', 'TLSEnabled'), yesNo, true), plainRedis)],
  google_redis_instance: (r) => [
    inTransit(r, 'Memorystore instance', setting(r.attr('transit_encryption_mode'), encrypted, false), plainRedis),
    { resource: r, noun: 'Memorystore instance', is: 'log-in', holds: setting(r.attr('auth_enabled'), yesNo, false), lacks: anyone },
  ],
  google_redis_cluster: (r) => [
    inTransit(r, 'Memorystore cluster', setting(r.attr('transit_encryption_mode'), clusterEncrypted, false), plainRedis),
    {
      resource: r,
      noun: 'Memorystore cluster',
      is: 'log-in',
      holds: setting(r.attr('authorization_mode'), clusterLogin, false),
      lacks: anyone,
    },
  ],
  azurerm_redis_cache: (r) => [
    inTransit(
      r,
      'Redis cache',
      setting(r.attr('non_ssl_port_enabled'), { read: (v) => not(yesNo.read(v)), write: (v) => !v }, true),
      plainRedis,
    ),
  ],
  aws_db_instance: (r, world) => database(r, world, r.attr('storage_encrypted'), r.attr('publicly_accessible')),
  aws_rds_cluster: (r, world) => database(r, world, r.attr('storage_encrypted'), undefined),
  aws_rds_cluster_instance: (r, world) => database(r, world, undefined, r.attr('publicly_accessible')),
  'AWS::RDS::DBInstance': (r, world) =>
    database(r, world, r.attr('Properties', 'StorageEncrypted'), r.attr('Properties', 'PubliclyAccessible')),
  'AWS::RDS::DBCluster': (r, world) => database(r, world, r.attr('Properties', 'StorageEncrypted'), undefined),
});

const not = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);
const snake = (key: Key): Key => names.get(String(key)) ?? key;
const names: ReadonlyMap<string, string> = new Map([
  ['NodeToNodeEncryptionOptions', 'node_to_node_encryption'],
  ['DomainEndpointOptions', 'domain_endpoint_options'],
  ['Enabled', 'enabled'],
  ['EnforceHTTPS', 'enforce_https'],
]);

const inTransit = (resource: Resource, noun: string, holds: Setting<boolean>, lacks: string): VectorGuard => ({
  resource,
  noun,
  is: 'encrypted in transit',
  holds,
  lacks,
});

type Attr = (...path: readonly Key[]) => Located;

function openSearch(resource: Resource, attr: Attr, rest: readonly string[]): readonly VectorGuard[] {
  const noun = 'OpenSearch domain';
  const restAt = resource.type.startsWith('AWS::') ? attr(...rest) : resource.attr(...rest);
  // OpenSearch takes plain HTTP unless told not to; Terraform's provider tells it not to in every block that leaves it open. Source:
  // hashicorp/aws, opensearch_domain, enforce_https.
  const httpsByDefault = resource.dialect === 'terraform' && attr('DomainEndpointOptions').is !== 'absent';
  return [
    { resource, noun, is: 'encrypted at rest', holds: setting(restAt, yesNo, false), lacks: atRest },
    inTransit(resource, noun, setting(attr('NodeToNodeEncryptionOptions', 'Enabled'), yesNo, false), betweenNodes),
    inTransit(resource, noun, setting(attr('DomainEndpointOptions', 'EnforceHTTPS'), yesNo, httpsByDefault), plainHttp),
  ];
}

/** Groups that belong to a global one, or come from a snapshot, take their settings from there. */
function replication(resource: Resource, rest: Located, transit: Located, logins: readonly Located[]): readonly VectorGuard[] {
  const noun = 'ElastiCache group';
  const global =
    resource.dialect === 'terraform'
      ? resource.attr('global_replication_group_id')
      : resource.attr('Properties', 'GlobalReplicationGroupId');
  if (global.is !== 'absent') return [];
  const engine = textOf(resource.attr('engine')) ?? textOf(resource.attr('Properties', 'Engine'));
  // Valkey is encrypted at rest and in transit unless it is told not to be.
  const byDefault = engine === 'valkey';
  const [token, groups] = logins;
  const login = [token, groups].every((value) => value !== undefined && isMissing(value)) ? token : undefined;
  return [
    { resource, noun, is: 'encrypted at rest', holds: setting(rest, yesNo, byDefault), lacks: atRest },
    inTransit(resource, noun, setting(transit, yesNo, byDefault), plainRedis),
    ...(login ? [{ resource, noun, is: 'log-in' as const, holds: setting(login, yesNo, false), lacks: anyone }] : []),
  ];
}

/** A PostgreSQL database of an AI system (pgvector, an experiment tracker's store). Members of a cluster and copies take their encryption from it. */
function database(resource: Resource, world: World, rest: Located | undefined, address: Located | undefined): readonly VectorGuard[] {
  const engine = textOf(resource.attr('engine')) ?? textOf(resource.attr('Properties', 'Engine')) ?? '';
  if (!engine.includes('postgres') || !servesAi(resource, world)) return [];
  const noun = 'PostgreSQL database';
  const copied = [
    'replicate_source_db',
    'snapshot_identifier',
    'replication_source_identifier',
    'global_cluster_identifier',
    'cluster_identifier',
  ].some((key) => resource.attr(key).is !== 'absent' && !(key === 'cluster_identifier' && resource.type === 'aws_rds_cluster'));
  const copiedThere = [
    'SourceDBInstanceIdentifier',
    'DBSnapshotIdentifier',
    'SnapshotIdentifier',
    'DBClusterIdentifier',
    'SourceDBClusterIdentifier',
  ].some(
    (key) =>
      resource.attr('Properties', key).is !== 'absent' && !(key === 'DBClusterIdentifier' && resource.type === 'AWS::RDS::DBCluster'),
  );
  // A cluster of Aurora Serverless v1 is always encrypted. Source: hashicorp/aws, rds_cluster, storage_encrypted.
  const mode = textOf(resource.attr('engine_mode')) ?? textOf(resource.attr('Properties', 'EngineMode'));
  return [
    ...(rest && !copied && !copiedThere
      ? [{ resource, noun, is: 'encrypted at rest' as const, holds: setting(rest, yesNo, mode === 'serverless'), lacks: atRest }]
      : []),
    ...(address
      ? [
          {
            resource,
            noun,
            is: 'private' as const,
            holds: setting(address, { read: (v) => not(yesNo.read(v)), write: (v) => !v }),
            lacks: publicAddress,
          },
        ]
      : []),
  ];
}

const vectorWords = /vector|embedding|knowledge.?base|(?:^|[-_])rag(?:[-_]|$)|mlflow|langfuse/i;

/** A database is one for an AI system by its name, or because a knowledge base stores in it or in its cluster. */
function servesAi(resource: Resource, world: World): boolean {
  const given = ['identifier', 'cluster_identifier', 'db_name', 'database_name'].map((key) => textOf(resource.attr(key)));
  const there = ['DBInstanceIdentifier', 'DBName', 'DBClusterIdentifier', 'DatabaseName'].map((key) =>
    textOf(resource.attr('Properties', key)),
  );
  if ([resource.name, ...given, ...there].some((text) => text !== undefined && vectorWords.test(text))) return true;
  const clusters = world.graph
    .dependencies(resource)
    .filter((near) => near.type === 'aws_rds_cluster' || near.type === 'AWS::RDS::DBCluster');
  return [resource, ...clusters]
    .flatMap((near) => world.graph.dependents(near))
    .some((user) => /bedrockagent_knowledge_base|Bedrock::KnowledgeBase/.test(user.type));
}

/** One rule of a data access policy of OpenSearch Serverless: what somebody may do with collections and indexes. */
export interface DataGrant {
  readonly resource: Resource;
  readonly at: Located;
  readonly permissions: readonly string[];
  readonly resources: readonly string[];
}

export const dataGrant = byType<DataGrant>('data access to a vector collection', {
  aws_opensearchserverless_access_policy: (r) => grants(r, r.attr('policy')),
  'AWS::OpenSearchServerless::AccessPolicy': (r) => grants(r, r.attr('Properties', 'Policy')),
});

function grants(resource: Resource, policy: Located): readonly DataGrant[] {
  const body = embedded(policy);
  const statements = body.is === 'list' ? body.items : [body];
  return statements.flatMap((statement, i) => {
    const rules = childOf(statement, 'Rules');
    if (rules?.is !== 'list') return [];
    return rules.items.flatMap((rule, j) => {
      const permission = childOf(rule, 'Permission');
      const named = childOf(rule, 'Resource');
      if (!permission || !named) return [];
      const at: Located = { ...permission, of: resource, path: [...policy.path, i, 'Rules', j, 'Permission'] };
      return [{ resource, at, permissions: textsOf(permission).texts, resources: textsOf(named).texts }];
    });
  });
}

const childOf = (value: Value, key: string): Value | undefined => (value.is === 'map' ? value.entries.get(key) : undefined);
