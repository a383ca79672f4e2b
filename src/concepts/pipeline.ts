import type { Concept } from '../engine/rule.ts';
import type { Located, Resource, View } from '../model/resource.ts';
import type { Value } from '../model/value.ts';

/** A GitHub Actions workflow. */
export interface Workflow {
  readonly of: Resource;
  readonly triggers: ReadonlySet<string>;
  readonly permissions: Located;
  readonly jobs: readonly Job[];
  /** True when a step changes infrastructure: applies Terraform, CloudFormation, Helm or manifests. */
  readonly deploys: boolean;
}
export interface Job {
  readonly name: string;
  readonly view: View;
  readonly permissions: Located;
  readonly steps: readonly Step[];
}
export interface Step {
  readonly view: View;
  readonly job: Job;
  readonly uses: Located;
  readonly run: Located;
  with(key: string): Located;
}

export const workflow: Concept<Workflow> = {
  name: 'GitHub Actions workflow',
  sees: (type) => type === 'workflow',
  *view(resource) {
    if (resource.type !== 'workflow') return;
    const jobs = jobsOf(resource);
    yield {
      of: resource,
      triggers: triggersOf(resource),
      permissions: resource.attr('permissions'),
      jobs,
      deploys: changesInfrastructure(jobs.flatMap((job) => job.steps)),
    };
  },
};

const provisions =
  /\b(terraform|tofu|terragrunt)( -\S+)* (apply|destroy)\b|\baws cloudformation (deploy|create-stack|update-stack|execute-change-set)\b|\bcdk deploy\b|\bpulumi up\b|\baz deployment\b|\baz ml\b/;
const installs = /\bhelm (upgrade|install)\b|\bkubectl (apply|create|replace)\b/;
/** Clusters that live for one test. */
const testCluster = /kind-action|setup-kind|\bkind create\b|minikube|\bk3d\b|action-k3s|setup-k3s|microk8s/;
const deployingAction = /^(aws-actions\/aws-cloudformation-github-deploy|azure\/arm-deploy|dflook\/terraform-apply|pulumi\/actions)/i;

function changesInfrastructure(steps: readonly Step[]): boolean {
  const runs = steps.flatMap(({ run }) => (run.is === 'known' ? [String(run.value)] : []));
  const uses = steps.flatMap((step) => (step.uses.is === 'known' ? [String(step.uses.value)] : []));
  if (runs.some((run) => provisions.test(run)) || uses.some((action) => deployingAction.test(action))) return true;
  return runs.some((run) => installs.test(run)) && ![...runs, ...uses].some((text) => testCluster.test(text));
}

function jobsOf(resource: Resource): readonly Job[] {
  const jobs = resource.attr('jobs');
  if (jobs.is !== 'map') return [];
  return [...jobs.entries.keys()].flatMap((name) =>
    resource.items('jobs', name).map((view) => {
      const job: Job = {
        name,
        view,
        permissions: view.attr('permissions'),
        get steps() {
          return steps;
        },
      };
      const steps = view
        .items('steps')
        .map((step): Step => ({ view: step, job, uses: step.attr('uses'), run: step.attr('run'), with: (key) => step.attr('with', key) }));
      return job;
    }),
  );
}

/** `on:` is a text, a list or a map; YAML 1.1 readers call the key `true`. */
function triggersOf(resource: Resource): ReadonlySet<string> {
  const names = (value: Value): string[] => {
    if (value.is === 'known') return [String(value.value)];
    if (value.is === 'list') return value.items.flatMap(names);
    return value.is === 'map' ? [...value.entries.keys()] : [];
  };
  return new Set([...names(resource.attr('on')), ...names(resource.attr('true'))]);
}

const unasked =
  /\b(terraform|tofu)( -\S+)* (apply|destroy)\b[^\n;&|]*-auto-approve\b|\bterragrunt( -\S+)* (run-all )?apply\b[^\n;&|]*(-auto-approve|--terragrunt-non-interactive)\b|\bpulumi up\b[^\n;&|]*(--yes|-y)\b|\bcdk deploy\b[^\n;&|]*--require-approval[= ]never/;

/** Whether a script changes infrastructure without asking anybody. */
export const appliesUnasked = (script: string): boolean => unasked.test(script);

/** What starts a workflow with the repository's own secrets although people from outside can cause it. */
export const outsideTriggers = [
  'pull_request_target',
  'issues',
  'issue_comment',
  'pull_request_review',
  'pull_request_review_comment',
  'discussion',
  'discussion_comment',
  'workflow_run',
] as const;
