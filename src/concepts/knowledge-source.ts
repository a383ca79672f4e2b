import { embedded } from '../model/embedded.ts';
import type { Key, Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { isMissing, setting, text, yesNo, type Setting } from './setting.ts';

/** Where a knowledge base takes its documents from. */
export interface KnowledgeSource {
  readonly resource: Resource;
  /** What becomes of the vectors when the source is deleted: `DELETE` or `RETAIN`. */
  readonly afterwards: Setting<string>;
  /** How far a web crawler may go: `HOST_ONLY`, `SUBDOMAINS`; undefined for what is no web crawler. */
  readonly reach?: Setting<string>;
  /** Whether patterns say which addresses are taken. */
  readonly filtered: boolean;
  /** Where a web crawler starts. */
  readonly seeds: readonly Located[];
}

export const knowledgeSource = byType<KnowledgeSource>('source of a knowledge base', {
  aws_bedrockagent_data_source: (resource) => {
    const web = (...path: readonly Key[]): readonly Key[] => ['data_source_configuration', 'web_configuration', ...path];
    return [
      {
        resource,
        afterwards: setting(resource.attr('data_deletion_policy'), text),
        ...(resource.attr(...web()).is === 'absent'
          ? {}
          : { reach: setting(resource.attr(...web('crawler_configuration', 'scope')), text) }),
        filtered: !isMissing(resource.attr(...web('crawler_configuration', 'inclusion_filters'))),
        seeds: resource.items(...web('source_configuration', 'url_configuration', 'seed_urls')).map((seed) => seed.attr('url')),
      },
    ];
  },
  'AWS::Bedrock::DataSource': (resource) => {
    const web = (...path: readonly Key[]): readonly Key[] => ['Properties', 'DataSourceConfiguration', 'WebConfiguration', ...path];
    return [
      {
        resource,
        afterwards: setting(resource.attr('Properties', 'DataDeletionPolicy'), text),
        ...(resource.attr(...web()).is === 'absent'
          ? {}
          : { reach: setting(resource.attr(...web('CrawlerConfiguration', 'Scope')), text) }),
        filtered: !isMissing(resource.attr(...web('CrawlerConfiguration', 'InclusionFilters'))),
        seeds: resource.items(...web('SourceConfiguration', 'UrlConfiguration', 'SeedUrls')).map((seed) => seed.attr('Url')),
      },
    ];
  },
});

/** The key of a vector store, where it is said to be one of the cloud's own. */
export interface VectorKey {
  readonly resource: Resource;
  readonly noun: string;
  readonly ownedByCloud: Setting<boolean>;
}

const plainEncryption = { read: (v: string | number | boolean) => v === 'AES256', write: (v: boolean) => (v ? 'AES256' : 'aws:kms') };

export const vectorKey = byType<VectorKey>('key of a vector store', {
  aws_opensearchserverless_security_policy: (r) => encryptionPolicy(r, r.attr('type'), r.attr('policy')),
  'AWS::OpenSearchServerless::SecurityPolicy': (r) => encryptionPolicy(r, r.attr('Properties', 'Type'), r.attr('Properties', 'Policy')),
  'AWS::OpenSearchServerless::Collection': (r) => [
    { resource: r, noun: 'Collection', ownedByCloud: setting(r.attr('Properties', 'EncryptionConfig', 'AWSOwnedKey'), yesNo) },
  ],
  aws_s3vectors_vector_bucket: (r) => [
    { resource: r, noun: 'Vector bucket', ownedByCloud: setting(r.attr('encryption_configuration', 'sse_type'), plainEncryption) },
  ],
  'AWS::S3Vectors::VectorBucket': (r) => [
    {
      resource: r,
      noun: 'Vector bucket',
      ownedByCloud: setting(r.attr('Properties', 'EncryptionConfiguration', 'SseType'), plainEncryption),
    },
  ],
});

/** An encryption policy is one object, in text, that names collections and a key. */
function encryptionPolicy(resource: Resource, type: Located, policy: Located): readonly VectorKey[] {
  if (type.is !== 'known' || type.value !== 'encryption') return [];
  const body = embedded(policy);
  const owned = body.is === 'map' ? body.entries.get('AWSOwnedKey') : undefined;
  if (!owned) return [];
  const at: Located = { ...owned, of: resource, path: [...policy.path, 'AWSOwnedKey'] };
  return [{ resource, noun: 'Encryption policy', ownedByCloud: setting(at, yesNo) }];
}

/** The oldest version of TLS that a search domain speaks. */
export interface SearchTls {
  readonly resource: Resource;
  readonly policy: Setting<string>;
}

export const searchTls = byType<SearchTls>('TLS of a search domain', {
  aws_opensearch_domain: (r) => [{ resource: r, policy: setting(r.attr('domain_endpoint_options', 'tls_security_policy'), text) }],
  'AWS::OpenSearchService::Domain': (r) => [
    { resource: r, policy: setting(r.attr('Properties', 'DomainEndpointOptions', 'TLSSecurityPolicy'), text) },
  ],
});
