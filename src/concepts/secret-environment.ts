import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import { references, type Value } from '../model/value.ts';
import { podsOf } from './container.ts';
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

function* environmentOf(resource: Resource): Generator<Variable> {
  const inPod = 'Put it into a `kubernetes_secret` and use `value_from { secret_key_ref }`, or let External Secrets fill it in.';
  for (const pod of podsOf(resource))
    for (const container of pod.containers)
      for (const entry of container.items('env')) {
        const name = entry.attr('name');
        if (name.is === 'known') yield { at: entry.attr('value'), name: String(name.value), instead: inPod };
      }
  if (resource.type === 'aws_sagemaker_model')
    for (const block of ['primary_container', 'container'])
      for (const view of resource.items(block))
        yield* ofMap(
          view.attr('environment'),
          'SageMaker keeps it in the model’s definition: let the container read it from Secrets Manager with its role.',
        );
  if (resource.type === 'aws_sagemaker_training_job')
    yield* ofMap(
      resource.attr('environment'),
      'It stands in the job’s definition: let the code read it from Secrets Manager with its role.',
    );
  if (resource.type === 'aws_bedrockagentcore_agent_runtime')
    yield* ofMap(
      resource.attr('environment_variables'),
      'It stands in the runtime’s definition: let the agent fetch it from AgentCore Identity or Secrets Manager.',
    );
  if (resource.type === 'aws_lambda_function')
    yield* ofMap(resource.attr('environment', 'variables'), 'Let the function read it from Secrets Manager with its role.');
  if (resource.type === 'google_cloud_run_v2_service')
    for (const view of resource.items('template', 'containers'))
      for (const entry of view.items('env')) {
        const name = entry.attr('name');
        if (name.is === 'known')
          yield { at: entry.attr('value'), name: String(name.value), instead: 'Use `value_source { secret_key_ref }`.' };
      }
}

function* ofMap(map: Located, instead: string): Generator<Variable> {
  if (map.is === 'map')
    for (const [name, value] of map.entries) yield { at: { ...value, of: map.of, path: [...map.path, name] }, name, instead };
}

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
