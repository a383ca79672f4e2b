import type { Concept } from '../engine/rule.ts';
import { placed, type Located, type Resource, type View } from '../model/resource.ts';
import { references, type Value } from '../model/value.ts';
import { describesPods, podsOf } from './container.ts';
import { isSecretName } from './secret.ts';

/** A secret that Terraform hands to something that runs as the plain text of an environment variable. */
export interface PlainSecretVariable {
  readonly at: Located;
  readonly name: string;
  /** Where it comes from: `random_password.db`, `var.hf_token`. */
  readonly source: string;
  readonly instead: string;
}

export const plainSecretVariable: Concept<PlainSecretVariable> = {
  name: 'secret in a plain environment variable',
  sees: (type, dialect) => dialect === 'terraform' && (environments.has(type) || describesPods(type, dialect)),
  *view(resource) {
    if (resource.dialect !== 'terraform') return;
    for (const { at, name, instead } of environmentOf(resource)) {
      const source = secretSource(at, name);
      if (source !== undefined) yield { at, name, source, instead };
    }
  },
};

interface Variable {
  readonly at: Located;
  readonly name: string;
  readonly instead: string;
}

/** What runs with environment variables and is no pod. */
const environments: ReadonlyMap<string, (resource: Resource) => readonly Variable[]> = new Map([
  [
    'aws_sagemaker_model',
    (resource: Resource) =>
      ['primary_container', 'container']
        .flatMap((block) => resource.items(block))
        .flatMap((view) =>
          ofMap(
            view.attr('environment'),
            'SageMaker keeps it in the model’s definition: let the container read it from Secrets Manager with its role.',
          ),
        ),
  ],
  [
    'aws_sagemaker_training_job',
    (resource: Resource) =>
      ofMap(resource.attr('environment'), 'It stands in the job’s definition: let the code read it from Secrets Manager with its role.'),
  ],
  [
    'aws_bedrockagentcore_agent_runtime',
    (resource: Resource) =>
      ofMap(
        resource.attr('environment_variables'),
        'It stands in the runtime’s definition: let the agent fetch it from AgentCore Identity or Secrets Manager.',
      ),
  ],
  [
    'aws_lambda_function',
    (resource: Resource) =>
      ofMap(resource.attr('environment', 'variables'), 'Let the function read it from Secrets Manager with its role.'),
  ],
  [
    'google_cloud_run_v2_service',
    (resource: Resource) =>
      resource.items('template', 'containers').flatMap((view) => ofEntries(view, 'Use `value_source { secret_key_ref }`.')),
  ],
]);

function environmentOf(resource: Resource): readonly Variable[] {
  const inPod = 'Put it into a `kubernetes_secret` and use `value_from { secret_key_ref }`, or let External Secrets fill it in.';
  const containers = podsOf(resource).flatMap((pod) => pod.containers);
  return [...containers.flatMap((container) => ofEntries(container, inPod)), ...(environments.get(resource.type)?.(resource) ?? [])];
}

/** The variables of a container that lists them by name and value. */
const ofEntries = (container: Pick<View, 'items'>, instead: string): readonly Variable[] =>
  container.items('env').flatMap((entry) => {
    const name = entry.attr('name');
    return name.is === 'known' ? [{ at: entry.attr('value'), name: String(name.value), instead }] : [];
  });

const ofMap = (map: Located, instead: string): readonly Variable[] =>
  map.is === 'map' ? Array.from(map.entries, ([name, value]) => ({ at: placed(value, map.of, [...map.path, name]), name, instead })) : [];

const secretTypes =
  /(^|\.)(random_password\.[^.]+|data\.aws_secretsmanager_secret_version\.[^.]+|data\.aws_ssm_parameter\.[^.]+|data\.google_secret_manager_secret_version(_access)?\.[^.]+|data\.azurerm_key_vault_secret\.[^.]+|data\.vault_[a-z_]+\.[^.]+|var\.[A-Za-z0-9_-]+)$/;

function secretSource(value: Value, name: string): string | undefined {
  if (value.is !== 'unknown') return undefined;
  for (const { to } of references(value)) {
    if (!secretTypes.test(to.replace(/\[[^\]]*\]$/, ''))) continue;
    const variable = /(^|\.)var\.([A-Za-z0-9_-]+)$/.exec(to)?.[2];
    if (variable === undefined || (isSecretName(variable) && isSecretName(name))) return to;
  }
  return undefined;
}
