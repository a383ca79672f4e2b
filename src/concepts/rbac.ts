import type { Concept } from '../engine/rule.ts';
import type { Located, Resource, View } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { onceForEach } from './remembered.ts';
import { textOf } from './setting.ts';

/** One rule of a Role or ClusterRole. */
export interface RoleRule {
  readonly of: Resource;
  readonly view: View;
  /** True when it holds in every namespace. */
  readonly everywhere: boolean;
  readonly verbs: readonly string[];
  readonly resources: readonly string[];
  readonly groups: readonly string[];
  readonly verbsAt: Located;
  readonly resourcesAt: Located;
  /** True when names narrow it. */
  readonly named: boolean;
}

export const roleRule: Concept<RoleRule> = {
  name: 'rule of a Kubernetes role',
  sees: (type, dialect) => dialect !== 'terraform' || type.startsWith('kubernetes_'),
  *view(resource, world) {
    const role = /^(kubernetes_)?(cluster_?role|ClusterRole|role|Role)(_v1)?$/.exec(resource.type);
    if (!role || (resource.dialect === 'terraform' && !resource.type.startsWith('kubernetes_'))) return;
    const terraform = resource.dialect === 'terraform';
    const everywhere = /cluster/i.test(resource.type) && !isBoundInNamespaces(resource, world);
    for (const view of resource.items(terraform ? 'rule' : 'rules')) {
      const [verbsAt, resourcesAt] = [view.attr('verbs'), view.attr('resources')];
      const names = view.attr(terraform ? 'resource_names' : 'resourceNames');
      yield {
        of: resource,
        view,
        everywhere,
        verbs: texts(verbsAt),
        resources: texts(resourcesAt),
        groups: texts(view.attr(terraform ? 'api_groups' : 'apiGroups')),
        verbsAt,
        resourcesAt,
        named: names.is === 'unknown' || (names.is === 'list' && names.items.length > 0),
      };
    }
  },
};

/** A ClusterRole that only RoleBindings give out holds in their namespaces alone. */
function isBoundInNamespaces(role: Resource, world: World): boolean {
  const { RoleBinding, ClusterRoleBinding } = rolesBound(world);
  return RoleBinding.has(role.name) && !ClusterRoleBinding.has(role.name);
}

/** The names of the roles that bindings of each kind give out. */
const rolesBound = onceForEach((world: World) => {
  const bound = { RoleBinding: new Set<string>(), ClusterRoleBinding: new Set<string>() };
  for (const binding of world.resources) {
    if (binding.type !== 'RoleBinding' && binding.type !== 'ClusterRoleBinding') continue;
    const name = textOf(binding.attr('roleRef', 'name'));
    if (name !== undefined) bound[binding.type].add(name);
  }
  return bound;
});

/** A binding of a role to somebody. */
export interface RoleBound {
  readonly of: Resource;
  readonly role: Located;
  readonly everywhere: boolean;
  readonly subjects: readonly { readonly kind: string; readonly name: string; readonly namespace: string | undefined }[];
}

export const roleBound: Concept<RoleBound> = {
  name: 'binding of a Kubernetes role',
  sees: (type, dialect) => dialect !== 'terraform' || type.startsWith('kubernetes_'),
  *view(resource) {
    const terraform = /^kubernetes_(cluster_)?role_binding(_v1)?$/.test(resource.type);
    if (!terraform && resource.type !== 'ClusterRoleBinding' && resource.type !== 'RoleBinding') return;
    yield {
      of: resource,
      role: resource.attr(terraform ? 'role_ref' : 'roleRef', 'name'),
      everywhere: /cluster/i.test(resource.type),
      subjects: resource.items(terraform ? 'subject' : 'subjects').map((view) => {
        const [kind, name, namespace] = [view.attr('kind'), view.attr('name'), view.attr('namespace')];
        return {
          kind: kind.is === 'known' ? String(kind.value) : 'subject',
          name: name.is === 'known' ? String(name.value) : '',
          namespace: textOf(namespace),
        };
      }),
    };
  },
};

const texts = (value: Located): readonly string[] =>
  value.is === 'list' ? value.items.flatMap((item) => (item.is === 'known' ? [String(item.value)] : [])) : [];
