import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { clusterDefinition, isNone, leftOut } from '../../src/concepts/definition.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'definitions/cluster-spot',
  title: 'Spot training without a way back',
  severity: 'medium',
  requirements: ['R6', 'R12'],
  frameworks: { nist: ['CP-10'], stride: ['denial-of-service'] },
  why: `Spot instances are taken away with two minutes' notice, and for GPUs sometimes for days. Without on-demand as a fallback the training stops where it is, and a release can wait on the market.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/model-managed-spot-training.html'],
  looksAt: clusterDefinition,

  *check({ resource, spot, fallback }) {
    if (!holds(spot, true)) return;
    const none = fallback.is === 'known' && isNone(fallback.value);
    if (!none && !leftOut(fallback)) return;
    yield {
      at: fallback.at,
      message: `Training cluster ${code(resource.name)} uses spot instances with no fallback: when they are taken away, training stops until the market has some again.`,
      fix: [fallback.writes('on-demand')],
    };
  },

  examples: {
    bad: [
      {
        name: 'no fallback',
        files: definition`
          training_cluster: # <- finds
            name: trainer
            instance_type: p4d.24xlarge
            max_nodes: 8
            spot_enabled: true
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
        suggests: ['    kms_key: alias/training', '  spot_fallback: on-demand'].join('\n'),
      },
      {
        name: 'switched off',
        files: definition`
          training_cluster:
            name: trainer
            instance_type: p4d.24xlarge
            max_nodes: 8
            spot_enabled: true
            spot_fallback: none # <- finds
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
        suggests: '  spot_fallback: on-demand',
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
            spot_fallback: \${FALLBACK}
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
