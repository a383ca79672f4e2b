import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import type { Pod } from './container.ts';
import { roleBound, roleRule, type RoleBound, type RoleRule } from './rbac.ts';
import { onceForEach } from './remembered.ts';
import { textOf } from './setting.ts';

/** A service account of a cluster, with what the same configuration's bindings give it there. */
export interface KubernetesIdentity {
  readonly cloud: 'kubernetes';
  readonly resource: Resource;
  readonly grants: readonly ClusterGrant[];
  readonly complete: boolean;
}

/** One rule of a role that somebody is given. */
export interface ClusterGrant extends Pick<RoleRule, 'verbs' | 'resources' | 'groups' | 'named'> {
  /** The role's name. */
  readonly role: string;
  /** Where the right is written: the rule's verbs, or the binding that names a ready-made role. */
  readonly at: Located;
  /** In every namespace, and not only in that of the binding. */
  readonly everywhere: boolean;
  readonly binding: Resource;
}

export const isKubernetesIdentity = (resource: Resource): boolean =>
  resource.type === 'ServiceAccount' && resource.dialect === 'kubernetes';

export function kubernetesIdentity(resource: Resource, world: World): KubernetesIdentity {
  const { grants, complete } = givenTo({ name: resource.name, namespace: textOf(resource.attr('metadata', 'namespace')) }, world);
  return { cloud: 'kubernetes', resource, grants, complete };
}

/** What a pod's service account may do in the cluster, also where the account itself is not written. */
export function rightsOfPod(pod: Pod, world: World): { readonly grants: readonly ClusterGrant[]; readonly account: string } | undefined {
  const at = pod.attr('serviceAccountName');
  const name = at.is === 'absent' ? 'default' : textOf(at);
  const namespace = pod.of.attr('metadata', 'namespace');
  if (name === undefined || namespace.is === 'unknown') return undefined;
  return { grants: givenTo({ name, namespace: textOf(namespace) }, world).grants, account: name };
}

interface Account {
  readonly name: string;
  readonly namespace: string | undefined;
}

interface Binding extends Pick<RoleBound, 'subjects'> {
  /** Undefined when the role is not written here. */
  readonly grants: readonly ClusterGrant[] | undefined;
}

const bindingsOf = onceForEach((world: World): readonly Binding[] =>
  world.resources.flatMap((resource) =>
    Array.from(roleBound.view(resource, world), (bound) => ({ subjects: bound.subjects, grants: grantsBy(bound, world) })),
  ),
);

const rolesByName = onceForEach((world: World): ReadonlyMap<string, readonly Resource[]> => {
  const roles = new Map<string, Resource[]>();
  for (const role of world.resources) {
    const name = roleTypes.test(role.type) ? textOf(role.attr('metadata', 'name')) : undefined;
    if (name !== undefined) roles.set(name, [...(roles.get(name) ?? []), role]);
  }
  return roles;
});

function givenTo(account: Account, world: World): { readonly grants: readonly ClusterGrant[]; readonly complete: boolean } {
  const bindings = bindingsOf(world).filter(({ subjects }) => subjects.some((subject) => isAccount(subject, account)));
  const given = bindings.map(({ grants }) => grants);
  return { grants: given.flatMap((grants) => grants ?? []), complete: !given.includes(undefined) };
}

type Subject = RoleBound['subjects'][number];

/** Where a namespace is left out on one side, the one that is written has to be the default. */
function isAccount(subject: Subject, { name, namespace }: Account): boolean {
  if (subject.kind === 'ServiceAccount') return subject.name === name && (subject.namespace ?? 'default') === (namespace ?? 'default');
  const all = 'system:serviceaccounts';
  return (
    subject.kind === 'Group' &&
    (subject.name === all || subject.name === 'system:authenticated' || (namespace !== undefined && subject.name === `${all}:${namespace}`))
  );
}

