import { defineRule, workflow as file } from '../../src/engine/define-rule.ts';
import { code, list } from '../../src/engine/words.ts';
import { workflow, type Job, type Workflow } from '../../src/concepts/pipeline.ts';

/** Owned by GitHub, or by the cloud whose credentials it handles anyway. */
const trusted = /^(actions|github|aws-actions|google-github-actions|azure|hashicorp|docker)\//i;

export default defineRule({
  id: 'pipeline/unpinned-action',
  title: 'Third-party action can change under its tag',
  severity: 'low',
  requirements: ['R18', 'R20'],
  frameworks: { nist: ['SI-7', 'SR-3'], stride: ['tampering'] },
  why: `A tag of an action can be moved, and has been in real attacks: from then on the new code runs with this job's token and cloud role. In a job that changes infrastructure that is the whole account.`,
  links: ['https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions'],
  looksAt: workflow,

  *check(flow) {
    for (const job of flow.jobs) {
      const right = flow.deploys ? undefined : rightOf(flow, job);
      if (!flow.deploys && right === undefined) continue;
      for (const { uses } of job.steps) {
        const match = uses.is === 'known' ? /^([\w.-]+\/[\w./-]+)@(.+)$/.exec(String(uses.value)) : null;
        const [, action = '', version = ''] = match ?? [];
        if (!match || trusted.test(action) || /^[0-9a-f]{40,64}$/.test(version)) continue;
        yield {
          at: uses,
          subject: action,
          severity: flow.deploys ? 'medium' : 'low',
          message: `${code(`${action}@${version}`)} is whatever its owner points ${code(version)} at, and it runs in ${right === undefined ? 'a workflow that changes infrastructure' : `job ${code(job.name)}, ${right}`}. Pin it to a commit, with the release as a comment.`,
        };
      }
    }
  },

  examples: {
    bad: [
      {
        name: 'in a workflow that applies',
        files: file`
          name: infrastructure
          on: push
          permissions: { contents: read }
          jobs:
            terraform:
              runs-on: ubuntu-latest
              steps:
                - uses: actions/checkout@v4
                - uses: acme/setup-opa@v2 # <- finds
                - run: terraform apply plan
        `,
      },
      {
        name: 'in a job whose token may write',
        files: file`
          name: release
          on: push
          permissions: { contents: read }
          jobs:
            release:
              runs-on: ubuntu-latest
              permissions: { contents: write }
              steps:
                - uses: acme/release@v1 # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a cluster that lives for one test',
        files: file`
          name: test
          on: pull_request
          permissions: { contents: read }
          jobs:
            test:
              runs-on: ubuntu-latest
              steps:
                - uses: acme/action-k3s-helm@v4
                - run: helm install hub ./chart
        `,
      },
      {
        name: 'pinned to a commit',
        files: file`
          name: infrastructure
          on: push
          permissions: { contents: read }
          jobs:
            terraform:
              runs-on: ubuntu-latest
              steps:
                - uses: acme/setup-opa@e3dd6a429d7300a6a4c196c26e071d42e0343502 # v2.1.0
                - run: terraform apply plan
        `,
      },
      {
        name: 'a job that changes nothing',
        files: file`
          name: lint
          on: pull_request
          permissions: { contents: read }
          jobs:
            lint:
              runs-on: ubuntu-latest
              steps:
                - uses: acme/setup-opa@v2
        `,
      },
      {
        name: 'a token that may only comment',
        files: file`
          name: comment
          on: pull_request
          permissions: { pull-requests: write, issues: write, statuses: write }
          jobs:
            comment:
              runs-on: ubuntu-latest
              steps:
                - uses: acme/comment@v2
        `,
      },
    ],
    unknown: [
      {
        name: 'an action of this repository',
        files: file`
          name: infrastructure
          on: push
          permissions: { contents: read }
          jobs:
            terraform:
              runs-on: ubuntu-latest
              steps:
                - uses: ./.github/actions/setup
                - run: terraform apply plan
        `,
      },
    ],
  },
});

/** What only speaks about the work, and changes neither code nor what is released. */
const remarks = new Set(['pull-requests', 'issues', 'statuses', 'checks', 'discussions', 'security-events', 'repository-projects']);

/** What the job's token is known to reach, by permissions of its own or of the workflow; undefined when that is nothing that matters. */
function rightOf({ permissions }: Workflow, job: Job): string | undefined {
  const own = job.permissions.is === 'absent' ? permissions : job.permissions;
  if (own.is === 'known') return own.value === 'write-all' ? 'whose token may write everything' : undefined;
  if (own.is !== 'map') return undefined;
  const given = [...own.entries].flatMap(([name, level]) =>
    !remarks.has(name) && level.is === 'known' && level.value === 'write' ? [name] : [],
  );
  const writes = given.filter((name) => name !== 'id-token');
  const rights = [
    ...(writes.length > 0 ? [`whose token may write ${list(writes.map(code))}`] : []),
    ...(given.length > writes.length ? ['which may log in to a cloud or registry as this repository'] : []),
  ];
  return rights.length > 0 ? rights.join(' and ') : undefined;
}
