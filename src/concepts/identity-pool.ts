import type { Concept } from '../engine/rule.ts';
import { maySee } from './may-see.ts';
import type { Located, Resource } from '../model/resource.ts';
import { googleGrant } from './grants-google.ts';
import { textOf } from './setting.ts';

/** A provider of a Google workload identity pool: whose tokens are taken, and under which condition. */
export interface PoolProvider {
  readonly resource: Resource;
  readonly condition: Located;
  /** Everybody whom the issuer gives tokens to, in words. */
  readonly everyone: string;
}

/** Issuers that give tokens to people and projects of everybody's. Google Cloud documentation, "Workload Identity Federation with deployment pipelines". */
const shared: readonly (readonly [issuer: RegExp, everyone: string])[] = [
  [/^https:\/\/token\.actions\.githubusercontent\.com\/?$/, 'any workflow of any repository on GitHub'],
  [/^https:\/\/gitlab\.com\/?$/, 'any pipeline of any project on GitLab'],
  [/^https:\/\/app\.terraform\.io\/?$/, 'any workspace of any organisation on HCP Terraform'],
];

export const poolProvider: Concept<PoolProvider> = {
  name: 'provider of a workload identity pool',
  sees: (type) => type === 'google_iam_workload_identity_pool_provider',
  *view(resource) {
    if (resource.type !== 'google_iam_workload_identity_pool_provider') return;
    const issuer = textOf(resource.attr('oidc', 'issuer_uri')) ?? '';
    const everyone = shared.find(([pattern]) => pattern.test(issuer))?.[1];
    if (everyone !== undefined) yield { resource, condition: resource.attr('attribute_condition'), everyone };
  },
};

/** A role that goes to everybody of a workload identity pool. */
export interface PoolGrant {
  readonly resource: Resource;
  readonly member: Located;
  readonly role: string;
}

export const poolGrant: Concept<PoolGrant> = {
  name: 'role for all of a workload identity pool',
  sees: (type, dialect) => maySee(googleGrant, type, dialect),
  *view(resource, world) {
    for (const { role, members, conditional } of googleGrant.view(resource, world)) {
      if (role.is !== 'known' || conditional) continue;
      for (const member of members) if (isWholePool(member)) yield { resource, member, role: role.value };
    }
  },
};

/** `principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/*`; the pool may be a reference. */
function isWholePool(member: Located): boolean {
  const text = textOf(member) ?? (member.is === 'unknown' ? (member.parts ?? []).map((part) => part ?? 'pool').join('') : '');
  return /^principalSet:\/\/iam\.googleapis\.com\/[^*]*\/\*$/.test(text) && !/\/attribute\.|\/group\//.test(text);
}
