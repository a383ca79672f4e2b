import type { Key, Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';

/** A managed AI resource and the role that it runs as. */
export interface RoleUse {
  readonly resource: Resource;
  readonly role: Located;
  /** `people` run code of their own with it, `serving` answers requests, an `agent` acts on what a model says. */
  readonly for: 'people' | 'serving' | 'agent';
  readonly noun: string;
}

const use =
  (purpose: RoleUse['for'], noun: string, ...path: readonly Key[]) =>
  (resource: Resource): readonly RoleUse[] => [{ resource, role: resource.attr(...path), for: purpose, noun }];

export const roleUse = byType<RoleUse>('use of a role', {
  aws_sagemaker_notebook_instance: use('people', 'the notebook', 'role_arn'),
  aws_sagemaker_domain: use('people', 'the Studio domain', 'default_user_settings', 'execution_role'),
  aws_sagemaker_user_profile: use('people', 'the Studio user', 'user_settings', 'execution_role'),
  aws_sagemaker_model: use('serving', 'the model', 'execution_role_arn'),
  aws_bedrockagent_agent: use('agent', 'the agent', 'agent_resource_role_arn'),
  aws_bedrockagentcore_agent_runtime: use('agent', 'the agent', 'role_arn'),
  'AWS::SageMaker::NotebookInstance': use('people', 'the notebook', 'Properties', 'RoleArn'),
  'AWS::SageMaker::Domain': use('people', 'the Studio domain', 'Properties', 'DefaultUserSettings', 'ExecutionRole'),
  'AWS::SageMaker::UserProfile': use('people', 'the Studio user', 'Properties', 'UserSettings', 'ExecutionRole'),
  'AWS::SageMaker::Model': use('serving', 'the model', 'Properties', 'ExecutionRoleArn'),
  'AWS::Bedrock::Agent': use('agent', 'the agent', 'Properties', 'AgentResourceRoleArn'),
  'AWS::BedrockAgentCore::Runtime': use('agent', 'the agent', 'Properties', 'RoleArn'),
});
