import type { Concept } from '../engine/rule.ts';
import { maySee } from './may-see.ts';
import type { Located, Resource, View } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { trainingJob, type JobKey, type TrainingJob } from './training-job.ts';

/** Something that learns or keeps what was learnt, and the network or the keys that it may be given. */
export interface TrainedThing {
  readonly resource: Resource;
  readonly noun: string;
  /** Absent where it has no network of its own. */
  readonly vpc?: Located;
  /** True where the container can be cut off from the network instead. */
  readonly isolation: boolean;
  readonly keys: readonly JobKey[];
}

const ofJob = ({ resource, noun, vpc, keys }: TrainingJob): TrainedThing => ({ resource, noun, vpc, keys, isolation: true });

/** Training jobs and whatever else trains: fine-tuning on Bedrock, HyperPod clusters, feature stores. */
export const trainedThing: Concept<TrainedThing> = {
  name: 'training and its data',
  sees: (type, dialect) => maySee(trainingJob, type, dialect) || maySee(others, type, dialect),
  *view(resource, world) {
    for (const job of trainingJob.view(resource, world)) yield ofJob(job);
    yield* others.view(resource, world);
  },
};

const others = byType<TrainedThing>('training and its data', {
  aws_bedrock_custom_model: (r) => [
    {
      resource: r,
      noun: 'Custom model',
      isolation: false,
      vpc: r.attr('vpc_config'),
      keys: [{ of: 'output', at: r.attr('custom_model_kms_key_id') }],
    },
  ],
  aws_sagemaker_feature_group: (r) => [
    {
      resource: r,
      noun: 'Feature group',
      isolation: false,
      keys: [
        ...stores(r.items('online_store_config'), 'enable_online_store', ['security_config', 'kms_key_id']),
        ...r.items('offline_store_config').map((store) => ({ of: 'output' as const, at: store.attr('s3_storage_config', 'kms_key_id') })),
      ],
    },
  ],
  'AWS::SageMaker::FeatureGroup': (r) => [
    {
      resource: r,
      noun: 'Feature group',
      isolation: false,
      keys: [
        ...stores(r.items('Properties', 'OnlineStoreConfig'), 'EnableOnlineStore', ['SecurityConfig', 'KmsKeyId']),
        ...r
          .items('Properties', 'OfflineStoreConfig')
          .map((store) => ({ of: 'output' as const, at: store.attr('S3StorageConfig', 'KmsKeyId') })),
      ],
    },
  ],
  'AWS::SageMaker::Cluster': (r) => [
    { resource: r, noun: 'HyperPod cluster', isolation: false, vpc: r.attr('Properties', 'VpcConfig'), keys: [] },
  ],
});

const stores = (online: readonly View[], enabled: string, key: readonly string[]): readonly JobKey[] =>
  online
    .filter((store) => {
      const on = store.attr(enabled);
      return on.is === 'known' && on.value === true;
    })
    .map((store) => ({ of: 'disks' as const, at: store.attr(...key) }));
