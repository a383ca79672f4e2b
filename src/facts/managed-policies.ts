import type { Severity } from '../engine/rule.ts';

/** What an AWS managed policy gives away, for policies that no workload should carry. */
export interface ManagedPolicy {
  readonly severity: Severity;
  readonly then: string;
}

/** By the policy's own name. Source: the policies' documents, as iann0036/iam-dataset has them on 2026-08-22. */
export const managedPolicies: ReadonlyMap<string, ManagedPolicy> = new Map<string, ManagedPolicy>([
  ['AdministratorAccess', { severity: 'critical', then: 'do anything in the account' }],
  ['IAMFullAccess', { severity: 'critical', then: 'give itself any right there is' }],
  ['AdministratorAccess-Amplify', { severity: 'high', then: 'do almost anything in the account' }],
  ['PowerUserAccess', { severity: 'high', then: 'use everything in the account except IAM' }],
  ['AmazonS3FullAccess', { severity: 'high', then: 'read, overwrite and delete the data in every bucket' }],
  ['AmazonEC2FullAccess', { severity: 'high', then: 'open networks, and start and stop every machine' }],
  ['AmazonSSMFullAccess', { severity: 'high', then: 'run commands on every managed instance and read every parameter' }],
  ['SecretsManagerReadWrite', { severity: 'high', then: 'read and change every secret' }],
  ['AWSLambda_FullAccess', { severity: 'medium', then: 'change every function and pass roles to them' }],
  ['AWSLambdaFullAccess', { severity: 'medium', then: 'change every function and pass roles to them' }],
  [
    'AmazonSageMakerFullAccess',
    { severity: 'medium', then: 'open any notebook, replace any model or endpoint and pass roles to SageMaker' },
  ],
  ['AmazonBedrockFullAccess', { severity: 'medium', then: 'use every model at your expense, and switch guardrails and logging off' }],
  ['AmazonEC2ContainerRegistryFullAccess', { severity: 'medium', then: 'replace the images that training and serving run' }],
  ['AmazonEC2ContainerRegistryPowerUser', { severity: 'low', then: 'push images to every repository' }],
  ['AmazonS3ReadOnlyAccess', { severity: 'medium', then: 'read the data in every bucket of the account' }],
  ['CloudWatchFullAccess', { severity: 'low', then: 'delete logs, metrics and alarms' }],
  ['CloudWatchLogsFullAccess', { severity: 'low', then: 'delete every log' }],
]);

/** Any other policy that AWS calls FullAccess: all of one service. */
export const otherFullAccess: ManagedPolicy = {
  severity: 'medium',
  then: 'do everything in a whole service, on every resource of the account',
};
