import { projectRoles } from '../facts/project-roles.ts';
import { escalations } from '../facts/risky-actions.ts';
import {
  azureAdministrators,
  azureReaders,
  azureSecretReaders,
  azureWriters,
  googleAdministrators,
  googleReaders,
  googleSecretReaders,
  googleWriters,
} from '../facts/storage-roles.ts';
import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import type { AzureGrant } from './grants-azure.ts';
import type { GoogleGrant } from './grants-google.ts';
import type { Identity } from './identity.ts';
import { becomesOthers, readsSecrets, runsCommands, runsWorkloads, type ClusterGrant, type KubernetesIdentity } from './identity-rbac.ts';
import { decideFor, no, notKnown, type Answer } from './policy-decision.ts';
import { restrictsNobody } from './policy-conditions.ts';
import { overlaps, subsumes, type Certainty } from './policy.ts';
import { bucketStart, spell, tokenEnd } from './policy-text.ts';

/**
 * Where an object lies, or all objects under a prefix when the key ends in a slash: `s3://bucket/key`, `gs://bucket/key`,
 * `https://account.blob.core.windows.net/container/key`, with unknown parts as `spell` writes them.
 */
export interface Stored {
  readonly cloud: Identity['cloud'];
  /** The bucket, or the storage account. */
  readonly bucket: string;
  readonly key: string;
}

export function storedAt(uri: string): Stored | undefined {
  const [, scheme, bucket, key = ''] = /^(s3|gs):\/\/([^/]+)(?:\/(.*))?$/s.exec(uri) ?? [];
  if (scheme !== undefined && bucket !== undefined) return { cloud: scheme === 's3' ? 'aws' : 'google', bucket, key };
  const [, account, path = ''] = /^(?:https|abfss?):\/\/(?:[^/@]*@)?([^./]+)\.(?:blob|dfs)\.core\.windows\.net\/?(.*)$/s.exec(uri) ?? [];
  return account === undefined ? undefined : { cloud: 'azure', bucket: account, key: path };
}

/** May it replace or delete an object, such as the model that it serves? */
export function mayWrite(identity: Identity, object: Stored, world: World): Answer {
  if (identity.cloud !== object.cloud) return no;
  switch (identity.cloud) {
    case 'aws':
      return first(
        objectsOf(object).flatMap((resource) =>
          ['s3:PutObject', 's3:DeleteObject'].map((action) => ({ action, resource, how: 'some' as const })),
        ),
        (wish) => decideFor(identity, wish),
      );
    case 'google':
      return byRole(identity, googleWriters, (grant) => googleReach(grant, object, world));
    case 'azure':
      return byRole(identity, azureWriters, (grant) => azureReach(grant, object, world));
    case 'kubernetes':
      return no;
  }
}

/** An address without a file's ending may be an object or a directory. */
function objectsOf({ bucket, key }: Stored): readonly string[] {
  const object = `arn:aws:s3:::${bucket}/${key}`;
  if (key === '' || key.endsWith('/')) return [`${object}*`];
  return /\.[a-z0-9]+$/i.test(key) ? [object] : [object, `${object}/*`];
}

/** May it read the objects of every bucket, in its account, project or subscription? */
export function mayReadEveryBucket(identity: Identity): Answer {
  switch (identity.cloud) {
    case 'aws':
      return decideFor(identity, { action: 's3:GetObject', resource: 'arn:aws:s3:::*/*', how: 'all' });
    case 'google':
      return byRole(identity, googleReaders, isWideGoogle);
    case 'azure':
      return byRole(identity, azureReaders, isWideAzure);
    case 'kubernetes':
      return no;
  }
}

/** May it read every secret of its account, project, subscription or cluster (or namespace)? */
export function mayReadSecrets(identity: Identity): Answer {
  switch (identity.cloud) {
    case 'aws':
      return decideFor(identity, { action: 'secretsmanager:GetSecretValue', resource: 'arn:aws:secretsmanager:*:*:secret:*', how: 'all' });
    case 'google':
      return byRole(identity, googleSecretReaders, isWideGoogle);
    case 'azure':
      return byRole(identity, azureSecretReaders, isWideAzure);
    case 'kubernetes':
      return inCluster(identity, readsSecrets);
  }
}

/** May it run workloads as any role or service account there is? */
export function mayPassAnyRole(identity: Identity): Answer {
  switch (identity.cloud) {
    case 'kubernetes':
      return inCluster(identity, (grant) => runsWorkloads(grant) || runsCommands(grant));
    case 'aws':
      return decideFor(identity, { action: 'iam:PassRole', resource: 'arn:aws:iam::*:role/*', how: 'all' });
    case 'google':
      return byRole(identity, googlePassers, isWideGoogle);
    case 'azure':
      return byRole(identity, azureAdministrators, isWideAzure);
  }
}

const googlePassers = new Set(
  [...projectRoles.keys()].filter((role) => /^roles\/(?:owner|editor|iam\.serviceAccount(?:User|Admin|TokenCreator|KeyAdmin))$/.test(role)),
);

/** May it give itself other rights, of any kind? */
export function mayRaiseItself(identity: Identity): Answer {
  switch (identity.cloud) {
    case 'kubernetes':
      return inCluster(identity, becomesOthers);
    case 'aws':
      return first(escalations, (action) => decideFor(identity, { action, resource: 'arn:aws:iam::*:role/*', how: 'all' }));
    case 'google':
      return byRole(identity, googleAdministrators, isWideGoogle);
    case 'azure':
      return byRole(identity, azureAdministrators, isWideAzure);
  }
}