/** The rules of the role that is bound; undefined when the role is not written here. */
function grantsBy({ of, role, everywhere }: RoleBound, world: World): readonly ClusterGrant[] | undefined {
  const name = textOf(role);
  if (name === undefined) return undefined;
  const ready = readyRoles.get(name);
  if (ready) return ready.map((rule) => ({ ...rule, groups: ['*'], named: false, role: name, at: role, everywhere, binding: of }));
  const roles = (rolesByName(world).get(name) ?? []).filter((other) => everywhere || isNear(other, of));
  // A repository may hold the same installation several times, each in a file of its own.
  const beside = roles.filter(({ scope }) => scope === of.scope);
  const rules = (beside.length > 0 ? beside : roles).flatMap((other) => [...roleRule.view(other, world)]);
  return rules.length === 0
    ? undefined
    : rules.map(({ verbs, resources, groups, named, verbsAt }) => ({
        verbs,
        resources,
        groups,
        named,
        role: name,
        at: verbsAt,
        everywhere,
        binding: of,
      }));
}

const roleTypes = /^(?:ClusterRole|Role|kubernetes_(?:cluster_)?role(?:_v1)?)$/;

/** A Role counts in its own namespace; a ClusterRole has none. */
const isNear = (role: Resource, binding: Resource): boolean =>
  /cluster/i.test(role.type) || textOf(role.attr('metadata', 'namespace')) === textOf(binding.attr('metadata', 'namespace'));

/**
 * What Kubernetes' own user-facing roles give of what is asked for here. Source: Kubernetes documentation, "Using RBAC Authorization",
 * user-facing roles; `edit` may read Secrets and run pods as any service account of the namespace, `view` may not read Secrets.
 */
const edit = {
  verbs: ['get', 'list', 'watch', 'create', 'update', 'delete'],
  resources: ['secrets', 'pods', 'pods/exec', 'deployments', 'jobs'],
};
const impersonate = { verbs: ['impersonate'], resources: ['serviceaccounts'] };
const readyRoles: ReadonlyMap<string, readonly Pick<RoleRule, 'verbs' | 'resources'>[]> = new Map([
  ['cluster-admin', [{ verbs: ['*'], resources: ['*'] }]],
  ['admin', [edit, impersonate, { verbs: ['create', 'update'], resources: ['roles', 'rolebindings'] }]],
  ['edit', [edit, impersonate]],
  ['view', []],
]);

const workloads = new Set([
  'pods', 'deployments', 'daemonsets', 'statefulsets', 'replicasets', 'jobs', 'cronjobs', 'rayjobs', 'rayclusters', 'pytorchjobs', 'inferenceservices',
]); // prettier-ignore
const covers = (given: readonly string[], wanted: readonly string[]): boolean => given.some((one) => one === '*' || wanted.includes(one));

const isCore = ({ groups }: ClusterGrant): boolean => groups.includes('') || groups.includes('*');

/** Reads Secrets, any of those in its reach. */
export const readsSecrets = (grant: ClusterGrant): boolean =>
  isCore(grant) && !grant.named && covers(grant.resources, ['secrets']) && covers(grant.verbs, ['get', 'list', 'watch']);

/** Runs containers of its own making. */
export const runsWorkloads = (grant: ClusterGrant): boolean =>
  !grant.named && covers(grant.resources, [...workloads]) && covers(grant.verbs, ['create']);

/** Runs commands in the containers of others. */
export const runsCommands = (grant: ClusterGrant): boolean =>
  !grant.named && isCore(grant) && covers(grant.resources, ['pods/exec', 'pods/attach']) && covers(grant.verbs, ['create', 'get']);

/** Acts as somebody else, or gives itself more. */
export const becomesOthers = ({ resources, verbs, named }: ClusterGrant): boolean =>
  !named &&
  ((covers(resources, ['users', 'groups', 'serviceaccounts']) && covers(verbs, ['impersonate'])) ||
    (covers(resources, ['serviceaccounts/token']) && covers(verbs, ['create'])) ||
    (covers(resources, ['roles', 'clusterroles']) && covers(verbs, ['escalate', 'bind'])));
