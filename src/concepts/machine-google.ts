import { acceleratorMachine } from '../facts/ai-words.ts';
import type { Key, Located, Resource } from '../model/resource.ts';
import { absent } from '../model/value.ts';
import { byType } from './by-type.ts';
import { located } from './inside.ts';
import { setting, textOf, yesNo, type Setting } from './setting.ts';

/** A machine of Google Cloud that ML work runs on: a notebook, a TPU, a machine or node pool with GPUs. */
export interface MlMachine {
  readonly of: Resource;
  readonly noun: string;
  readonly kind: 'notebook' | 'accelerator';
  /** The service account that it runs as; left out where the service decides or none is needed. */
  readonly account?: Located;
  /** What tokens of that account are limited to, where somebody has written it. */
  readonly scopes?: Located;
  /** The people who work on it do so as themselves, so that its own account matters little. */
  readonly ownCredentials: boolean;
  readonly forwards?: Setting<boolean>;
  /** Parts of Shielded VM that somebody has written something about. */
  readonly shielding: readonly Shield[];
  /** The interactive serial console, which takes connections from any address. */
  readonly console: Setting<boolean>;
}

export interface Shield {
  readonly what: string;
  readonly on: Setting<boolean>;
}

/** Metadata is text: `TRUE`, `true` and `1` all mean yes. */
const inMetadata = {
  read: (value: string | number | boolean): boolean | undefined =>
    /^(?:true|1)$/i.test(String(value)) ? true : /^(?:false|0)$/i.test(String(value)) ? false : undefined,
  write: (value: boolean): string => (value ? 'TRUE' : 'FALSE'),
};

// Defaults: hashicorp/google, workbench_instance (enable_ip_forwarding false, vTPM and integrity monitoring on, secure boot off), tpu_v2_vm ("if
// empty, default Compute service account will be used"), container_node_pool (service_account: the project's default account);
// Compute Engine, "Troubleshooting using the serial console" (off unless metadata switches it on).
export const mlMachine = byType<MlMachine>('machine for ML work on Google Cloud', {
  google_workbench_instance: (of) => [
    {
      ...machine(
        of,
        'Workbench instance',
        'notebook',
        ['gce_setup'],
        of.items('gce_setup', 'accelerator_configs').length > 0 ? unsigned : all,
      ),
      account: of.attr('gce_setup', 'service_accounts', 'email'),
      ownCredentials: of.attr('enable_managed_euc').is !== 'absent',
      forwards: setting(of.attr('gce_setup', 'enable_ip_forwarding'), yesNo, false),
    },
  ],
  google_notebooks_instance: (of) => [
    {
      ...machine(of, 'Notebook instance', 'notebook', [], of.items('accelerator_config').length > 0 ? unsigned : all),
      account: of.attr('service_account'),
    },
  ],
  google_notebooks_runtime: (of) => {
    const under = ['virtual_machine', 'virtual_machine_config'];
    return [machine(of, 'Notebook runtime', 'notebook', under, of.items(...under, 'accelerator_config').length > 0 ? unsigned : all)];
  },
  google_tpu_v2_vm: (of) => [
    {
      ...machine(of, 'TPU', 'accelerator', [], ['enable_secure_boot']),
      account: of.attr('service_account', 'email'),
      forwards: setting(of.attr('network_config', 'can_ip_forward'), yesNo, false),
    },
  ],
  google_container_node_pool: (of) =>
    hasGpu(of, 'node_config')
      ? [
          {
            ...machine(of, 'GPU node pool', 'accelerator', ['node_config'], ['enable_integrity_monitoring']),
            account: of.attr('node_config', 'service_account'),
            scopes: of.attr('node_config', 'oauth_scopes'),
          },
        ]
      : [],
  google_compute_instance: gpuInstance,
  google_compute_instance_template: gpuInstance,
});

const shields = {
  enable_vtpm: 'the virtual TPM',
  enable_integrity_monitoring: 'integrity monitoring',
  enable_secure_boot: 'secure boot',
} as const;
type ShieldKey = keyof typeof shields;
const all: readonly ShieldKey[] = ['enable_vtpm', 'enable_integrity_monitoring', 'enable_secure_boot'];
/** Drivers of GPUs are often not signed, and then a machine with secure boot has no GPU. */
const unsigned: readonly ShieldKey[] = ['enable_vtpm', 'enable_integrity_monitoring'];

function machine(of: Resource, noun: string, kind: MlMachine['kind'], under: readonly Key[], keys: readonly ShieldKey[]): MlMachine {
  return {
    of,
    noun,
    kind,
    ownCredentials: false,
    shielding: keys.map((key) => ({ what: shields[key], on: setting(of.attr(...under, 'shielded_instance_config', key), yesNo) })),
    console: setting(serialPort(of.attr(...under, 'metadata')), inMetadata, false),
  };
}

/** The key may be written with dashes only: Compute Engine knows no other spelling. */
function serialPort(metadata: Located): Located {
  const entry = metadata.is === 'map' ? metadata.entries.get('serial-port-enable') : undefined;
  return located(
    entry ?? (metadata.is === 'map' && metadata.open !== true ? absent(metadata.origins) : metadata),
    metadata,
    'serial-port-enable',
  );
}

function gpuInstance(of: Resource): readonly MlMachine[] {
  if (!hasGpu(of)) return [];
  const noun = of.type === 'google_compute_instance' ? 'GPU machine' : 'Template of GPU machines';
  return [{ ...machine(of, noun, 'accelerator', [], unsigned), forwards: setting(of.attr('can_ip_forward'), yesNo, false) }];
}

export const hasGpu = (of: Resource, ...under: readonly Key[]): boolean =>
  of.items(...under, 'guest_accelerator').length > 0 || acceleratorMachine.test(textOf(of.attr(...under, 'machine_type')) ?? '');

/** A script that a notebook fetches and runs as root when it starts. */
export interface StartupScript {
  readonly of: Resource;
  readonly noun: string;
  readonly at: Located;
}

export const startupScript = byType<StartupScript>('start-up script of a notebook', {
  google_workbench_instance: (of) => [
    { of, noun: 'Workbench instance', at: of.attr('gce_setup', 'metadata', 'post-startup-script') },
    { of, noun: 'Workbench instance', at: of.attr('gce_setup', 'metadata', 'startup-script-url') },
  ],
  google_colab_runtime_template: (of) => [
    { of, noun: 'Colab runtime', at: of.attr('software_config', 'post_startup_script_config', 'post_startup_script_url') },
  ],
  google_notebooks_instance: (of) => [{ of, noun: 'Notebook instance', at: of.attr('post_startup_script') }],
  google_notebooks_runtime: (of) => [{ of, noun: 'Notebook runtime', at: of.attr('software_config', 'post_startup_script') }],
  google_notebooks_environment: (of) => [{ of, noun: 'Notebook environment', at: of.attr('post_startup_script') }],
});
