import { defineRule, workflow as file } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { outsideTriggers, workflow } from '../../src/concepts/pipeline.ts';
import { textOf } from '../../src/concepts/setting.ts';

/** Texts that whoever opens an issue or a pull request chooses. */
const chosen =
  /\$\{\{[^}]{0,200}\b(github\.event\.(?:issue|pull_request|comment|review|review_comment|discussion|head_commit|workflow_run)\.(?:title|body|message|head\.ref|head\.label|head_branch|head_commit\.message)|github\.head_ref)\b/;

export default defineRule({
  id: 'pipeline/script-injection',
  title: 'Text from outside becomes part of a script',
  severity: 'high',
  requirements: ['R18', 'R20'],
  frameworks: { nist: ['SI-10', 'SI-7'], stride: ['elevation-of-privilege', 'tampering'] },
  why: `GitHub puts the text of \`\${{ ... }}\` into the script before the shell reads it. A title such as \`"; curl ... | sh; #\` is then a command, and it runs with the secrets of the workflow. An environment variable stays text.`,
  links: ['https://docs.github.com/en/actions/concepts/security/script-injections'],
  looksAt: workflow,

  *check({ triggers, jobs }) {
    const trigger = outsideTriggers.find((name) => triggers.has(name));
    if (trigger === undefined) return;
    for (const job of jobs)
      for (const { run } of job.steps) {
        const text = chosen.exec(textOf(run) ?? '')?.[1];
        if (text === undefined) continue;
        yield {
          at: run,
          subject: text,
          message: `Job ${code(job.name)} writes ${code(text)} into a script, and it runs on ${code(trigger)}: whoever chooses that text chooses commands that run with the workflow's secrets. Hand it over as an environment variable (${code('env:')}) and quote it.`,
        };
      }
  },

  examples: {
    bad: [
      {
        name: 'the title of an issue',
        files: file`
          name: triage
          on: issues
          permissions: { contents: read }
          jobs:
            triage:
              runs-on: ubuntu-latest
              steps:
                - run: ./triage.sh "\${{ github.event.issue.title }}" # <- finds
        `,
      },
      {
        name: 'the branch of a pull request',
        files: file`
          name: plan
          on: pull_request_target
          permissions: { contents: read }
          jobs:
            plan:
              runs-on: ubuntu-latest
              steps:
                - run: echo "\${{ github.head_ref }}" # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'as an environment variable; numbers and commits',
        files: file`
          name: triage
          on: [issues, issue_comment]
          permissions: { contents: read }
          jobs:
            triage:
              runs-on: ubuntu-latest
              steps:
                - run: ./triage.sh "$TITLE" "\${{ github.event.issue.number }}" "\${{ github.sha }}"
                  env:
                    TITLE: \${{ github.event.issue.title }}
        `,
      },
      {
        name: 'where a stranger gets no secrets',
        files: file`
          name: test
          on: pull_request
          permissions: { contents: read }
          jobs:
            test:
              runs-on: ubuntu-latest
              steps:
                - run: echo "\${{ github.head_ref }}"
        `,
      },
    ],
    unknown: [
      {
        name: 'what an output holds',
        files: file`
          name: triage
          on: issues
          permissions: { contents: read }
          jobs:
            triage:
              runs-on: ubuntu-latest
              steps:
                - run: ./triage.sh "\${{ steps.read.outputs.title }}"
        `,
      },
    ],
  },
});
