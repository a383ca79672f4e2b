import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { clusterDefinition, leftOut, overHttps } from '../../src/concepts/definition.ts';

export default defineRule({
  id: 'definitions/cluster-data',
  title: 'Training data is not pinned to a private place',
  severity: 'medium',
  requirements: ['R6', 'R12'],
  frameworks: { nist: ['SI-7', 'SC-8'], stride: ['tampering'] },
  why: `Whoever can change the training data can teach the model what they like. Data from a plain HTTP address can be changed on the way. Output written into the place that the input is read from can poison the next run.`,
  links: ['https://owasp.org/www-project-machine-learning-security-top-10/'],
  looksAt: clusterDefinition,

  *check({ resource, data, output }) {
    for (const [what, field] of [
      ['training data', data],
      ['model output', output],
    ] as const) {
      if (leftOut(field))
        yield {
          at: field.at,
          severity: 'low',
          message: `Training cluster ${code(resource.name)} does not say where its ${what} is, so nobody can check that only approved places are used. Name it.`,
        };
      else if (field.is === 'known' && /^http:\/\//i.test(field.value))
        yield {
          at: field.at,
          severity: 'high',
          message: `Training cluster ${code(resource.name)} uses plain HTTP for its ${what}, where anyone on the way can change it.`,
          fix: overHttps(field),
        };
    }
    if (
      data.is === 'known' &&
      output.is === 'known' &&
      data.value !== '' &&
      output.value.replace(/\/$/, '') === data.value.replace(/\/$/, '')
    )
      yield {
        at: output.at,
        subject: 'same place',
        message: `Training cluster ${code(resource.name)} writes its model to where it reads its training data, so a bad run can spoil the next one. Give the model a place of its own.`,
      };
  },

  examples: {
    bad: [
      {
        name: 'plain HTTP',
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
              training_data: http://data.acme.example/clicks # <- finds
              model_output: s3://acme-models/ranker
            iam_role: arn:aws:iam::111122223333:role/trainer
            encryption:
              ebs_encryption: true
              kms_key: alias/training
        `,
      },
      {
        name: 'plain HTTP to a store that also answers over HTTPS',
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
              training_data: http://acme-training-data.s3.eu-west-1.amazonaws.com/clicks # <- finds
              model_output: s3://acme-models/ranker
            iam_role: arn:aws:iam::111122223333:role/trainer
            encryption:
              ebs_encryption: true
              kms_key: alias/training
        `,
        suggests: '    training_data: https://acme-training-data.s3.eu-west-1.amazonaws.com/clicks',
      },
      {
        name: 'in and out are the same',
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
              model_output: s3://acme-training-data/clicks # <- finds
            iam_role: arn:aws:iam::111122223333:role/trainer
            encryption:
              ebs_encryption: true
              kms_key: alias/training
        `,
      },
      {
        name: 'a place left empty',
        files: definition`
          training_cluster:
            name: trainer
            instance_type: p4d.24xlarge
            storage:
              training_data: "" # <- finds
              model_output: /
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
              training_data: \${DATA}
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
