import { defineRule, workflow as file } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { workflow } from '../../src/concepts/pipeline.ts';
import type { Located } from '../../src/model/resource.ts';

const keyInputs: readonly (readonly [action: RegExp, input: string, instead: string])[] = [
  [/^aws-actions\/configure-aws-credentials@/, 'aws-secret-access-key', '`role-to-assume` with `permissions: id-token: write`'],
  [/^google-github-actions\/auth@/, 'credentials_json', '`workload_identity_provider` with `permissions: id-token: write`'],
  [/^azure\/login@/i, 'creds', '`client-id`, `tenant-id` and `subscription-id` with `permissions: id-token: write`'],
];

export default defineRule({
  id: 'pipeline/static-cloud-keys',
  title: 'Workflow logs in to the cloud with a long-lived key',
  severity: 'medium',
  requirements: ['R18', 'R9', 'R14'],
  frameworks: { nist: ['IA-5', 'AC-2'], stride: ['spoofing', 'elevation-of-privilege'], atlas: ['AML.T0012'] },
  why: `A stored key works from anywhere until someone remembers to change it; every action in the job and everyone who may edit the workflow can copy it. With OIDC the job gets a token for minutes, and only for this repository and branch.`,
  links: [
    'https://docs.github.com/en/actions/concepts/security/openid-connect',
    'https://github.com/aws-actions/configure-aws-credentials#oidc',
  ],
  looksAt: workflow,

  *check({ jobs }) {
    for (const job of jobs)
      for (const step of job.steps) {
        const uses = step.uses.is === 'known' ? String(step.uses.value) : '';
        for (const [action, input, instead] of keyInputs) {
          const key = step.with(input);
          if (action.test(uses) && isSet(key))
            yield {
              at: key,
              message: `Job ${code(job.name)} logs in with the stored key ${code(input)}, which works from anywhere until it is changed. Use ${instead}.`,
            };
        }
      }
  },

  examples: {
    bad: [
      {
        name: 'an AWS key pair',
        files: file`
          name: deploy
          on: push
          jobs:
            deploy:
              runs-on: ubuntu-latest
              permissions: { contents: read }
              steps:
                - uses: aws-actions/configure-aws-credentials@e3dd6a429d7300a6a4c196c26e071d42e0343502
                  with:
                    aws-region: us-east-1
                    aws-access-key-id: \${{ secrets.AWS_ACCESS_KEY_ID }}
                    aws-secret-access-key: \${{ secrets.AWS_SECRET_ACCESS_KEY }} # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a role through OIDC',
        files: file`
          name: deploy
          on: push
          jobs:
            deploy:
              runs-on: ubuntu-latest
              permissions: { contents: read, id-token: write }
              steps:
                - uses: aws-actions/configure-aws-credentials@e3dd6a429d7300a6a4c196c26e071d42e0343502
                  with:
                    aws-region: us-east-1
                    role-to-assume: arn:aws:iam::111122223333:role/deploy
        `,
      },
    ],
    unknown: [
      {
        name: 'an action that the pull request does not show',
        files: file`
          name: deploy
          on: push
          jobs:
            deploy:
              runs-on: ubuntu-latest
              permissions: { contents: read }
              steps:
                - uses: ./.github/actions/login
                  with:
                    aws-secret-access-key: \${{ secrets.KEY }}
        `,
      },
    ],
  },
});

const isSet = (value: Located): boolean => value.is === 'unknown' || (value.is === 'known' && value.value !== '');
