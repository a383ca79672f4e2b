import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { clusterDefinition, leftOut } from '../../src/concepts/definition.ts';

export default defineRule({
  id: 'definitions/cluster-internet',
  title: 'Training cluster can reach the internet',
  severity: 'high',
  requirements: ['R6', 'R12', 'R17'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure', 'tampering'] },
  why: `Training code pulls in hundreds of packages. With internet access any of them can send the training data away or fetch more code, and it runs next to the most private data that you have. Mirrors and VPC endpoints give training what it needs.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/train-vpc.html'],
  looksAt: clusterDefinition,

  *check({ resource, internet }) {
    if (internet.is === 'known' ? !internet.value : !leftOut(internet)) return;
    const said = internet.is === 'known';
    yield {
      at: internet.at,
      severity: said ? 'high' : 'medium',
      message: said
        ? `Training cluster ${code(resource.name)} has internet access, so training data can leave it.`
        : `Training cluster ${code(resource.name)} does not say whether it reaches the internet. Say ${code('internet_access: false')}, so that no tool decides otherwise.`,
      fix: [internet.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched on',
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
              internet_access: true # <- finds
            storage:
              training_data: s3://acme-training-data/clicks
              model_output: s3://acme-models/ranker
            iam_role: arn:aws:iam::111122223333:role/trainer
            encryption:
              ebs_encryption: true
              kms_key: alias/training
        `,
        suggests: '    internet_access: false',
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
              security_group: sg-0a1b2c3d
              internet_access: \${INTERNET}
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
