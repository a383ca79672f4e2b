import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { clusterDefinition, leftOut } from '../../src/concepts/definition.ts';

export default defineRule({
  id: 'definitions/cluster-role',
  title: 'Training role reaches too far',
  severity: 'high',
  requirements: ['R6', 'R9', 'R12'],
  frameworks: { nist: ['AC-6'], stride: ['elevation-of-privilege'] },
  why: `Training runs the most third-party code of all your workloads. With an administrator's role, or one that is shared and chosen by a wildcard, whatever gets into it has the whole account. It needs to read one dataset and write one model.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html'],
  looksAt: clusterDefinition,

  *check({ resource, role }) {
    if (leftOut(role)) {
      yield {
        at: role.at,
        severity: 'medium',
        message: `Training cluster ${code(resource.name)} names no role of its own, so it runs with the rights of whatever starts it.`,
      };
    } else if (role.is === 'known' && role.value.includes('*')) {
      yield {
        at: role.at,
        message: `Training cluster ${code(resource.name)} takes its role by a wildcard (${code(role.value)}), so any role that matches will do, also a stronger one.`,
      };
    } else if (role.is === 'known' && /admin|poweruser|fullaccess|(?:^|[/:])root$/i.test(role.value)) {
      yield {
        at: role.at,
        message: `Training cluster ${code(resource.name)} runs as ${code(role.value)}, which sounds like an administrator. Give it a role for its own dataset and model.`,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'a wildcard',
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
            iam_role: "arn:aws:iam::111122223333:role/*" # <- finds
            encryption:
              ebs_encryption: true
              kms_key: alias/training
        `,
      },
      {
        name: 'an administrator',
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
            iam_role: arn:aws:iam::111122223333:role/MLAdmin # <- finds
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
              security_group: sg-0a1b2c3d
              internet_access: false
            storage:
              training_data: s3://acme-training-data/clicks
              model_output: s3://acme-models/ranker
            iam_role: \${ROLE}
            encryption:
              ebs_encryption: true
              kms_key: alias/training
        `,
      },
    ],
  },
});
