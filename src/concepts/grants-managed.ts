import { managedPolicies, otherFullAccess, type ManagedPolicy } from '../facts/managed-policies.ts';
import type { Concept } from '../engine/rule.ts';
import type { Key, Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';

/** An AWS managed policy on a role, user or group, of those that give away too much. */
export interface ManagedGrant {
  readonly resource: Resource;
  readonly at: Located;
  readonly policy: string;
  readonly gives: ManagedPolicy;
  /** Who gets it, when that is known: the role's own resource. */
  readonly holder: Resource | undefined;
}

const places: Readonly<Record<string, { readonly policies: readonly Key[]; readonly holder?: readonly Key[] }>> = {
  aws_iam_role_policy_attachment: { policies: ['policy_arn'], holder: ['role'] },
  aws_iam_policy_attachment: { policies: ['policy_arn'] },
  aws_iam_user_policy_attachment: { policies: ['policy_arn'], holder: ['user'] },
  aws_iam_group_policy_attachment: { policies: ['policy_arn'], holder: ['group'] },
  aws_iam_role: { policies: ['managed_policy_arns'] },
  'AWS::IAM::Role': { policies: ['Properties', 'ManagedPolicyArns'] },
  'AWS::IAM::User': { policies: ['Properties', 'ManagedPolicyArns'] },
  'AWS::IAM::Group': { policies: ['Properties', 'ManagedPolicyArns'] },
  'AWS::Serverless::Function': { policies: ['Properties', 'Policies'] },
};

export const managedGrant: Concept<ManagedGrant> = {
  name: 'managed policy on an identity',
  sees: (type) => Object.hasOwn(places, type),
  *view(resource, world) {
    if (!Object.hasOwn(places, resource.type)) return;
    const place = places[resource.type];
    if (!place) return;
    const found = resource.attr(...place.policies);
    for (const at of each(found)) {
      const policy = managedName(at);
      const gives =
        policy === undefined ? undefined : (managedPolicies.get(policy) ?? (/Full_?Access$/.test(policy) ? otherFullAccess : undefined));
      if (policy !== undefined && gives) yield { resource, at, policy, gives, holder: holderOf(resource, place.holder, world) };
    }
  },
};

/** One policy, or each of a list; the path stays that of the list, so that order does not matter. */
const each = (found: Located): readonly Located[] =>
  found.is === 'list' ? found.items.map((item) => ({ ...item, of: found.of, path: found.path })) : [found];

/** The policy's name at the end of an ARN of AWS's own, also when the partition before it is not known. */
export function managedName(at: Located): string | undefined {
  const text = at.is === 'known' ? String(at.value) : at.is === 'unknown' ? (at.parts?.at(-1) ?? '') : '';
  return /(?:(?:^|:)aws:policy\/(?:[a-z-]+\/)?|^)([\w+=,.@-]+)$/.exec(text)?.[1];
}

function holderOf(resource: Resource, path: readonly Key[] | undefined, world: World): Resource | undefined {
  if (!path) return resource;
  const holder = resource.attr(...path);
  const refs = holder.is === 'known' || holder.is === 'unknown' ? (holder.refs ?? []) : [];
  return refs.map((ref) => world.graph.get(ref.to)).find((found) => found !== undefined);
}
