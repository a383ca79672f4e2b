import { defineRule, workflow as file } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { workflow } from '../../src/concepts/pipeline.ts';

export default defineRule({
  id: 'pipeline/write-all',
  title: 'Workflow token may write everything',
  severity: 'medium',
  requirements: ['R18', 'R9'],
  frameworks: { nist: ['AC-6'], stride: ['elevation-of-privilege'] },
  why: `With \`write-all\` every action that the workflow uses can push commits, publish packages and approve deployments in your name. One that is taken over changes your infrastructure.`,
  links: ['https://docs.github.com/en/actions/reference/security/secure-use#use-the-minimum-permissions'],
  looksAt: workflow,

  *check({ permissions, jobs }) {
    for (const [name, at] of [
      ['The workflow', permissions] as const,
      ...jobs.map((job) => [`Job ${code(job.name)}`, job.permissions] as const),
    ])
      if (at.is === 'known' && at.value === 'write-all')
        yield {
          at,
          message: `${name} gives its token the right to write everything in this repository. List what the steps need, such as ${code('contents: read')} and ${code('id-token: write')}.`,
        };
  },

  examples: {
    bad: [
      {
        name: 'for all jobs',
        files: file`
          name: plan
          on: pull_request
          permissions: write-all # <- finds
          jobs:
            plan:
              runs-on: ubuntu-latest
              steps:
                - run: terraform plan
        `,
      },
    ],
    good: [
      {
        name: 'what is needed',
        files: file`
          name: plan
          on: pull_request
          permissions:
            contents: read
            id-token: write
          jobs:
            plan:
              runs-on: ubuntu-latest
              steps:
                - run: terraform plan
        `,
      },
    ],
    unknown: [
      {
        name: 'the repository’s default',
        files: file`
          name: plan
          on: pull_request
          jobs:
            plan:
              runs-on: ubuntu-latest
              steps:
                - run: terraform plan
        `,
      },
    ],
  },
});
