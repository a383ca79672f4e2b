import { defineRule, file as inFile, workflow as file } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { appliesUnasked, workflow } from '../../src/concepts/pipeline.ts';

export default defineRule({
  id: 'pipeline/scheduled-apply',
  title: 'Drift is overwritten on a timer, unseen',
  severity: 'medium',
  requirements: ['R13', 'R21', 'R18'],
  frameworks: { nist: ['CM-3', 'CM-5', 'AC-5'], stride: ['tampering', 'denial-of-service'] },
  why: `A difference between the configuration and what runs can be an attack, an emergency fix or a mistake. A timer that applies takes whatever the plan says: it can undo the fix of last night's incident, or destroy an endpoint or a bucket, and nobody has read the plan.`,
  links: [
    'https://developer.hashicorp.com/terraform/tutorials/state/resource-drift',
    'https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule',
  ],
  looksAt: workflow,

  *check({ triggers, jobs }) {
    // On pull requests there is a rule of its own for the same line.
    if (!triggers.has('schedule') || triggers.has('pull_request') || triggers.has('pull_request_target')) return;
    for (const job of jobs) {
      if (job.view.attr('if').is !== 'absent' || job.view.attr('environment').is !== 'absent') continue;
      for (const { run, view } of job.steps) {
        if (run.is !== 'known' || !appliesUnasked(String(run.value)) || view.attr('if').is !== 'absent') continue;
        yield {
          at: run,
          message: `Job ${code(job.name)} applies on a schedule without asking: drift is undone, and things are destroyed, before anybody has seen the plan. Let the timer plan with ${code('-detailed-exitcode')} and tell somebody, and apply in an ${code('environment')} with reviewers.`,
        };
      }
    }
  },

  examples: {
    bad: [
      {
        name: 'every night',
        files: file`
          name: drift
          on:
            schedule:
              - cron: "0 3 * * *"
          permissions: { contents: read }
          jobs:
            reconcile:
              runs-on: ubuntu-latest
              steps:
                - run: terraform apply -input=false -auto-approve # <- finds
        `,
      },
      {
        name: 'on pull requests too, another rule speaks',
        files: {
          ...inFile('.github/workflows/nightly.yml')`
          name: nightly
          on: { schedule: [{ cron: "0 3 * * *" }] }
          permissions: { contents: read }
          jobs:
            apply:
              runs-on: ubuntu-latest
              steps:
                - run: terraform apply -auto-approve # <- finds
        `,
          ...inFile('.github/workflows/pull.yml')`
          name: pull
          on: { schedule: [{ cron: "0 3 * * *" }], pull_request: }
          permissions: { contents: read }
          jobs:
            apply:
              runs-on: ubuntu-latest
              steps:
                - run: terraform apply -auto-approve
        `,
          ...inFile('.github/workflows/target.yml')`
          name: target
          on: { schedule: [{ cron: "0 3 * * *" }], pull_request_target: }
          permissions: { contents: read }
          jobs:
            apply:
              runs-on: ubuntu-latest
              steps:
                - run: terraform apply -auto-approve
        `,
        },
      },
    ],
    good: [
      {
        name: 'a plan that tells, and an apply that somebody approves',
        files: file`
          name: drift
          on:
            schedule:
              - cron: "0 3 * * *"
          permissions: { contents: read }
          jobs:
            detect:
              runs-on: ubuntu-latest
              steps:
                - run: terraform plan -detailed-exitcode -lock=false
            reconcile:
              needs: detect
              environment: production
              runs-on: ubuntu-latest
              steps:
                - run: terraform apply -input=false -auto-approve
        `,
      },
      {
        name: 'only when somebody starts it',
        files: file`
          name: apply
          on:
            schedule:
              - cron: "0 3 * * *"
            workflow_dispatch:
          permissions: { contents: read }
          jobs:
            apply:
              if: github.event_name == 'workflow_dispatch'
              runs-on: ubuntu-latest
              steps:
                - run: terraform apply -input=false -auto-approve
            report:
              runs-on: ubuntu-latest
              steps:
                - run: terraform plan
                - if: github.event_name == 'workflow_dispatch'
                  run: terraform apply -input=false -auto-approve
        `,
      },
      {
        name: 'after a merge',
        files: file`
          name: apply
          on: push
          permissions: { contents: read }
          jobs:
            apply:
              runs-on: ubuntu-latest
              steps:
                - run: terraform apply -input=false -auto-approve
        `,
      },
    ],
    unknown: [
      {
        name: 'what a script does',
        files: file`
          name: drift
          on:
            schedule:
              - cron: "0 3 * * *"
          permissions: { contents: read }
          jobs:
            reconcile:
              runs-on: ubuntu-latest
              steps:
                - run: ./reconcile.sh
        `,
      },
    ],
  },
});
