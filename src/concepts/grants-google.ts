import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import { setting, text, type Setting } from './setting.ts';

/** A role given to members on Google Cloud, at some level of the resource tree. */
export interface GoogleGrant {
  readonly resource: Resource;
  readonly level: 'organization' | 'folder' | 'project' | 'resource';
  readonly role: Setting<string>;
  readonly members: readonly Located[];
  /** True for `_iam_binding` and `_iam_policy`: whoever is not listed loses the role. */
  readonly authoritative: boolean;
}

const shape = /^google_(.+)_iam_(member|binding)$/;

export const googleGrant: Concept<GoogleGrant> = {
  name: 'role on Google Cloud',
  *view(resource) {
    const [, on, form] = shape.exec(resource.type) ?? [];
    if (on === undefined) return;
    yield {
      resource,
      level: on === 'project' || on === 'folder' || on === 'organization' ? on : 'resource',
      role: setting(resource.attr('role'), text),
      members: form === 'member' ? [resource.attr('member')] : listed(resource.attr('members')),
      authoritative: form === 'binding',
    };
  },
};

/** Each member of a list; all stand under the list's own path, so that their order does not matter. */
const listed = (members: Located): readonly Located[] =>
  members.is === 'list' ? members.items.map((item) => ({ ...item, of: members.of, path: members.path })) : [members];

/** "everyone on the internet" for `allUsers`, "everyone with a Google account" for `allAuthenticatedUsers`. */
export function publicMember(member: Located): string | undefined {
  if (member.is !== 'known') return undefined;
  if (member.value === 'allUsers') return 'everyone on the internet';
  return member.value === 'allAuthenticatedUsers' ? 'everyone with a Google account' : undefined;
}
