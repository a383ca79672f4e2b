import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, text, type Setting } from './setting.ts';

/** A question that people answer about data: a review of predictions. CloudFormation has no type for it. */
export interface HumanTask {
  readonly resource: Resource;
  /** The ARN of those who are asked. */
  readonly team: Setting<string>;
}

export const humanTask = byType<HumanTask>('task for people', {
  aws_sagemaker_flow_definition: (r) => [{ resource: r, team: setting(r.attr('human_loop_config', 'workteam_arn'), text) }],
});

/** A training job on machines that may be taken away. CloudFormation has no type for it. */
export interface SpotJob {
  readonly resource: Resource;
  readonly spot: Located;
  readonly checkpoints: Located;
}

export const spotJob = byType<SpotJob>('training job on spot instances', {
  aws_sagemaker_training_job: (r) => [
    { resource: r, spot: r.attr('enable_managed_spot_training'), checkpoints: r.attr('checkpoint_config') },
  ],
});
