import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { googleGrant, type GoogleGrant } from './grants-google.ts';
import type { GoogleIdentity } from './identity.ts';
import { onceForEach } from './remembered.ts';
import { textOf } from './setting.ts';

export const isGoogleIdentity = (resource: Resource): boolean => resource.type === 'google_service_account';

export function googleIdentity(resource: Resource, world: World): GoogleIdentity {
  const all = googleGrants(world);
  const grants = all.filter(({ members }) => members.some((member) => isMember(member, resource)));
  return {
    cloud: 'google',
    resource,
    grants,
    complete: grants.every(({ role }) => role.is === 'known'),
    trust: all.filter(({ on }) => refersTo(on, resource)),
  };
}

const googleGrants = onceForEach((world: World): readonly GoogleGrant[] =>
  world.resources.flatMap((resource) => [...googleGrant.view(resource, world)]),
);

/** `serviceAccount:${google_service_account.x.email}`, its `member`, or the address that its account id makes. */
function isMember(member: Located, account: Resource): boolean {
  if (refersTo(member, account)) return !(textOf(member) ?? '').includes('.svc.id.goog[');
  const id = textOf(account.attr('account_id'));
  return id !== undefined && member.is === 'known' && String(member.value).startsWith(`serviceAccount:${id}@`);
}

/** Values that are of no more than a few references, which is what members and names are. */
const refersTo = (value: Located, resource: Resource): boolean =>
  (value.is === 'known' || value.is === 'unknown') && value.refs?.some((ref) => ref.to === resource.address) === true;
