import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { clusterDefinition, leftOut } from '../../src/concepts/definition.ts';

export default defineRule({
  id: 'definitions/cluster-encryption',
  title: 'Training disks are not encrypted',
  severity: 'high',
  requirements: ['R6', 'R12'],
  frameworks: { nist: ['SC-28', 'SC-12'], stride: ['information-disclosure'] },
  why: `Datasets and checkpoints are copied to the nodes' disks. Unencrypted, they can be read from snapshots and discarded disks. With a key of your own you can also see who decrypts them, and shut them off.`,
  links: ['https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html'],
  looksAt: clusterDefinition,

  *check({ resource, encryption, key }) {
    if (encryption.is === 'known' ? !encryption.value : leftOut(encryption)) {
      const said = encryption.is === 'known';
      yield {
        at: encryption.at,
        severity: said ? 'high' : 'medium',
        message: `Training cluster ${code(resource.name)} ${said ? 'leaves its disks unencrypted' : 'does not say that its disks are encrypted'}; they hold copies of the training data.`,
        fix: [encryption.writes(true)],
      };
    }
    if (leftOut(key))
      yield {
        at: key.at,
        severity: 'low',
        message: `Training cluster ${code(resource.name)} names no KMS key, so you can't limit or audit who decrypts its disks. Name a key of your own.`,
      };
  },

  examples: {
    bad: [
      {
        name: 'switched off',
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
              ebs_encryption: false # <- finds
              kms_key: alias/training
        `,
        suggests: '    ebs_encryption: true',
      },
      {
        name: 'no key of your own',
        files: definition`
          training_cluster:
            name: trainer
            instance_type: p4d.24xlarge
            encryption:
              ebs_encryption: true
              kms_key: "" # <- finds
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
              security_group: sg-0a1b2c3d
              internet_access: false
            storage:
              training_data: s3://acme-training-data/clicks
              model_output: s3://acme-models/ranker
            iam_role: arn:aws:iam::111122223333:role/trainer
            encryption:
              ebs_encryption: \${ENCRYPT}
              kms_key: alias/training
        `,
      },
    ],
  },
});
