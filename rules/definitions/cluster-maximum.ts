import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { clusterDefinition, leftOut } from '../../src/concepts/definition.ts';

export default defineRule({
  id: 'definitions/cluster-maximum',
  title: 'Training cluster has no limit',
  severity: 'medium',
  requirements: ['R6', 'R12'],
  frameworks: { nist: ['SC-5', 'SC-6'], stride: ['denial-of-service'] },
  why: `A training cluster without a maximum can take every GPU that the account may have. A wrong setting in one job is then paid for by the hour, and other teams get no capacity.`,
  links: ['https://docs.aws.amazon.com/general/latest/gr/sagemaker.html'],
  looksAt: clusterDefinition,

  *check({ resource, most }) {
    if (!leftOut(most)) return;
    yield {
      at: most.at,
      message: `Training cluster ${code(resource.name)} has no ${code('max_nodes')}, so nothing limits its size and its cost.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'left out',
        files: definition`
          training_cluster: # <- finds
            name: trainer
            instance_type: p4d.24xlarge
            spot_enabled: true
            spot_fallback: on-demand
            network:
              subnet: subnet-0a1b2c3d
              security_group: sg-0a1b2c3d
              internet_access: false
            storage:
              training_data: s3://acme-training-data/clicks
              model_output: s3://acme-models/ranker
            iam_role: arn:aws:iam::111122223333:role/trainer
            encryption:
              ebs_encryption: true
              kms_key: alias/training
        `,
      },
    ],
    good: [
      {
        name: 'a complete definition',
        files: definition`
          training_cluster:
            name: trainer
            instance_type: p4d.24xlarge
            max_nodes: 8
            spot_enabled: true
            spot_fallback: on-demand
            network:
              subnet: subnet-0a1b2c3d
              security_group: sg-0a1b2c3d
              internet_access: false
            storage:
              training_data: s3://acme-training-data/clicks
              model_output: s3://acme-models/ranker
            iam_role: arn:aws:iam::111122223333:role/trainer
            encryption:
              ebs_encryption: true
              kms_key: alias/training
        `,
      },
    ],
    unknown: [
      {
        name: 'filled in later',
        files: definition`
          training_cluster:
            name: trainer
            instance_type: p4d.24xlarge
            max_nodes: \${MAX_NODES}
            spot_enabled: true
            spot_fallback: on-demand
            network:
              subnet: subnet-0a1b2c3d
              security_group: sg-0a1b2c3d
              internet_access: false
            storage:
              training_data: s3://acme-training-data/clicks
              model_output: s3://acme-models/ranker
            iam_role: arn:aws:iam::111122223333:role/trainer
            encryption:
              ebs_encryption: true
              kms_key: alias/training
        `,
      },
    ],
  },
});
