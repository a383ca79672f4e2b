import type { Located, Resource, View } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import type { Pod } from './container.ts';
import { parts } from './helm-values.ts';
import { identitiesOf, type Identity } from './identity.ts';
import { conditionsOf } from './policy-conditions.ts';
import { textOf } from './setting.ts';

/** Annotations by which a Kubernetes service account becomes an identity of the cloud. */
const annotations = ['eks.amazonaws.com/role-arn', 'iam.gke.io/gcp-service-account', 'azure.workload.identity/client-id'];

/** The cloud identities that a pod runs with, as far as the same configuration holds them. */
export function identitiesOfPod(pod: Pod, world: World): readonly Identity[] {
  const name = textOf(pod.attr('serviceAccountName'));
  if (name === undefined || identitiesOf(world).size === 0) return [];
  const namespace = textOf(pod.of.attr('metadata', 'namespace'));
  const accounts = world.resources.filter(
    (other) => other.type === 'ServiceAccount' && other.name === name && isSame(textOf(other.attr('metadata', 'namespace')), namespace),
  );
  return [...new Set([...accounts.flatMap((account) => identitiesOfAccount(account, world)), ...identitiesFor(name, namespace, world)])];
}

const isSame = (a: string | undefined, b: string | undefined): boolean => a === undefined || b === undefined || a === b;

/** The cloud identities that a Kubernetes service account becomes by its annotations. */
export const identitiesOfAccount = (account: Resource, world: World): readonly Identity[] =>
  account.items('metadata', 'annotations').flatMap((view) => annotated(view, world));

/** The same for the values of a chart, which hold the annotations somewhere. */
export const identitiesOfValues = (values: Resource, world: World): readonly Identity[] => [
  ...new Set([...parts(values)].flatMap((view) => annotated(view, world))),
];

const annotated = (view: View, world: World): readonly Identity[] =>
  annotations.flatMap((key) => {
    const found = identityNamed(view.attr(key), world);
    return found ? [found] : [];
  });

/** The identity that a value names: by reference, by the name in a role's ARN, by the account id in an address. */
export function identityNamed(value: Located, world: World): Identity | undefined {
  const identities = identitiesOf(world);
  if (value.is !== 'known' && value.is !== 'unknown') return undefined;
  for (const ref of value.refs ?? []) {
    const found = world.graph.get(ref.to);
    const identity = found && identities.get(found);
    if (identity) return identity;
  }
  const text = textOf(value) ?? (value.is === 'unknown' ? (value.parts?.at(-1) ?? '') : '');
  const name =
    /(?:role|user)\/(?:.*\/)?([\w+=,.@-]+)$/.exec(text)?.[1] ?? /^([a-z0-9-]+)@[a-z0-9.-]+\.iam\.gserviceaccount\.com$/.exec(text)?.[1];
  if (name === undefined) return undefined;
  return [...identities.values()].find(({ resource }) =>
    [resource.attr('name'), resource.attr('account_id'), resource.attr('Properties', 'RoleName')].some((own) => textOf(own) === name),
  );
}

/** Identities that take a service account by its name: EKS Pod Identity, a role's trust policy, Workload Identity on GKE, a federated credential on Azure. */
function identitiesFor(name: string, namespace: string | undefined, world: World): readonly Identity[] {
  const associated = world.resources.flatMap((resource) => {
    if (resource.type !== 'aws_eks_pod_identity_association') return [];
    if (textOf(resource.attr('service_account')) !== name || !isSame(textOf(resource.attr('namespace')), namespace)) return [];
    const found = identityNamed(resource.attr('role_arn'), world);
    return found ? [found] : [];
  });
  const trusting = [...identitiesOf(world).values()].filter((identity) => takes(identity, name, namespace, world));
  return [...associated, ...trusting];
}

function takes(identity: Identity, name: string, namespace: string | undefined, world: World): boolean {
  const subject = (text: string): boolean => {
    const [, ns, account] = /^system:serviceaccount:([^:]+):(.+)$/.exec(text) ?? [];
    return account === name && namespace !== undefined && ns === namespace;
  };
  switch (identity.cloud) {
    case 'aws':
      return identity.trust.some(
        ({ effect, conditions }) =>
          effect === 'allow' && conditionsOf(conditions).tests.some(({ key, values }) => key.endsWith(':sub') && values.some(subject)),
      );
    case 'google':
      return identity.trust.some(
        ({ role, members }) =>
          role.is === 'known' &&
          role.value === 'roles/iam.workloadIdentityUser' &&
          members.some((member) => memberEnd(member).endsWith(`[${namespace ?? ''}/${name}]`)),
      );
    case 'azure':
      return world.graph
        .companions(identity.resource, 'azurerm_federated_identity_credential', 'parent_id')
        .some((credential) => subject(textOf(credential.attr('subject')) ?? ''));
    case 'kubernetes':
      return false;
  }
}

/** A member's text, or the end of it where the project before it is not known. */
const memberEnd = (member: Located): string => textOf(member) ?? (member.is === 'unknown' ? (member.parts?.at(-1) ?? '') : '');
