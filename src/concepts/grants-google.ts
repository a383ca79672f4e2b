import type { Concept, Fix } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import { isMissing, setting, text, type Setting } from './setting.ts';

/** A role given to members on Google Cloud, at some level of the resource tree. */
export interface GoogleGrant {
  readonly resource: Resource;
  readonly level: 'organization' | 'folder' | 'project' | 'resource';
  /** What the role is given on: the bucket, service account, project, ... */
  readonly on: Located;
  readonly role: Setting<string>;
  readonly members: readonly Located[];
  /** True for `_iam_binding` and `_iam_policy`: whoever is not listed loses the role. */
  readonly authoritative: boolean;
  /** True when a condition narrows it, or may. */
  readonly conditional: boolean;
}

const shape = /^google_(.+)_iam_(member|binding|policy)$/;

/** Attributes that name what a role is given on; the first that is written counts. */
const subjects = ['bucket', 'service_account_id', 'secret_id', 'topic', 'repository', 'dataset_id', 'name', 'folder', 'org_id', 'project'];

export const googleGrant: Concept<GoogleGrant> = {
  name: 'role on Google Cloud',
  sees: (type) => shape.test(type),
  *view(resource, world) {
    const [, target, form] = shape.exec(resource.type) ?? [];
    if (target === undefined) return;
    const level = target === 'project' || target === 'folder' || target === 'organization' ? target : 'resource';
    const on = subjects.map((key) => resource.attr(key)).find((value) => value.is !== 'absent') ?? resource.attr('project');
    const whole = { resource, level, on, authoritative: form !== 'member' } as const;
    if (form === 'policy') {
      const policy = resource.attr('policy_data');
      const [ref] = policy.is === 'unknown' ? policy.refs : [];
      const bindings = (ref && world.graph.get(ref.to))?.items('binding') ?? [];
      for (const binding of bindings)
        yield {
          ...whole,
          role: setting(binding.attr('role'), text),
          members: listed(binding.attr('members')),
          conditional: !isMissing(binding.attr('condition')),
        };
    } else {
      const members = form === 'member' ? [resource.attr('member')] : listed(resource.attr('members'));
      yield { ...whole, role: setting(resource.attr('role'), text), members, conditional: !isMissing(resource.attr('condition')) };
    }
  },
};

/** Each member of a list; all stand under the list's own path, so that their order does not matter. */
const listed = (members: Located): readonly Located[] =>
  members.is === 'list' ? members.items.map((item) => ({ ...item, of: members.of, path: members.path })) : [members];

/**
 * Takes a member out of the list that it is written in; where it is the only member of its resource, the resource goes. Undefined for a
 * member that comes out of a computation.
 */
export function withoutMember(member: Located): readonly Fix[] {
  const literal = member.origins.find((origin) => origin.literal);
  if (!literal) return [];
  // `member` is required: without it there is nothing left to grant.
  if (member.path.at(-1) === 'member') return member.origins[0] === literal ? [{ do: 'remove', at: member.of }] : [];
  return [{ do: 'remove', at: { ...member, origins: [literal] } }];
}

/** "everyone on the internet" for `allUsers`, "everyone with a Google account" for `allAuthenticatedUsers`. */
export function publicMember(member: Located): string | undefined {
  if (member.is !== 'known') return undefined;
  if (member.value === 'allUsers') return 'everyone on the internet';
  return member.value === 'allAuthenticatedUsers' ? 'everyone with a Google account' : undefined;
}
