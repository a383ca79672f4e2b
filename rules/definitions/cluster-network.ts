import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { clusterDefinition, leftOut } from '../../src/concepts/definition.ts';

export default defineRule({
  id: 'definitions/cluster-network',
  title: 'Training cluster is in no network of yours',
  severity: 'medium',
  requirements: ['R6', 'R12'],
  frameworks: { nist: ['SC-7'], stride: ['information-disclosure'] },
  why: `Without a subnet and a security group the cluster lands in whatever network is the default, often one with public addresses and open rules. Nodes talk to each other without a password, so the network is their only fence.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/train-vpc.html'],
  looksAt: clusterDefinition,

  *check({ resource, subnet, securityGroup }) {
    for (const [what, field] of [
      ['subnet', subnet],
      ['security group', securityGroup],
    ] as const) {
      if (!leftOut(field)) continue;
      yield { at: field.at, message: `Training cluster ${code(resource.name)} names no ${what}, so it runs in a default network.` };
    }
  },

  examples: {
    bad: [
      {
        name: 'no security group',
        files: definition`
          training_cluster:
            name: trainer
            instance_type: p4d.24xlarge
            max_nodes: 8
            spot_enabled: true
            spot_fallback: on-demand
            network:
              subnet: subnet-0a1b2c3d # <- finds
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
            max_nodes: 8
            spot_enabled: true
            spot_fallback: on-demand
            network:
              subnet: subnet-0a1b2c3d
              security_group: \${SECURITY_GROUP}
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
