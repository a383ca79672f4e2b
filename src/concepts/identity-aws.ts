import { managedStatements, samBucketPolicies, type ReadyStatement } from '../facts/managed-statements.ts';
import type { Key, Located, Resource } from '../model/resource.ts';
import { absent } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { documentIn, grantsOf, policiesOf, type Grant, type Patterns } from './grants.ts';
import { isReadable, jsonStatements } from './grants-read.ts';
import { managedName } from './grants-managed.ts';
import type { AwsIdentity } from './identity.ts';
import type { Statements } from './policy-decision.ts';
import { bucketName } from './policy-text.ts';
import { isMissing } from './setting.ts';

const holders = new Set(['aws_iam_role', 'aws_iam_user', 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::Serverless::Function']);

/** A function of SAM has rights of its own unless it is given a role. */
export const isAwsIdentity = (resource: Resource): boolean =>
  holders.has(resource.type) && (resource.type !== 'AWS::Serverless::Function' || resource.attr('Properties', 'Role').is === 'absent');

/** Policies that stand in a resource of their own and name who gets them. */
const written: readonly (readonly [type: string, ...holder: readonly Key[]])[] = [
  ['aws_iam_role_policy', 'role'],
  ['aws_iam_user_policy', 'user'],
  ['AWS::IAM::Policy', 'Properties', 'Roles'],
  ['AWS::IAM::Policy', 'Properties', 'Users'],
  ['AWS::IAM::ManagedPolicy', 'Properties', 'Roles'],
  ['AWS::IAM::ManagedPolicy', 'Properties', 'Users'],
  ['AWS::IAM::RolePolicy', 'Properties', 'RoleName'],
];

/** Resources that put a policy on somebody: who, and which. */
const attachments: readonly (readonly [type: string, holder: string, policies: string])[] = [
  ['aws_iam_role_policy_attachment', 'role', 'policy_arn'],
  ['aws_iam_role_policy_attachments_exclusive', 'role_name', 'policy_arns'],
  ['aws_iam_user_policy_attachment', 'user', 'policy_arn'],
  ['aws_iam_policy_attachment', 'roles', 'policy_arn'],
  ['aws_iam_policy_attachment', 'users', 'policy_arn'],
];

export function awsIdentity(resource: Resource, world: World): AwsIdentity {
  const own = [resource, ...written.flatMap(([type, ...path]) => world.graph.companions(resource, type, ...path))];
  const arns = [
    ...[['managed_policy_arns'], ['Properties', 'ManagedPolicyArns'], ['Properties', 'Policies']].flatMap((path) =>
      each(resource.attr(...path)),
    ),
    ...attachments.flatMap(([type, holder, policies]) =>
      world.graph.companions(resource, type, holder).flatMap((attachment) => each(attachment.attr(policies))),
    ),
  ];
  const parts = [...own.map((from) => statementsIn(from, world)), ...arns.map((at) => attached(at, world))];
  const grants = [...new Set(parts.flatMap((part) => part.grants))];
  return {
    cloud: 'aws',
    resource,
    grants: grants.filter(({ kind }) => kind !== 'trust'),
    complete: parts.every((part) => part.complete),
    trust: trustOf(resource, world),
    ...boundaryOf(resource, world),
  };
}

/** A policy that is only a reference to something unseen still is a boundary: what it allows is then not known. */
function boundaryOf(resource: Resource, world: World): { readonly boundary?: Statements } {
  const at = [resource.attr('permissions_boundary'), resource.attr('Properties', 'PermissionsBoundary')].find((value) => !isMissing(value));
  return at ? { boundary: attached(at, world) } : {};
}

const each = (at: Located): readonly Located[] =>
  at.is === 'list' ? at.items.map((item) => ({ ...item, of: at.of, path: at.path })) : isMissing(at) ? [] : [at];

/** The identity statements that a resource carries, over the documents that it takes them from. */
function statementsIn(resource: Resource, world: World): Statements {
  const parts = policiesOf(resource)
    .filter(({ kind, at }) => kind === 'identity' && at.is !== 'absent')
    .map(({ at }) => policyStatements(at, resource, world));
  return { grants: parts.flatMap(({ grants }) => grants), complete: parts.every(({ complete }) => complete) };
}

function policyStatements(at: Located, resource: Resource, world: World): Statements {
  const address = documentIn(at);
  const document = address === undefined ? undefined : world.graph.get(address);
  if (document) return withSources(document, world, 0);
  if (at.is === 'map' && !at.entries.has('Statement')) return samStatements(at, world);
  if (at.is === 'known' && resource.type === 'AWS::Serverless::Function') return nothing;
  const inside = grantsOf(resource, world).filter(
    (grant) => grant.kind === 'identity' && at.path.every((key, i) => grant.at.path[i] === key),
  );
  return { grants: address === undefined ? inside : jsonStatements(resource, 'identity', at, world), complete: isReadable(at) };
}

const nothing: Statements = { grants: [], complete: true };

/** A document with what it is built from: its own statements replace those of its sources with the same id, overrides replace its own. */
function withSources(document: Resource, world: World, depth: number): Statements {
  if (depth > 8) return { grants: [], complete: false };
  const from = (key: string): readonly Statements[] =>
    each(document.attr(key)).map((at) => {
      const address = documentIn(at);
      const other = address === undefined ? undefined : world.graph.get(address);
      if (other) return other === document ? nothing : withSources(other, world, depth + 1);
      return { grants: jsonStatements(document, 'identity', at, world), complete: isReadable(at) };
    });
  const blocks = document.attr('statement');
  const own: Statements = {
    grants: grantsOf(document, world),
    complete: blocks.is !== 'unknown' && !(blocks.is === 'list' && blocks.open === true),
  };
  const layers = [
    ...from('source_policy_documents'),
    ...from('source_json'),
    own,
    ...from('override_policy_documents'),
    ...from('override_json'),
  ];
  return { grants: layers.reduce<readonly Grant[]>(overlay, []), complete: layers.every(({ complete }) => complete) };
}

function overlay(below: readonly Grant[], { grants }: Statements): readonly Grant[] {
  const replaced = new Set(grants.map(({ sid }) => sid).filter((sid) => sid !== undefined && sid !== ''));
  return [...below.filter(({ sid }) => sid === undefined || !replaced.has(sid)), ...grants];
}

/** A policy that is put on somebody by its ARN or name: one that stands in the configuration, or one of AWS's own. */
function attached(at: Located, world: World): Statements {
  if (at.is === 'map') return nothing;
  const refs = at.is === 'known' || at.is === 'unknown' ? (at.refs ?? []) : [];
  for (const ref of refs) {
    const policy = world.graph.get(ref.to);
    if (policy && policiesOf(policy).length > 0) return statementsIn(policy, world);
    const name =
      policy?.type === 'data.aws_iam_policy' ? ['arn', 'name'].map((key) => managedName(policy.attr(key))).find(Boolean) : undefined;
    if (name !== undefined) return ready(at, managedStatements.get(name));
  }
  const name = managedName(at);
  return ready(at, name === undefined ? undefined : managedStatements.get(name));
}

const ready = (at: Located, statements: readonly ReadyStatement[] | undefined): Statements => ({
  grants: (statements ?? []).map((statement) => readyGrant(at, statement)),
  complete: statements !== undefined,
});

/** A statement of a ready-made policy as if it stood where the policy is attached. */
function readyGrant(at: Located, { actions, except, resources, sometimes }: ReadyStatement): Grant {
  const patterns = (texts: readonly string[], not: boolean): Patterns => ({
    at,
    except: not,
    texts,
    places: texts.map(() => at),
    complete: true,
  });
  const missing: Located = { ...absent([]), of: at.of, path: at.path };
  return {
    resource: at.of,
    kind: 'identity',
    at,
    sid: undefined,
    effect: 'allow',
    actions: patterns(actions, except === true),
    resources: patterns(resources, false),
    principals: { at: missing, anyone: false, named: [], federated: [], complete: true },
    conditions: sometimes ? { is: 'unknown', why: 'the policy has a condition', refs: [], origins: [], of: at.of, path: at.path } : missing,
  };
}

/** A template of SAM: `{ S3CrudPolicy: { BucketName: !Ref Models } }`. */
function samStatements(at: Located, world: World): Statements {
  if (at.is !== 'map') return nothing;
  const [[name, parameters] = []] = at.entries;
  const actions = name === undefined ? undefined : samBucketPolicies.get(name);
  const bucket = parameters?.is === 'map' ? parameters.entries.get('BucketName') : undefined;
  if (!actions || !bucket) return { grants: [], complete: false };
  const refs = bucket.is === 'unknown' ? bucket.refs.map((ref) => world.graph.get(ref.to)) : [];
  const text = bucket.is === 'known' ? String(bucket.value) : refs[0] && bucketName(refs[0], world);
  if (text === undefined) return { grants: [], complete: false };
  return ready(at, [{ actions, resources: [`arn:aws:s3:::${text}`, `arn:aws:s3:::${text}/*`] }]);
}

/** Who may become a role, over the document that says so. */
function trustOf(resource: Resource, world: World): readonly Grant[] {
  return policiesOf(resource)
    .filter(({ kind }) => kind === 'trust')
    .flatMap(({ at }) => {
      const address = documentIn(at);
      const document = address === undefined ? undefined : world.graph.get(address);
      return document ? withSources(document, world, 0).grants : grantsOf(resource, world).filter(({ kind }) => kind === 'trust');
    });
}
