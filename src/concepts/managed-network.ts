import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { azapiBody, azapiTypes } from './ai-service.ts';
import { byType } from './by-type.ts';
import { isMissing, setting, text, type Setting } from './setting.ts';

/** The network that Azure manages for the jobs and endpoints of a workspace. */
export interface ManagedNetwork {
  readonly of: Resource;
  readonly noun: string;
  /** `Disabled`, `AllowInternetOutbound` or `AllowOnlyApprovedOutbound`. */
  readonly isolation: Setting<string>;
  /** A rule that names what may be reached, if there is one; it limits nothing while everything may be. */
  readonly listed: string | undefined;
}

export const managedNetwork: Concept<ManagedNetwork> = {
  name: 'managed network of a workspace',
  types: new Set(['azurerm_machine_learning_workspace', 'azurerm_ai_foundry', ...azapiTypes]),
  *view(of, world) {
    const noun = nouns.get(of.type);
    if (noun !== undefined)
      yield { of, noun, isolation: setting(of.attr('managed_network', 'isolation_mode'), text), listed: ruleFor(of, world) };
    const body = azapiBody(of);
    if (body?.type === 'microsoft.machinelearningservices/workspaces') {
      const rules = body.attr('managedNetwork', 'outboundRules');
      const listed = rules.is === 'map' && rules.entries.size > 0 ? of.address : undefined;
      yield { of, noun: 'Workspace', isolation: setting(body.attr('managedNetwork', 'isolationMode'), text), listed };
    }
  },
};

const nouns: ReadonlyMap<string, string> = new Map([
  ['azurerm_machine_learning_workspace', 'Machine Learning workspace'],
  ['azurerm_ai_foundry', 'AI Foundry hub'],
]);

const ruleFor = (workspace: Resource, world: World): string | undefined =>
  world.graph.dependents(workspace).find(({ type }) => type.startsWith('azurerm_machine_learning_workspace_network_outbound_rule_'))
    ?.address;

/** How a workspace of Azure Machine Learning gets at a store of data. */
export interface Datastore {
  readonly of: Resource;
  /** Where a key or a shared access signature is given for it. */
  readonly secrets: readonly { readonly at: Located; readonly what: string }[];
}

const given = (of: Resource, key: string, what: string): Datastore['secrets'] =>
  isMissing(of.attr(key)) ? [] : [{ at: of.attr(key), what }];

export const datastore = byType<Datastore>('datastore of a workspace', {
  azurerm_machine_learning_datastore_blobstorage: keyed,
  azurerm_machine_learning_datastore_fileshare: keyed,
});

function keyed(of: Resource): readonly Datastore[] {
  return [
    {
      of,
      secrets: [
        ...given(of, 'account_key', 'the account key of its storage'),
        ...given(of, 'shared_access_signature', 'a shared access signature'),
      ],
    },
  ];
}