/** What a service account may do in its cluster, by the first rule that gives it, one for all namespaces before the others. */
function inCluster({ grants, complete }: KubernetesIdentity, gives: (grant: ClusterGrant) => boolean): Answer {
  const by = grants.filter(gives).toSorted((a, b) => Number(b.everywhere) - Number(a.everywhere))[0];
  if (by) return { is: 'yes', at: by.at, by: by.role, everywhere: by.everywhere };
  return complete ? no : notKnown;
}

/** The first yes; a no only when every answer is. */
function first<T>(asked: readonly T[], ask: (what: T) => Answer): Answer {
  const answers = asked.map(ask);
  return answers.find(({ is }) => is === 'yes') ?? (answers.some(({ is }) => is === 'unknown') ? notKnown : no);
}

/** Rights that come by the name of a role: a yes when a role that gives them surely reaches there. */
function byRole<G extends AzureGrant | GoogleGrant>(
  { grants, complete }: { readonly grants: readonly G[]; readonly complete: boolean },
  roles: ReadonlySet<string>,
  reach: (grant: G) => Certainty,
): Answer {
  let open = !complete;
  for (const grant of grants) {
    if (grant.role.is !== 'known' || !roles.has(grant.role.value)) continue;
    const reaches = grant.conditional ? 'unknown' : reach(grant);
    if (reaches === 'yes') return { is: 'yes', at: grant.role.at, by: grant.role.value, everywhere: wide(grant) };
    if (reaches === 'unknown') open = true;
  }
  return open ? notKnown : no;
}

const wide = ({ level }: AzureGrant | GoogleGrant): boolean => level !== 'resource' && level !== 'unknown';

const isWideGoogle = ({ level }: GoogleGrant): Certainty => (level === 'resource' ? 'no' : 'yes');
const isWideAzure = ({ level }: AzureGrant): Certainty =>
  level === 'unknown' ? 'unknown' : level === 'subscription' || level === 'management group' ? 'yes' : 'no';

function googleReach(grant: GoogleGrant, { bucket }: Stored, world: World): Certainty {
  if (grant.level !== 'resource') return 'yes';
  if (!grant.resource.type.startsWith('google_storage_bucket')) return 'no';
  return sameName(spell(grant.on, world)?.replace(/^(?:gs:\/\/|b\/)/, ''), bucket);
}

function azureReach(grant: AzureGrant, { bucket }: Stored, world: World): Certainty {
  if (grant.level === 'unknown') return 'unknown';
  // A resource group need not be the one that the account is in.
  if (grant.level !== 'resource') return grant.level === 'resource group' ? 'unknown' : 'yes';
  const { scope } = grant;
  if (scope.is === 'known') return sameName(/\/storageAccounts\/([^/]+)/i.exec(String(scope.value))?.[1], bucket);
  const accounts = scope.is === 'unknown' ? scope.refs.map((ref) => world.graph.get(ref.to)) : [];
  const account = accounts.find((found) => found?.type === 'azurerm_storage_account');
  return account ? sameName(accountName(account), bucket) : 'no';
}

const accountName = (account: Resource): string => {
  const name: Located = account.attr('name');
  return name.is === 'known' ? String(name.value) : `${bucketStart}${account.address}${tokenEnd}`;
};

function sameName(a: string | undefined, b: string): Certainty {
  if (a === undefined) return 'unknown';
  return subsumes(a, b) ? 'yes' : overlaps(a, b) ? 'unknown' : 'no';
}

/** Somebody who may become an identity. */
export interface Actor {
  readonly at: Located;
  /** An account, an ARN, a service, an identity provider, a Google member. */
  readonly name: string;
  /** Whether nothing but the name has to fit. */
  readonly always: boolean;
}

/** Who may become it, as far as its own configuration says. */
export function actorsOf(identity: Identity): readonly Actor[] {
  switch (identity.cloud) {
    case 'aws':
      return identity.trust
        .filter(({ effect }) => effect === 'allow')
        .flatMap(({ principals, conditions }) => {
          const always = conditions.is === 'absent';
          return [...new Set([...principals.named, ...principals.federated])].map((name) => ({ at: principals.at, name, always }));
        });
    case 'google':
      return identity.trust.flatMap(({ role, members, conditional }) =>
        role.is === 'known' && becomes.test(role.value)
          ? members.flatMap((at) => (at.is === 'known' ? [{ at, name: String(at.value), always: !conditional }] : []))
          : [],
      );
    case 'azure':
    case 'kubernetes':
      return [];
  }
}

/** Roles on a service account with which its holder acts as it. */
const becomes =
  /^roles\/(?:owner|editor|iam\.(?:workloadIdentityUser|serviceAccountTokenCreator|serviceAccountUser|serviceAccountKeyAdmin|serviceAccountAdmin))$/;

/** May anybody at all become it, whatever account they have? */
export function mayAnyoneBecome(identity: Identity): Answer {
  if (identity.cloud === 'aws') {
    const { trust } = identity;
    const open = trust.filter(({ effect, principals }) => effect === 'allow' && principals.anyone);
    const always = open.find(({ conditions }) => restrictsNobody(conditions));
    if (always) return { is: 'yes', at: always.principals.at, by: '*', everywhere: true };
    return open.length > 0 || trust.some(({ principals, effect }) => effect !== 'deny' && !principals.complete) ? notKnown : no;
  }
  const everyone = actorsOf(identity).filter(({ name }) => /^all(?:Authenticated)?Users$/.test(name));
  const always = everyone.find((actor) => actor.always);
  if (always) return { is: 'yes', at: always.at, by: always.name, everywhere: true };
  return identity.cloud === 'azure' || identity.cloud === 'kubernetes' || everyone.length > 0 ? notKnown : no;
}
