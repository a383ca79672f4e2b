import { defineRule, workflow as file } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { workflow } from '../../src/concepts/pipeline.ts';
import type { Fix } from '../../src/engine/rule.ts';
import type { Located } from '../../src/model/resource.ts';

/** A command that changes the state, with the flag that switches its lock off. */
const unlocked =
  /\b(?:terraform|tofu|terragrunt)\b[^\n;&|#]{0,200}?\b(apply|destroy|import|state (?:mv|rm|push))\b[^\n;&|#]{0,200}?(\s-lock=false)\b/;

export default defineRule({
  id: 'pipeline/lock-off',
  title: 'Pipeline writes the state without a lock',
  severity: 'medium',
  requirements: ['R18', 'R34'],
  frameworks: { nist: ['CM-3', 'SI-7'], stride: ['tampering', 'denial-of-service'] },
  why: `The lock is what keeps two runs from writing the state at the same time. Without it one of them is lost: endpoints and clusters then exist that no state knows, cost money and are reviewed by nobody. A lock that is left over can be taken away once, with \`force-unlock\`.`,
  links: ['https://developer.hashicorp.com/terraform/language/state/locking'],
  looksAt: workflow,

  *check({ jobs }) {
    for (const job of jobs)
      for (const { run } of job.steps) {
        const match = run.is === 'known' ? unlocked.exec(String(run.value)) : null;
        const [, command, flag] = match ?? [];
        if (!match || command === undefined || flag === undefined) continue;
        yield {
          at: run,
          message: `Job ${code(job.name)} runs ${code(command)} with ${code('-lock=false')}, so another run can write the same state at the same time and one of the two is lost. Leave the flag out.`,
          fix: without(run, match.index + match[0].length - flag.length, flag.length),
        };
      }
  },

  examples: {
    bad: [
      {
        name: 'on one line',
        files: file`
          name: apply
          on: push
          permissions: { contents: read }
          jobs:
            apply:
              runs-on: ubuntu-latest
              steps:
                - run: terraform apply -lock=false plan.out # <- finds
        `,
        suggests: '      - run: terraform apply plan.out',
      },
      {
        name: 'in a script',
        files: file`
          name: apply
          on: push
          permissions: { contents: read }
          jobs:
            apply:
              runs-on: ubuntu-latest
              steps:
                - run: | # <- finds
                    terraform init
                    terraform -chdir=infra apply -lock=false plan.out
        `,
        suggests: '          terraform -chdir=infra apply plan.out',
      },
    ],
    good: [
      {
        name: 'locked, or only read',
        files: file`
          name: apply
          on: push
          permissions: { contents: read }
          jobs:
            apply:
              runs-on: ubuntu-latest
              steps:
                - run: terraform plan -lock=false
                - run: terraform apply -lock-timeout=5m plan.out
                - run: terraform apply plan.out && terraform plan -lock=false
                - run: acme apply -lock=false
        `,
      },
    ],
    unknown: [
      {
        name: 'what a script does',
        files: file`
          name: apply
          on: push
          permissions: { contents: read }
          jobs:
            apply:
              runs-on: ubuntu-latest
              steps:
                - run: ./apply.sh -lock=false
        `,
      },
    ],
  },
});

/** Takes a part of a script out: at its place in the file where the script stands in a block, else by writing the script again. */
function without(run: Located, from: number, length: number): readonly Fix[] {
  if (run.is !== 'known') return [];
  const [origin] = run.origins;
  const text = String(run.value);
  if (run.offsets && origin) {
    const span = { file: origin.span.file, start: run.offsets(from), end: run.offsets(from + length - 1) + 1 };
    return span.end - span.start === length ? [{ do: 'replace', span, text: '' }] : [];
  }
  return [{ do: 'set', at: run, to: text.slice(0, from) + text.slice(from + length) }];
}
