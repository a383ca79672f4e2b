import { defineRule, workflow as file } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { workflow, type Job, type Step } from '../../src/concepts/pipeline.ts';
import { textOf } from '../../src/concepts/setting.ts';

/** What names the commit of a pull request, or of a branch that may be one. */
const foreign =
  /\bgithub\.event\.pull_request\.head\.(?:sha|ref)\b|\bgithub\.head_ref\b|\bgithub\.event\.workflow_run\.head_(?:sha|branch)\b|\brefs\/pull\//;
/** Conditions that look at who is asking. */
const asks = /head\.repo|\.fork\b|labels?|author_association|github\.actor|sender|permission|event\s*==\s*'push'|head_branch\s*==/i;

export default defineRule({
  id: 'pipeline/untrusted-code',
  title: "A stranger's code runs with the repository's secrets",
  severity: 'high',
  requirements: ['R18', 'R20', 'R10'],
  frameworks: { nist: ['AC-3', 'SI-7', 'SR-3'], stride: ['elevation-of-privilege', 'tampering', 'information-disclosure'] },
  why: `Workflows on \`pull_request_target\` and \`workflow_run\` have the repository's secrets, its cloud role and a token that may write, also when a fork started them. Checking out the pull request and running anything of it, a test, a plan or an install script, hands all of that to whoever opened it.`,
  links: [
    'https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/',
    'https://docs.github.com/en/actions/reference/security/secure-use',
  ],
  looksAt: workflow,

  *check({ of, triggers, jobs, deploys }) {
    // Runs of named branches are those of the repository's own, unless a fork has a branch of that name.
    const all = of.attr('on', 'workflow_run', 'branches').is === 'absent';
    const trigger = ['pull_request_target', ...(all ? ['workflow_run'] : [])].find((name) => triggers.has(name));
    if (trigger === undefined) return;
    for (const job of jobs) {
      if (isGuarded(job) || job.view.attr('environment').is !== 'absent') continue;
      const at = job.steps.findIndex(takesForeign);
      const checkout = job.steps[at];
      if (!checkout || !job.steps.slice(at + 1).some(runsSomething)) continue;
      yield {
        at: checkout.with('ref'),
        severity: deploys ? 'critical' : 'high',
        message: `Job ${code(job.name)} runs on ${code(trigger)}, with this repository's secrets, and checks out the code of the pull request before it runs more steps: whoever opens one can run anything with them. Check such code on ${code('pull_request')}, which has no secrets for forks.`,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'tests of the pull request',
        files: file`
          name: test
          on: pull_request_target
          permissions: { contents: read }
          jobs:
            test:
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                  with:
                    ref: \${{ github.event.pull_request.head.sha }} # <- finds
                - run: make test
        `,
      },
      {
        name: 'a plan, by the branch, with an action of the same code',
        files: file`
          name: plan
          on: workflow_run
          permissions: { contents: read }
          jobs:
            plan:
              if: github.event.workflow_run.conclusion == 'success'
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                  with:
                    ref: \${{ github.event.workflow_run.head_branch }} # <- finds
                - uses: ./.github/actions/plan
        `,
      },
    ],
    good: [
      {
        name: 'without secrets; only read; asked who it is',
        files: file`
          name: test
          on: pull_request
          permissions: { contents: read }
          jobs:
            test:
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                  with:
                    ref: \${{ github.event.pull_request.head.sha }}
                - run: make test
        `,
      },
      {
        name: 'nothing of it is run',
        files: file`
          name: label
          on: pull_request_target
          permissions: { contents: read }
          jobs:
            label:
              runs-on: ubuntu-latest
              steps:
                - run: make prepare
                - uses: actions/checkout@v4
                  with:
                    ref: \${{ github.event.pull_request.head.sha }}
                - uses: actions/labeler@v5
            base:
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                - run: make test
        `,
      },
      {
        name: 'after a push to the main branch',
        files: file`
          name: plan
          on:
            workflow_run:
              workflows: [test]
              branches: [main]
          permissions: { contents: read }
          jobs:
            plan:
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                  with:
                    ref: \${{ github.event.workflow_run.head_sha }}
                - run: make plan
        `,
      },
      {
        name: 'only when somebody said so',
        files: file`
          name: test
          on: pull_request_target
          permissions: { contents: read }
          jobs:
            labelled:
              if: contains(github.event.pull_request.labels.*.name, 'safe to test')
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                  with:
                    ref: \${{ github.event.pull_request.head.sha }}
                - run: make test
            approved:
              environment: external
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                  with:
                    ref: \${{ github.event.pull_request.head.sha }}
                - run: make test
        `,
      },
    ],
    unknown: [
      {
        name: 'which commit is only known when it runs',
        files: file`
          name: test
          on: pull_request_target
          permissions: { contents: read }
          jobs:
            test:
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                  with:
                    ref: \${{ vars.REF }}
                - run: make test
        `,
      },
    ],
  },
});

function isGuarded({ view }: Job): boolean {
  const condition = view.attr('if');
  return condition.is === 'unknown' || asks.test(textOf(condition) ?? '');
}

const takesForeign = (step: Step): boolean =>
  (textOf(step.uses) ?? '').startsWith('actions/checkout@') && foreign.test(textOf(step.with('ref')) ?? '');

const runsSomething = ({ uses, run }: Step): boolean => run.is !== 'absent' || (textOf(uses) ?? '').startsWith('./');
