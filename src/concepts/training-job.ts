import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { localStorage } from './endpoint.ts';
import { number, setting, yesNo, type Setting } from './setting.ts';

/** A job that reads data on machines of SageMaker: training, processing, the checks of a model monitor. */
export interface TrainingJob {
  readonly resource: Resource;
  readonly noun: string;
  readonly isolation: Setting<boolean>;
  /** Whether what the nodes send one another is encrypted. */
  readonly encryptedBetween: Setting<boolean>;
  readonly nodes: Setting<number>;
  readonly vpc: Located;
  /** The keys of its disks and of what it writes, with what each is for. */
  readonly keys: readonly JobKey[];
}

export interface JobKey {
  readonly of: 'disks' | 'output';
  readonly at: Located;
}

// Defaults: SageMaker API reference, CreateTrainingJob, CreateProcessingJob (NetworkConfig) and MonitoringNetworkConfig: isolation and the
// encryption between nodes are off unless they are asked for.
export const trainingJob = byType<TrainingJob>('training or processing job', {
  aws_sagemaker_training_job: (r) =>
    // A serverless job has no machines of its own.
    r.attr('serverless_job_config').is === 'absent'
      ? [
          {
            resource: r,
            noun: 'Training job',
            isolation: setting(r.attr('enable_network_isolation'), yesNo, false),
            encryptedBetween: setting(r.attr('enable_inter_container_traffic_encryption'), yesNo, false),
            nodes: setting(r.attr('resource_config', 'instance_count'), number),
            vpc: r.attr('vpc_config'),
            keys: [
              ...disks(r.attr('resource_config', 'instance_type'), r.attr('resource_config', 'volume_kms_key_id')),
              { of: 'output', at: r.attr('output_data_config', 'kms_key_id') },
            ],
          },
        ]
      : [],
  aws_sagemaker_data_quality_job_definition: (r) => [
    {
      resource: r,
      noun: 'Monitoring job',
      isolation: setting(r.attr('network_config', 'enable_network_isolation'), yesNo, false),
      encryptedBetween: setting(r.attr('network_config', 'enable_inter_container_traffic_encryption'), yesNo, false),
      nodes: setting(r.attr('job_resources', 'cluster_config', 'instance_count'), number),
      vpc: r.attr('network_config', 'vpc_config'),
      keys: [
        ...disks(
          r.attr('job_resources', 'cluster_config', 'instance_type'),
          r.attr('job_resources', 'cluster_config', 'volume_kms_key_id'),
        ),
        { of: 'output', at: r.attr('data_quality_job_output_config', 'kms_key_id') },
      ],
    },
  ],
  'AWS::SageMaker::ProcessingJob': (r) => [
    inTemplate(r, 'Processing job', r.attr('Properties', 'ProcessingOutputConfig', 'KmsKeyId'), 'ProcessingResources'),
  ],
  'AWS::SageMaker::DataQualityJobDefinition': (r) => [
    inTemplate(r, 'Monitoring job', r.attr('Properties', 'DataQualityJobOutputConfig', 'KmsKeyId')),
  ],
  'AWS::SageMaker::ModelQualityJobDefinition': (r) => [
    inTemplate(r, 'Monitoring job', r.attr('Properties', 'ModelQualityJobOutputConfig', 'KmsKeyId')),
  ],
  'AWS::SageMaker::ModelBiasJobDefinition': (r) => [
    inTemplate(r, 'Monitoring job', r.attr('Properties', 'ModelBiasJobOutputConfig', 'KmsKeyId')),
  ],
  'AWS::SageMaker::ModelExplainabilityJobDefinition': (r) => [
    inTemplate(r, 'Monitoring job', r.attr('Properties', 'ModelExplainabilityJobOutputConfig', 'KmsKeyId')),
  ],
});

function inTemplate(resource: Resource, noun: string, output: Located, machines = 'JobResources'): TrainingJob {
  const cluster = (key: string): Located => resource.attr('Properties', machines, 'ClusterConfig', key);
  return {
    resource,
    noun,
    isolation: setting(resource.attr('Properties', 'NetworkConfig', 'EnableNetworkIsolation'), yesNo, false),
    encryptedBetween: setting(resource.attr('Properties', 'NetworkConfig', 'EnableInterContainerTrafficEncryption'), yesNo, false),
    nodes: setting(cluster('InstanceCount'), number),
    vpc: resource.attr('Properties', 'NetworkConfig', 'VpcConfig'),
    keys: [...disks(cluster('InstanceType'), cluster('VolumeKmsKeyId')), { of: 'output', at: output }],
  };
}

/** Machines with disks of their own take no key for them: SageMaker refuses the job. */
const disks = (machine: Located, at: Located): readonly JobKey[] =>
  machine.is === 'known' && !localStorage.test(String(machine.value)) ? [{ of: 'disks', at }] : [];
