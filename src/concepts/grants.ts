import type { Concept } from '../engine/rule.ts';
import type { Key, Located, Resource } from '../model/resource.ts';
import { references } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { documentStatements, jsonStatements } from './grants-read.ts';
import { onceForEach, onceForEachIn } from './remembered.ts';
import { textsOf } from './setting.ts';

/** One statement of an AWS policy, wherever it is written. */
export interface Grant {
  /** The resource whose source holds the statement: a role, a bucket policy, an `aws_iam_policy_document`. */
  readonly resource: Resource;
  readonly kind: PolicyKind;
  /** The statement as a whole. */
  readonly at: Located;
  readonly sid: string | undefined;
  readonly effect: 'allow' | 'deny' | 'unknown';
  readonly actions: Patterns;
  readonly resources: Patterns;
  readonly principals: Principals;
  /** Absent, or something: a statement with a condition holds only sometimes. */
  readonly conditions: Located;
}

/** `identity`: what its holder may do. `trust`: who may become a role. `resource`: who may do what to this one thing. */
export type PolicyKind = 'identity' | 'trust' | 'resource';

/** What a statement covers: patterns with `*` and `?`, or (`except`) everything but them. */
export interface Patterns {
  readonly at: Located;
  readonly except: boolean;
  /** Resources that are referred to stand here by their names, as `spell` writes them. */
  readonly texts: readonly string[];
  /** The place of each text. */
  readonly places: readonly Located[];
  /** False when some of the patterns are not known. */
  readonly complete: boolean;
}

export interface Principals {
  readonly at: Located;
  /** True when anyone at all is meant. */
  readonly anyone: boolean;
  /** Account ids, ARNs and service names that are known. */
  readonly named: readonly string[];
  /** Identity providers whose tokens are taken, as far as they are known. */
  readonly federated: readonly string[];
  /** False when some of them are not known. */
  readonly complete: boolean;
}

interface PolicyPlace {
  readonly kind: PolicyKind;
  readonly path: readonly Key[];
}
const policy = (kind: PolicyKind, ...path: readonly Key[]): PolicyPlace => ({ kind, path });

/** Where policies stand in each resource type. A `*` in a path means every item of a list. */
const written: Readonly<Record<string, readonly PolicyPlace[]>> = {
  aws_iam_policy: [policy('identity', 'policy')],
  aws_iam_role_policy: [policy('identity', 'policy')],
  aws_iam_user_policy: [policy('identity', 'policy')],
  aws_iam_group_policy: [policy('identity', 'policy')],
  aws_iam_role: [policy('trust', 'assume_role_policy'), policy('identity', 'inline_policy', '*', 'policy')],
  aws_s3_bucket_policy: [policy('resource', 'policy')],
  aws_sqs_queue_policy: [policy('resource', 'policy')],
  aws_sns_topic_policy: [policy('resource', 'policy')],
  aws_ecr_repository_policy: [policy('resource', 'policy')],
  aws_secretsmanager_secret_policy: [policy('resource', 'policy')],
  aws_efs_file_system_policy: [policy('resource', 'policy')],
  aws_opensearch_domain_policy: [policy('resource', 'access_policies')],
  aws_opensearch_domain: [policy('resource', 'access_policies')],
  aws_sagemaker_model_package_group_policy: [policy('resource', 'resource_policy')],
  aws_s3vectors_vector_bucket_policy: [policy('resource', 'policy')],
  aws_vpc_endpoint: [policy('resource', 'policy')],
  aws_vpc_endpoint_policy: [policy('resource', 'policy')],
  aws_kms_key: [policy('resource', 'policy')],
  aws_kms_key_policy: [policy('resource', 'policy')],
  'AWS::IAM::Role': [
    policy('trust', 'Properties', 'AssumeRolePolicyDocument'),
    policy('identity', 'Properties', 'Policies', '*', 'PolicyDocument'),
  ],
  'AWS::IAM::Policy': [policy('identity', 'Properties', 'PolicyDocument')],
  'AWS::IAM::ManagedPolicy': [policy('identity', 'Properties', 'PolicyDocument')],
  'AWS::IAM::RolePolicy': [policy('identity', 'Properties', 'PolicyDocument')],
  'AWS::IAM::User': [policy('identity', 'Properties', 'Policies', '*', 'PolicyDocument')],
  'AWS::IAM::Group': [policy('identity', 'Properties', 'Policies', '*', 'PolicyDocument')],
  'AWS::Serverless::Function': [policy('identity', 'Properties', 'Policies', '*')],
  'AWS::S3::BucketPolicy': [policy('resource', 'Properties', 'PolicyDocument')],
  'AWS::SQS::QueuePolicy': [policy('resource', 'Properties', 'PolicyDocument')],
  'AWS::SNS::TopicPolicy': [policy('resource', 'Properties', 'PolicyDocument')],
  'AWS::ECR::Repository': [policy('resource', 'Properties', 'RepositoryPolicyText')],
  'AWS::SecretsManager::ResourcePolicy': [policy('resource', 'Properties', 'ResourcePolicy')],
  'AWS::EFS::FileSystem': [policy('resource', 'Properties', 'FileSystemPolicy')],
  'AWS::OpenSearchService::Domain': [policy('resource', 'Properties', 'AccessPolicies')],
  'AWS::SageMaker::ModelPackageGroup': [policy('resource', 'Properties', 'ModelPackageGroupPolicy')],
  'AWS::S3Vectors::VectorBucketPolicy': [policy('resource', 'Properties', 'Policy')],
  'AWS::Bedrock::ResourcePolicy': [policy('resource', 'Properties', 'PolicyDocument')],
  'AWS::Bedrock::KnowledgeBasePolicy': [policy('resource', 'Properties', 'PolicyDocument')],
  'AWS::BedrockAgentCore::ResourcePolicy': [policy('resource', 'Properties', 'Policy')],
  'AWS::Lex::ResourcePolicy': [policy('resource', 'Properties', 'Policy')],
  'AWS::EC2::VPCEndpoint': [policy('resource', 'Properties', 'PolicyDocument')],
  'AWS::KMS::Key': [policy('resource', 'Properties', 'KeyPolicy')],
};

