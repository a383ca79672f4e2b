import { defineRule, workflow as file } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { workflow, type Job } from '../../src/concepts/pipeline.ts';
import { textOf } from '../../src/concepts/setting.ts';

/** Actions that only read the repository with the workflow's token, and those that ask it for an identity in the cloud. */
const readers =
  /^(?:actions\/(?:checkout|cache|setup-[a-z]+|upload-artifact|download-artifact)|hashicorp\/setup-terraform|opentofu\/setup-opentofu|azure\/setup-(?:helm|kubectl))@/i;
const identified = /^(?:aws-actions\/configure-aws-credentials|google-github-actions\/auth|azure\/login)@/i;

/** The rights that the steps of jobs need; undefined when a step may need more than can be seen. */
function enoughFor(jobs: readonly Job[]): Readonly<Record<string, string>> | undefined {
  let identity = false;
  for (const { view, steps } of jobs) {
    // A workflow that is called brings steps of its own, and has none here.
    if (view.attr('steps').is !== 'list') return undefined;
    for (const { uses, run } of steps) {
      const action = textOf(uses) ?? '';
      const script = textOf(run) ?? '';
      // A script that an expression decides may do anything.
      if (script.startsWith('${{') || /\bgit push\b|\bgh\s|token/i.test(script)) return undefined;
      if (identified.test(action)) identity = true;
      else if (action !== '' && !readers.test(action)) return undefined;
    }
  }
  return { contents: 'read', ...(identity && { 'id-token': 'write' }) };
}

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
    for (const [name, at, within] of [
      ['The workflow', permissions, jobs] as const,
      ...jobs.map((job) => [`Job ${code(job.name)}`, job.permissions, [job]] as const),
    ]) {
      if (at.is !== 'known' || at.value !== 'write-all') continue;
      const enough = enoughFor(within);
      yield {
        at,
        message: `${name} gives its token the right to write everything in this repository. List what the steps need, such as ${code('contents: read')} and ${code('id-token: write')}.`,
        fix: enough ? [{ do: 'set', at, to: enough }] : [],
      };
    }
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
        suggests: 'permissions:\n  contents: read',
      },
      {
        name: 'for one job, which logs in to the cloud',
        files: file`
          name: plan
          on: pull_request
          permissions: { contents: read }
          jobs:
            plan:
              runs-on: ubuntu-latest
              permissions: write-all # <- finds
              steps:
                - uses: actions/checkout@v4
                - uses: aws-actions/configure-aws-credentials@v4
                  with:
                    aws-region: eu-west-1
                    role-to-assume: arn:aws:iam::111122223333:role/plan
                - run: terraform plan
        `,
        suggests: '    permissions:\n      contents: read\n      id-token: write',
      },
      ...(['gh pr comment --body-file plan.txt', 'git push', 'curl -u me:$GITHUB_TOKEN example.com'] as const).map((script) => ({
        name: `for a job that needs to write: ${script}`,
        files: {
          '.github/workflows/plan.yml': `on: pull_request
permissions: write-all # <- finds
jobs:
  plan:
    runs-on: ubuntu-latest
    steps:
      - run: ${script}
`,
        },
      })),
      ...(['acme/comment-plan@v1', 'actions/github-script@v7'] as const).map((uses) => ({
        name: `for a job whose action may write: ${uses}`,
        files: {
          '.github/workflows/plan.yml': `on: pull_request
permissions: write-all # <- finds
jobs:
  plan:
    runs-on: ubuntu-latest
    steps:
      - uses: ${uses}
`,
        },
      })),
      {
        name: 'for a workflow that is called',
        files: file`
          on: pull_request
          permissions: write-all # <- finds
          jobs:
            plan:
              uses: acme/workflows/.github/workflows/plan.yml@main
        `,
      },
      {
        name: 'for a workflow that is called, whose steps are elsewhere',
        files: file`
          name: plan
          on: pull_request
          permissions: { contents: read }
          jobs:
            plan:
              permissions: write-all # <- finds
              uses: acme/workflows/.github/workflows/plan.yml@e3dd6a429d7300a6a4c196c26e071d42e0343502
        `,
      },
      {
        name: 'steps that an expression decides',
        files: file`
          name: plan
          on: workflow_call
          permissions: { contents: read }
          jobs:
            script:
              permissions: write-all # <- finds
              runs-on: ubuntu-latest
              steps:
                - run: \${{ inputs.command }}
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
      {
        name: 'everything, but only to read',
        files: file`
          name: plan
          on: pull_request
          permissions: read-all
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
