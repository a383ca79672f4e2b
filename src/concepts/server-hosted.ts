import { productOfRepository, type AiProduct } from '../facts/ai-products.ts';
import { code } from '../engine/words.ts';
import type { Located, Resource, View } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { parseImage } from './image-name.ts';
import { setting, textOf, words, yesNo, type Setting } from './setting.ts';

/** A container that a cloud runs without a cluster of one's own, and that belongs to an AI system. */
export interface HostedServer {
  readonly of: Resource;
  readonly noun: string;
  /** Why it belongs to an AI system, in words that fit into brackets. */
  readonly why: string;
  /** What it runs, when that is software we know. */
  readonly product: AiProduct | undefined;
  /** Reachable from the internet. */
  readonly external: Setting<boolean>;
  /** Rules that let only some addresses in, or may do so. */
  readonly limited: boolean;
  /** Whether the cloud lets everyone in without asking who they are, where it could ask. */
  readonly everyone?: Setting<boolean>;
  /** Whether it answers over plain HTTP too. */
  readonly plain?: Setting<boolean>;
  /** Whether the way from the internet can be closed by that one setting. */
  readonly closable: boolean;
}

// Defaults: hashicorp/google, cloud_run_v2_service (ingress INGRESS_TRAFFIC_ALL; Cloud Run asks for IAM unless invoker_iam_disabled);
// hashicorp/azurerm, container_app (external_enabled false, allow_insecure_connections false), container_group (ip_address_type Public).
export const hostedServer = byType<HostedServer>('hosted container of an AI system', {
  google_cloud_run_v2_service: (of) => {
    const containers = of.items('template', 'containers');
    const evidence = reason(containers) ?? gpuReason(of, containers);
    if (!evidence) return [];
    return [
      {
        of,
        noun: 'Cloud Run service',
        ...evidence,
        external: setting(of.attr('ingress'), ingress, true),
        limited: false,
        everyone: setting(of.attr('invoker_iam_disabled'), yesNo, false),
        closable: true,
      },
    ];
  },
  azurerm_container_app: (of) => {
    const evidence = reason(of.items('template', 'container'));
    if (!evidence) return [];
    return [
      {
        of,
        noun: 'Container app',
        ...evidence,
        external: setting(of.attr('ingress', 'external_enabled'), yesNo, false),
        limited: of.attr('ingress', 'ip_security_restriction').is !== 'absent',
        plain: setting(of.attr('ingress', 'allow_insecure_connections'), yesNo, false),
        closable: true,
      },
    ];
  },
  azurerm_container_group: (of) => {
    const evidence = reason(of.items('container'));
    if (!evidence) return [];
    const external = setting(of.attr('ip_address_type'), words('Public', 'Private'), true);
    return [{ of, noun: 'Container group', ...evidence, external, limited: false, closable: false }];
  },
});

const ingress = {
  read: (value: string | number | boolean): boolean => value === 'INGRESS_TRAFFIC_ALL',
  write: (value: boolean): string => (value ? 'INGRESS_TRAFFIC_ALL' : 'INGRESS_TRAFFIC_INTERNAL_ONLY'),
};

interface Evidence {
  readonly why: string;
  readonly product: AiProduct | undefined;
}

function reason(containers: readonly View[]): Evidence | undefined {
  for (const container of containers) {
    const image = textOf(container.attr('image'));
    const product = image === undefined ? undefined : productOfRepository(parseImage(image).path);
    if (product) return { why: `it runs ${product.name}`, product };
  }
  return undefined;
}

function gpuReason(of: Resource, containers: readonly View[]): Evidence | undefined {
  const accelerator = of.attr('template', 'node_selector', 'accelerator');
  const limits = containers.map((container) => container.attr('resources', 'limits'));
  const asks = limits.some((limit) => limit.is === 'map' && limit.entries.has('nvidia.com/gpu'));
  if (accelerator.is === 'absent' && !asks) return undefined;
  const name = textOf(accelerator);
  return { why: name === undefined ? 'it asks for a GPU' : `it runs on ${code(name)}`, product: undefined };
}

/** The key of an Azure AI service as the plain text of a setting of something that runs. */
export interface KeyInSetting {
  readonly of: Resource;
  readonly at: Located;
  readonly name: string;
  /** The service whose key it is. */
  readonly service: string;
}

const keyOwner = /(?:^|\.)azurerm_(?:cognitive_account|ai_services|search_service)\.[^.]+$/;
const keyNames = /^(?:primary|secondary)(?:_access)?_key$|^query_keys$/;

export const keyInSetting = byType<KeyInSetting>('key of an AI service in a plain setting', {
  azurerm_container_app: (of) =>
    of
      .items('template', 'container')
      .flatMap((view) => view.items('env').flatMap((entry) => keyAt(of, entry.attr('value'), entry.attr('name')))),
  azurerm_container_group: (of) => of.items('container').flatMap((view) => keysIn(of, view.attr('environment_variables'))),
  azurerm_linux_web_app: appSettings,
  azurerm_windows_web_app: appSettings,
  azurerm_linux_function_app: appSettings,
  azurerm_windows_function_app: appSettings,
  kubernetes_config_map: (of) => keysIn(of, of.attr('data')),
  kubernetes_config_map_v1: (of) => keysIn(of, of.attr('data')),
});

function appSettings(of: Resource): readonly KeyInSetting[] {
  return keysIn(of, of.attr('app_settings'));
}

function keysIn(of: Resource, map: Located): readonly KeyInSetting[] {
  if (map.is !== 'map') return [];
  return [...map.entries].flatMap(([name, value]) => keyAt(of, { ...value, of, path: [...map.path, name] }, name));
}

function keyAt(of: Resource, at: Located, name: Located | string): readonly KeyInSetting[] {
  const refs = at.is === 'unknown' ? at.refs : [];
  const ref = refs.find(({ to, attr }) => keyOwner.test(to) && keyNames.test(attr[0] ?? ''));
  const called = typeof name === 'string' ? name : (textOf(name) ?? '');
  return ref ? [{ of, at, name: called, service: ref.to }] : [];
}