const places: ReadonlyMap<string, readonly PolicyPlace[]> = new Map(Object.entries(written));

/** Every statement of every policy. A Terraform policy document is seen where it is written, not again where it is used. */
export const grant: Concept<Grant> = {
  name: 'policy statement',
  sees: (type) => type === 'data.aws_iam_policy_document' || places.has(type),
  view: (resource, world) => grantsOf(resource, world),
};

/** The statements that a resource's own source holds; each is one object, however often it is asked for. */
export const grantsOf = onceForEachIn((resource: Resource, world: World): readonly Grant[] =>
  resource.type === 'data.aws_iam_policy_document'
    ? documentStatements(resource, documentKind(resource, world), world)
    : policiesOf(resource).flatMap(({ kind, at }) => (documentIn(at) === undefined ? jsonStatements(resource, kind, at, world) : [])),
);

/** The policies that a resource is given, wherever they are written. */
export function policiesOf(resource: Resource): readonly { readonly kind: PolicyKind; readonly at: Located }[] {
  const own = places.get(resource.type) ?? [];
  return own.flatMap(({ kind, path }) => placesAt(resource, path).map((at) => ({ kind, at })));
}

/** The address of the policy document that a policy is taken from. */
export const documentIn = (at: Located): string | undefined =>
  at.is === 'known' || at.is === 'unknown' ? at.refs?.find((ref) => ref.to.includes('data.aws_iam_policy_document'))?.to : undefined;

function placesAt(resource: Resource, path: readonly Key[]): readonly Located[] {
  const star = path.indexOf('*');
  if (star === -1) return [resource.attr(...path)];
  const rest = path.slice(star + 1);
  return resource.items(...path.slice(0, star)).map((view) => view.attr(...rest));
}

/** What a policy document is for shows in who uses it, and failing that in whether it names principals. */
function documentKind(resource: Resource, world: World): PolicyKind {
  const used = usesOf(world).get(resource.address);
  if (used) return used;
  const statements = resource.items('statement');
  if (statements.every((statement) => statement.attr('principals').is === 'absent')) return 'identity';
  const assumes = statements.some((statement) => textsOf(statement.attr('actions')).texts.some((a) => /^sts:AssumeRole/i.test(a)));
  return assumes ? 'trust' : 'resource';
}

/** What each address that a policy refers to is for, by the first policy that does. Policies are few, so the graph of everything is not asked. */
const usesOf = onceForEach((world: World): ReadonlyMap<string, PolicyKind> => {
  const found = new Map<string, PolicyKind>();
  for (const resource of world.resources)
    for (const { kind, at } of policiesOf(resource))
      for (const { to } of references(at)) if (to !== resource.address && !found.has(to)) found.set(to, kind);
  return found;
});

/** The place of one pattern. Its path stays that of the whole list, so that a pattern added before it does not make it another finding. */
export function placeOf({ at, texts, places: placed }: Patterns, text: string): Located {
  const item = placed[texts.indexOf(text)];
  return item ? { ...item, of: at.of, path: at.path } : at;
}
