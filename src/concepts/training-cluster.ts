import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, text, yesNo, type Setting } from './setting.ts';

/** A training job into which people may be let while it runs. */
export interface DebuggedJob {
  readonly resource: Resource;
  readonly shell: Setting<boolean>;
}

// Default: SageMaker API reference, RemoteDebugConfig (EnableRemoteDebug false).
export const debuggedJob = byType<DebuggedJob>('training job with a shell', {
  aws_sagemaker_training_job: (r) => [{ resource: r, shell: setting(r.attr('remote_debug_config', 'enable_remote_debug'), yesNo, false) }],
});

/** A HyperPod cluster and what it does about a node that fails: `Automatic` or `None`. Terraform's provider has no resource for it. */
export interface HyperPod {
  readonly resource: Resource;
  readonly recovery: Setting<string>;
}

export const hyperPod = byType<HyperPod>('HyperPod cluster', {
  'AWS::SageMaker::Cluster': (r) => [{ resource: r, recovery: setting(r.attr('Properties', 'NodeRecovery'), text) }],
});

/** The people who label data, and from where they may sign in. */
export interface Workforce {
  readonly resource: Resource;
  readonly ranges: Located;
}

export const workforce = byType<Workforce>('workforce that labels data', {
  aws_sagemaker_workforce: (r) => [{ resource: r, ranges: r.attr('source_ip_config', 'cidrs') }],
  'AWS::SageMaker::Workforce': (r) => [{ resource: r, ranges: r.attr('Properties', 'SourceIpConfig', 'Cidrs') }],
});
