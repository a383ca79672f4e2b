import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { byType } from './by-type.ts';
import { isMissing, noYes, setting, textsOf, yesNo, type Setting } from './setting.ts';

/** A database on Azure that is used to search vectors, by whether it also takes shared keys. */
export interface VectorAccount {
  readonly of: Resource;
  readonly noun: string;
  readonly keys: Setting<boolean>;
}

// Defaults: hashicorp/azurerm, cosmosdb_account (keys are taken unless local authentication is disabled), managed_redis
// (access_keys_authentication_enabled false).
export const vectorAccount = byType<VectorAccount>('account that searches vectors', {
  azurerm_cosmosdb_account: (of) => {
    const newer = of.attr('local_authentication_enabled');
    const older = of.attr('local_authentication_disabled');
    const keys = newer.is === 'absent' ? setting(older, noYes, true) : setting(newer, yesNo);
    return names(of, 'capabilities').includes('EnableNoSQLVectorSearch') ? [{ of, noun: 'Cosmos DB account', keys }] : [];
  },
  azurerm_managed_redis: (of) =>
    names(of, 'default_database', 'module').includes('RediSearch')
      ? [{ of, noun: 'Managed Redis', keys: setting(of.attr('default_database', 'access_keys_authentication_enabled'), yesNo, false) }]
      : [],
});

const names = (of: Resource, ...path: readonly string[]): readonly string[] =>
  of.items(...path).flatMap((view) => textsOf(view.attr('name')).texts);

/** An index of Vertex AI Vector Search where it is served. */
export interface DeployedIndex {
  readonly of: Resource;
  readonly login: Located;
  /** The endpoint that it is served from, when that is one in a peered network, which asks for no credentials by itself. */
  readonly endpoint: Resource | undefined;
}

export const deployedIndex = byType<DeployedIndex>('deployed vector index', {
  google_vertex_ai_index_endpoint_deployed_index: (of, world) => [
    { of, login: of.attr('deployed_index_auth_config'), endpoint: peered(of, world) },
  ],
});

const peered = (of: Resource, world: World): Resource | undefined =>
  world.graph.dependencies(of).find((other) => other.type === 'google_vertex_ai_index_endpoint' && !isMissing(other.attr('network')));
