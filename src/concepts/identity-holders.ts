import type { World } from '../model/world.ts';
import type { Grant } from './grants.ts';
import { identitiesOf, type AwsIdentity } from './identity.ts';
import { decide } from './policy-decision.ts';
import { coverage, isOpen, reaches, reachesAll } from './policy.ts';
import { onceForEach } from './remembered.ts';

/** The roles and users that a statement is given to, over policies, documents and attachments; none when it is given elsewhere. */
export const holdersOf = (grant: Grant, world: World): readonly AwsIdentity[] => allHolders(world).get(grant) ?? [];

const allHolders = onceForEach((world: World): ReadonlyMap<Grant, readonly AwsIdentity[]> => {
  const found = new Map<Grant, AwsIdentity[]>();
  for (const identity of identitiesOf(world).values()) {
    if (identity.cloud !== 'aws') continue;
    for (const grant of identity.grants) {
      const before = found.get(grant);
      if (before) before.push(identity);
      else found.set(grant, [identity]);
    }
  }
  return found;
});

/**
 * Whether everybody who is given a statement is denied an action (or a whole pattern of actions) wherever the statement reaches, or kept from
 * it by a permissions boundary, so that the statement gives nothing away. Only a denial without a condition counts.
 */
export function isDenied(grant: Grant, action: string, world: World): boolean {
  const holders = holdersOf(grant, world);
  const denials = ({ grants }: AwsIdentity): boolean =>
    grants.some(
      (other) =>
        other.effect === 'deny' &&
        isOpen({ ...other, effect: 'allow' }) &&
        coverage(other.actions, action) === 'yes' &&
        takesIn(other, grant),
    );
  return holders.length > 0 && holders.every((holder) => denials(holder) || isBounded(holder, action));
}

/** Whether a permissions boundary keeps an action away, or may: one that is not seen is there to narrow. */
const isBounded = ({ boundary }: AwsIdentity, action: string): boolean =>
  boundary !== undefined && decide(boundary.grants, boundary.complete, { action, resource: '*', how: 'all' }).is !== 'yes';

/** All but a few resources, denied, takes a grant on everything away in what matters: what is left is named. */
const takesIn = (denial: Grant, { resources }: Grant): boolean =>
  reachesAll(denial.resources) ||
  (!resources.except && resources.texts.length > 0 && resources.texts.every((text) => reaches(denial.resources, text, 'all') === 'yes'));
