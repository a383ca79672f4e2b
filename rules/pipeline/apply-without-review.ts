import { defineRule, workflow as file } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { appliesUnasked, workflow } from '../../src/concepts/pipeline.ts';

export default defineRule({
  id: 'pipeline/apply-without-review',
  title: 'Pull request applies infrastructure by itself',
  severity: 'high',
  requirements: ['R18', 'R7'],
  frameworks: { nist: ['CM-3', 'AC-5'], stride: ['tampering', 'elevation-of-privilege'] },
  why: `When a workflow applies on a pull request, opening one is enough to change the real infrastructure: nobody has read the plan yet, and the code that runs is the pull request's own.`,
  links: [
    'https://developer.hashicorp.com/terraform/tutorials/automation/github-actions',
    'https://docs.github.com/en/actions/reference/security/secure-use',
  ],
  looksAt: workflow,

  *check({ triggers, jobs }) {
    const onPull = triggers.has('pull_request_target') ? 'pull_request_target' : triggers.has('pull_request') ? 'pull_request' : undefined;
    if (onPull === undefined) return;
    for (const job of jobs) {
      if (isGuarded(job.view.attr('if')) || job.view.attr('environment').is !== 'absent') continue;
      for (const { run, view } of job.steps) {
        if (run.is !== 'known' || !appliesUnasked(String(run.value)) || isGuarded(view.attr('if'))) continue;
        yield {
          at: run,
          severity: onPull === 'pull_request_target' ? 'critical' : 'high',
          message: `Job ${code(job.name)} applies without asking, and it runs on ${code(onPull)}: opening a pull request changes the real infrastructure before anybody has read the plan. Plan here, and apply that plan after the merge, in an ${code('environment')} with reviewers.`,
        };
      }
    }
  },

  examples: {
    bad: [
      {
        name: 'Terraform',
        files: file`
          name: infrastructure
          on: [pull_request]
          permissions: { contents: read }
          jobs:
            terraform:
              runs-on: ubuntu-latest
              steps:
                - run: terraform apply -input=false -auto-approve # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a plan on pull requests, the apply after the merge',
        files: file`
          name: infrastructure
          on: [pull_request, push]
          permissions: { contents: read }
          jobs:
            terraform:
              runs-on: ubuntu-latest
              steps:
                - run: terraform plan -out=plan
                - if: github.event_name == 'push'
                  run: terraform apply -auto-approve plan
        `,
      },
      {
        name: 'only by hand, and in an environment that somebody approves',
        files: file`
          name: infrastructure
          on: [pull_request, workflow_dispatch]
          permissions: { contents: read }
          jobs:
            chosen:
              if: github.event_name == 'workflow_dispatch'
              runs-on: ubuntu-latest
              steps:
                - run: terraform apply -auto-approve
            preview:
              environment: preview
              runs-on: ubuntu-latest
              steps:
                - run: terraform apply -auto-approve
        `,
      },
    ],
    unknown: [
      {
        name: 'what a script does',
        files: file`
          name: infrastructure
          on: [pull_request]
          permissions: { contents: read }
          jobs:
            terraform:
              runs-on: ubuntu-latest
              steps:
                - run: ./deploy.sh
        `,
      },
    ],
  },
});

/** A condition may keep it from running on pull requests; which, cannot be told in general. */
const isGuarded = (condition: { readonly is: string }): boolean => condition.is !== 'absent';
