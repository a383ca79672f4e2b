import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';

/** A variable whose value, in this environment, is a list of Google principals. */
export interface PublicList {
  readonly resource: Resource;
  readonly members: readonly Located[];
}

export const publicList: Concept<PublicList> = {
  name: 'list of principals',
  sees: (type) => type === 'variable',
  *view(resource) {
    if (resource.type !== 'variable' || !resource.address.startsWith('var.')) return;
    const value = resource.attr('value');
    const items = value.is === 'list' ? value.items : [value];
    // All stand under the list's own path, so that their order does not matter.
    const members = items.map((item): Located => ({ ...item, of: resource, path: value.path }));
    if (members.some((member) => member.is === 'known' && /^all(?:Authenticated)?Users$/.test(String(member.value))))
      yield { resource, members };
  },
};
