import type { Concept } from '../engine/rule.ts';
import type { Resource, View } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { ownReason } from './relevance.ts';
import { isMissing, setting, text, yesNo, type Setting } from './setting.ts';

/** Where Terraform keeps its state: every attribute of every resource, secrets included. */
export interface StateBackend {
  readonly resource: Resource;
  readonly view: View;
  /** `s3`, `gcs`, `azurerm`, `local`, ... */
  readonly kind: string;
  readonly encrypted: Setting<boolean>;
  readonly lockFile: Setting<boolean>;
  readonly lockTable: Setting<string>;
  /** True when part of the configuration comes from the command line, so that an attribute that is absent here may be given there. */
  readonly partial: boolean;
  /** Why this state matters here: the AI system that it describes. */
  readonly reason: string;
}

// Defaults of the S3 backend: encrypt false, use_lockfile false, no table (Terraform documentation, backend "s3").
export const stateBackend: Concept<StateBackend> = {
  name: 'state backend',
  sees: (type) => type === 'terraform',
  *view(resource, world) {
    if (resource.type !== 'terraform') return;
    const views = resource.items('backend');
    const reason = views.length > 0 ? describes(world) : undefined;
    if (reason === undefined) return;
    for (const view of views) {
      const type = view.attr('type');
      yield {
        resource,
        view,
        kind: type.is === 'known' ? String(type.value) : '',
        encrypted: setting(view.attr('encrypt'), yesNo, false),
        lockFile: setting(view.attr('use_lockfile'), yesNo, false),
        lockTable: setting(view.attr('dynamodb_table'), text),
        partial: ['bucket', 'key'].some((name) => isMissing(view.attr(name))),
        reason,
      };
    }
  },
};

const noResource = /^(?:variable|output|provider|terraform|module$|data\.)/;

function describes(world: World): string | undefined {
  const first = world.resources.find((other) => !noResource.test(other.type) && ownReason(other) !== undefined);
  return first?.address;
}
