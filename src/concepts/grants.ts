import type { Concept } from '../engine/rule.ts';
import { embedded } from '../model/embedded.ts';
import type { Key, Located, Resource } from '../model/resource.ts';
import { absent, references, type Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { isMissing, textsOf } from './setting.ts';

/** One statement of an AWS policy, wherever it is written. */
export interface Grant {
  /** The resource whose source holds the statement: a role, a bucket policy, an `aws_iam_policy_document`. */
  readonly resource: Resource;
  /** `identity`: what its holder may do. `trust`: who may become a role. `resource`: who may do what to this one thing. */
  readonly kind: PolicyKind;
  /** The statement as a whole. */
  readonly at: Located;
  readonly effect: 'allow' | 'deny' | 'unknown';
  readonly actions: Patterns;
  readonly resources: Patterns;
  readonly principals: Principals;
  /** Absent, or something: a statement with a condition holds only sometimes. */
  readonly conditions: Located;
}

export type PolicyKind = 'identity' | 'trust' | 'resource';

/** What a statement covers: patterns with `*` and `?`, or (`except`) everything but them. */
export interface Patterns {
  readonly at: Located;
  readonly except: boolean;
  readonly texts: readonly string[];
  /** False when some of the patterns are not known. */
  readonly complete: boolean;
}

export interface Principals {
  readonly at: Located;
  /** True when anyone at all is meant. */
  readonly anyone: boolean;
  /** Account ids, ARNs and service names that are known. */
  readonly named: readonly string[];
}

const document = (kind: PolicyKind, ...path: readonly Key[]) => ({ kind, path });

/** Where policies stand in each resource type. A `*` in a path means every item of a list. */
const places: Readonly<Record<string, readonly { readonly kind: PolicyKind; readonly path: readonly Key[] }[]>> = {
  aws_iam_policy: [document('identity', 'policy')],
  aws_iam_role_policy: [document('identity', 'policy')],
  aws_iam_user_policy: [document('identity', 'policy')],
  aws_iam_group_policy: [document('identity', 'policy')],
  aws_iam_role: [document('trust', 'assume_role_policy'), document('identity', 'inline_policy', '*', 'policy')],
  aws_s3_bucket_policy: [document('resource', 'policy')],
  aws_sqs_queue_policy: [document('resource', 'policy')],
  aws_sns_topic_policy: [document('resource', 'policy')],
  aws_ecr_repository_policy: [document('resource', 'policy')],
  aws_secretsmanager_secret_policy: [document('resource', 'policy')],
  aws_efs_file_system_policy: [document('resource', 'policy')],
  aws_opensearch_domain_policy: [document('resource', 'access_policies')],
  aws_opensearch_domain: [document('resource', 'access_policies')],
  aws_sagemaker_model_package_group_policy: [document('resource', 'resource_policy')],
  aws_vpc_endpoint: [document('resource', 'policy')],
  aws_vpc_endpoint_policy: [document('resource', 'policy')],
  aws_kms_key: [document('resource', 'policy')],
  aws_kms_key_policy: [document('resource', 'policy')],
  'AWS::IAM::Role': [
    document('trust', 'Properties', 'AssumeRolePolicyDocument'),
    document('identity', 'Properties', 'Policies', '*', 'PolicyDocument'),
  ],
  'AWS::IAM::Policy': [document('identity', 'Properties', 'PolicyDocument')],
  'AWS::IAM::ManagedPolicy': [document('identity', 'Properties', 'PolicyDocument')],
  'AWS::IAM::RolePolicy': [document('identity', 'Properties', 'PolicyDocument')],
  'AWS::IAM::User': [document('identity', 'Properties', 'Policies', '*', 'PolicyDocument')],
  'AWS::IAM::Group': [document('identity', 'Properties', 'Policies', '*', 'PolicyDocument')],
  'AWS::Serverless::Function': [document('identity', 'Properties', 'Policies', '*')],
  'AWS::S3::BucketPolicy': [document('resource', 'Properties', 'PolicyDocument')],
  'AWS::SQS::QueuePolicy': [document('resource', 'Properties', 'PolicyDocument')],
  'AWS::SNS::TopicPolicy': [document('resource', 'Properties', 'PolicyDocument')],
  'AWS::ECR::Repository': [document('resource', 'Properties', 'RepositoryPolicyText')],
  'AWS::SecretsManager::ResourcePolicy': [document('resource', 'Properties', 'ResourcePolicy')],
  'AWS::EFS::FileSystem': [document('resource', 'Properties', 'FileSystemPolicy')],
  'AWS::OpenSearchService::Domain': [document('resource', 'Properties', 'AccessPolicies')],
  'AWS::SageMaker::ModelPackageGroup': [document('resource', 'Properties', 'ModelPackageGroupPolicy')],
  'AWS::EC2::VPCEndpoint': [document('resource', 'Properties', 'PolicyDocument')],
  'AWS::KMS::Key': [document('resource', 'Properties', 'KeyPolicy')],
};

/** Every statement of every policy. A Terraform policy document is seen where it is written, not again where it is used. */
export const grant: Concept<Grant> = {
  name: 'policy statement',
  *view(resource, world) {
    if (resource.type === 'data.aws_iam_policy_document') {
      yield* documentGrants(resource, world);
      return;
    }
    if (!Object.hasOwn(places, resource.type)) return;
    for (const { kind, path } of places[resource.type] ?? [])
      for (const policy of placesAt(resource, path)) yield* statements(resource, kind, policy);
  },
};

function placesAt(resource: Resource, path: readonly Key[]): readonly Located[] {
  const star = path.indexOf('*');
  if (star === -1) return [resource.attr(...path)];
  const rest = path.slice(star + 1);
  return resource.items(...path.slice(0, star)).map((view) => view.attr(...rest));
}

function* statements(resource: Resource, kind: PolicyKind, policy: Located): Generator<Grant> {
  // The statements of a policy document are seen at the document itself.
  if (
    (policy.is === 'known' || policy.is === 'unknown') &&
    policy.refs?.some((ref) => ref.to.includes('data.aws_iam_policy_document')) === true
  )
    return;
  const body = located(embedded(policy), policy);
  const all = child(body, 'Statement');
  const each = all.is === 'list' ? all.items.map((item, i) => located(item, all, i)) : [all];
  for (const at of each) {
    if (at.is !== 'map') continue;
    const effect = child(at, 'Effect');
    yield {
      resource,
      kind,
      at,
      effect: effect.is === 'known' ? effectOf(String(effect.value)) : 'unknown',
      actions: patterns(child(at, 'Action'), child(at, 'NotAction')),
      resources: patterns(child(at, 'Resource'), child(at, 'NotResource')),
      principals: principalsOf(child(at, 'Principal')),
      conditions: child(at, 'Condition'),
    };
  }
}

const effectOf = (text: string): Grant['effect'] => (text === 'Allow' ? 'allow' : text === 'Deny' ? 'deny' : 'unknown');

function patterns(these: Located, butThese: Located): Patterns {
  const except = !isMissing(butThese);
  const at = except ? butThese : these;
  return { at, except, ...patternsOf(at) };
}

/** Stands for the unknown part of a pattern: no wildcard, so it never makes a pattern look wider than it is. */
const hole = '\u0000';

function patternsOf(value: Value): Pick<Patterns, 'texts' | 'complete'> {
  const items = value.is === 'list' ? value.items : value.is === 'absent' ? [] : [value];
  const texts = items.flatMap((item) => {
    if (item.is === 'known') return [String(item.value)];
    return item.is === 'unknown' && item.parts ? [item.parts.map((part) => part ?? hole).join('')] : [];
  });
  return { texts, complete: items.every((item) => item.is === 'known') && !(value.is === 'list' && value.open === true) };
}

/** The place of one pattern. Its path stays that of the whole list, so that a pattern added before it does not make it another finding. */
export function placeOf({ at }: Patterns, text: string): Located {
  const item = at.is === 'list' ? at.items.find((one) => patternsOf(one).texts.includes(text)) : undefined;
  return item ? { ...item, of: at.of, path: at.path } : at;
}

/** `"*"`, `{"AWS": "*"}`, `{"Service": [...]}`. */
function principalsOf(at: Located): Principals {
  const parts = at.is === 'map' ? [...at.entries] : [['AWS', at] as const];
  const named = parts.flatMap(([, value]) => textsOf(value).texts);
  const anyone = parts.some(([type, value]) => type === 'AWS' && textsOf(value).texts.includes('*'));
  return { at, anyone, named };
}

/** The blocks of an `aws_iam_policy_document`; a statement that says nothing of its effect allows. */
function* documentGrants(resource: Resource, world: World): Generator<Grant> {
  const kind = documentKind(resource, world);
  for (const statement of resource.items('statement')) {
    const effect = statement.attr('effect');
    const principals = [...statement.items('principals')];
    yield {
      resource,
      kind,
      at: { ...statement.value, of: resource, path: statement.path },
      effect: effect.is === 'absent' ? 'allow' : effect.is === 'known' ? effectOf(String(effect.value)) : 'unknown',
      actions: patterns(statement.attr('actions'), statement.attr('not_actions')),
      resources: patterns(statement.attr('resources'), statement.attr('not_resources')),
      principals: {
        at: statement.attr('principals'),
        anyone: principals.some(
          (p) => /^(?:\*|AWS)$/.test(textsOf(p.attr('type')).texts[0] ?? '') && textsOf(p.attr('identifiers')).texts.includes('*'),
        ),
        named: principals.flatMap((p) => textsOf(p.attr('identifiers')).texts),
      },
      conditions: statement.attr('condition'),
    };
  }
}

/** What a policy document is for shows in who uses it, and failing that in whether it names principals. */
function documentKind(resource: Resource, world: World): PolicyKind {
  for (const user of world.graph.dependents(resource)) {
    if (!Object.hasOwn(places, user.type)) continue;
    for (const { kind, path } of places[user.type] ?? [])
      if (placesAt(user, path).some((policy) => [...references(policy)].some((ref) => ref.to === resource.address))) return kind;
  }
  const named = resource.items('statement').some((statement) => statement.attr('principals').is !== 'absent');
  if (!named) return 'identity';
  const assumes = resource
    .items('statement')
    .some((statement) => textsOf(statement.attr('actions')).texts.some((a) => /^sts:AssumeRole/i.test(a)));
  return assumes ? 'trust' : 'resource';
}

/** A value inside another as a place of its own, also where the outer one is text with a document in it. */
function located(value: Value, from: Located, ...more: readonly Key[]): Located {
  return { ...value, of: from.of, path: [...from.path, ...more] };
}

function child(from: Located, key: string): Located {
  if (from.is !== 'map') return located(absent(from.origins), from, key);
  const found = from.entries.get(key);
  return located(found ?? absent(from.origins.slice(0, 1).map((origin) => ({ ...origin, what: 'container' as const }))), from, key);
}
