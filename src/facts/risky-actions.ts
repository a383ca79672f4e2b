import type { Severity } from '../engine/rule.ts';

/** An action that does harm when it is allowed on every resource, and what its holder can do with it (fits after "so it can"). */
export interface RiskyAction {
  readonly action: string;
  readonly severity: Severity;
  readonly then: string;
}

/**
 * Ways to get more rights than one was given, by changing who may do what. From the AWS service authorization reference for IAM; that these
 * escalate is described by Rhino Security Labs, "AWS IAM privilege escalation methods" (2018).
 */
export const escalations: readonly string[] = [
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:AttachGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:PutGroupPolicy',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:AddUserToGroup',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:UpdateLoginProfile',
  'iam:DeleteRolePermissionsBoundary',
];

/** Names of actions: AWS service authorization reference, each of which can be limited to named resources or by a condition. */
export const riskyActions: readonly RiskyAction[] = [
  { action: 's3:PutObject', severity: 'medium', then: 'overwrite models and training data in every bucket' },
  { action: 's3:DeleteObject', severity: 'medium', then: 'delete models and training data in every bucket' },
  { action: 's3:GetObject', severity: 'medium', then: 'read the data in every bucket of the account' },
  { action: 's3:PutBucketPolicy', severity: 'high', then: 'make any bucket public' },
  { action: 'secretsmanager:GetSecretValue', severity: 'high', then: 'read every secret in the account' },
  { action: 'ssm:SendCommand', severity: 'high', then: 'run commands on every managed instance' },
  { action: 'ssm:StartSession', severity: 'high', then: 'open a shell on every managed instance' },
  { action: 'ssm:GetParameter', severity: 'medium', then: 'read every parameter, the secret ones included' },
  { action: 'sts:AssumeRole', severity: 'high', then: 'become every role that trusts this account' },
  { action: 'kms:Decrypt', severity: 'medium', then: 'decrypt with every key whose policy leaves that to IAM' },
  { action: 'kms:ScheduleKeyDeletion', severity: 'high', then: 'destroy keys, and with them the data' },
  { action: 'lambda:UpdateFunctionCode', severity: 'high', then: 'put its own code into every function and use their roles' },
  { action: 'lambda:InvokeFunction', severity: 'low', then: 'call every function' },
  { action: 'ec2:AuthorizeSecurityGroupIngress', severity: 'medium', then: 'open any security group in the account' },
  { action: 'ec2:TerminateInstances', severity: 'medium', then: 'stop every instance, running training included' },
  { action: 'ec2:CreateNetworkInterface', severity: 'low', then: 'place network interfaces in any subnet' },
  { action: 'ecr:PutImage', severity: 'medium', then: 'replace the images that training and serving run' },
  { action: 'sagemaker:CreatePresignedDomainUrl', severity: 'high', then: "open any user's Studio" },
  { action: 'sagemaker:CreatePresignedNotebookInstanceUrl', severity: 'high', then: "open anyone's notebook and use its role" },
  { action: 'sagemaker:CreateEndpoint', severity: 'low', then: 'start endpoints of any kind' },
  { action: 'sagemaker:UpdateEndpoint', severity: 'medium', then: 'change what any endpoint serves' },
  { action: 'sagemaker:InvokeEndpoint', severity: 'low', then: 'query every endpoint' },
  { action: 'dynamodb:DeleteTable', severity: 'medium', then: 'delete any table' },
  { action: 'aws-marketplace:Subscribe', severity: 'medium', then: 'buy models and other products' },
];

/** What a wildcard over a whole service on every resource is worth saying; services that are left out are `medium`. */
export const wholeServices: ReadonlyMap<string, { readonly severity: Severity; readonly then: string }> = new Map([
  ['iam', { severity: 'critical', then: 'give itself any right there is' }],
  ['s3', { severity: 'high', then: 'read, overwrite and delete the data in every bucket, and make buckets public' }],
  ['ssm', { severity: 'high', then: 'run commands on every managed instance and read every parameter' }],
  ['sts', { severity: 'high', then: 'become every role that trusts this account' }],
  ['kms', { severity: 'high', then: 'decrypt data with every key and destroy keys' }],
  ['secretsmanager', { severity: 'high', then: 'read and change every secret' }],
  ['ec2', { severity: 'high', then: 'open networks, and start and stop every machine' }],
  ['lambda', { severity: 'high', then: 'put its own code into every function and use their roles' }],
  ['eks', { severity: 'high', then: 'reconfigure every cluster' }],
  ['organizations', { severity: 'critical', then: 'change the whole organisation' }],
  ['cloudformation', { severity: 'high', then: 'change or delete every stack' }],
  ['sagemaker', { severity: 'medium', then: 'open any notebook, and replace or delete any model and endpoint' }],
  ['bedrock', { severity: 'medium', then: 'use every model at your expense, and switch guardrails and logging off' }],
  ['ecr', { severity: 'medium', then: 'replace the images that training and serving run' }],
  ['dynamodb', { severity: 'medium', then: 'read, change and delete every table' }],
  // Writing logs, metrics and traces: they carry no rights over anything else, and many of their actions take no narrower resource.
  ['logs', { severity: 'info', then: '' }],
  ['cloudwatch', { severity: 'info', then: '' }],
  ['xray', { severity: 'info', then: '' }],
  ['ec2messages', { severity: 'info', then: '' }],
  ['ssmmessages', { severity: 'info', then: '' }],
  ['tag', { severity: 'info', then: '' }],
]);
