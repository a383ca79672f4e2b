import { embedded } from '../model/embedded.ts';
import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { noYes, setting, text, words, yesNo, type Setting } from './setting.ts';

/** A managed store that retrieval reads from. What a service has no switch for is left out. */
export interface VectorStore {
  readonly resource: Resource;
  readonly noun: string;
  /** Whether it can be reached from the internet. */
  readonly publicNetwork?: Setting<boolean>;
  /** Whether callers have to say who they are. */
  readonly login?: Setting<boolean>;
}

const openAccess = words('restricted', 'open-access');
const named = { ...openAccess, read: (v: string | number | boolean) => String(v) !== 'open-access' };

// Defaults: hashicorp/google, vertex_ai_index_endpoint (public_endpoint_enabled false); OpenSearch Service API reference,
// AdvancedSecurityOptions (off); a MemoryDB cluster has to name an access list.
export const vectorStore = byType<VectorStore>('vector store', {
  aws_opensearchserverless_security_policy: (r) => collectionPolicy(r, setting(r.attr('type'), text), r.attr('policy')),
  'AWS::OpenSearchServerless::SecurityPolicy': (r) =>
    collectionPolicy(r, setting(r.attr('Properties', 'Type'), text), r.attr('Properties', 'Policy')),
  google_vertex_ai_index_endpoint: (r) => [
    { resource: r, noun: 'Vector index endpoint', publicNetwork: setting(r.attr('public_endpoint_enabled'), yesNo, false) },
  ],
  aws_opensearch_domain: (r) => [
    { resource: r, noun: 'OpenSearch domain', login: setting(r.attr('advanced_security_options', 'enabled'), yesNo, false) },
    { resource: r, noun: 'OpenSearch domain', login: setting(r.attr('advanced_security_options', 'anonymous_auth_enabled'), noYes, true) },
  ],
  'AWS::OpenSearchService::Domain': (r) => [
    { resource: r, noun: 'OpenSearch domain', login: setting(r.attr('Properties', 'AdvancedSecurityOptions', 'Enabled'), yesNo, false) },
    {
      resource: r,
      noun: 'OpenSearch domain',
      login: setting(r.attr('Properties', 'AdvancedSecurityOptions', 'AnonymousAuthEnabled'), noYes, true),
    },
  ],
  aws_neptunegraph_graph: (r) => graph(r, r.attr('vector_search_configuration'), r.attr('public_connectivity')),
  'AWS::NeptuneGraph::Graph': (r) =>
    graph(r, r.attr('Properties', 'VectorSearchConfiguration'), r.attr('Properties', 'PublicConnectivity')),
  aws_memorydb_cluster: (r) => [{ resource: r, noun: 'MemoryDB cluster', login: setting(r.attr('acl_name'), named) }],
  'AWS::MemoryDB::Cluster': (r) => [{ resource: r, noun: 'MemoryDB cluster', login: setting(r.attr('Properties', 'ACLName'), named) }],
});

/** A graph is a vector store when it has an index for vectors, which is fixed when it is made. */
const graph = (resource: Resource, index: Located, address: Located): readonly VectorStore[] =>
  index.is === 'absent' ? [] : [{ resource, noun: 'Graph with vectors', publicNetwork: setting(address, yesNo) }];

/** A network policy is a list of rules, in text; each says whether its collections are public. */
function collectionPolicy(resource: Resource, type: Setting<string>, policy: Located): readonly VectorStore[] {
  if (type.is !== 'known' || type.value !== 'network') return [];
  const body = embedded(policy);
  const rules = body.is === 'list' ? body.items : body.is === 'map' ? [body] : [];
  return rules.flatMap((rule, i) => {
    const allow = rule.is === 'map' ? rule.entries.get('AllowFromPublic') : undefined;
    if (!allow) return [];
    const at: Located = { ...allow, of: policy.of, path: [...policy.path, i, 'AllowFromPublic'] };
    return [{ resource, noun: 'Network policy', publicNetwork: setting(at, yesNo) }];
  });
}
