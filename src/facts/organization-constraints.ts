/** A yes-or-no constraint of Google Cloud's organisation policies that keeps AI systems closed. */
export interface OrganizationConstraint {
  /** What may happen where it is not in force (fits after "so"). */
  readonly otherwise: string;
  readonly isAi: boolean;
}

/** Boolean constraints, by name. Source: Google Cloud, "Organization policy constraints" (read 2026-11). */
export const organizationConstraints: ReadonlyMap<string, OrganizationConstraint> = new Map([
  ['ainotebooks.restrictPublicIp', { otherwise: 'notebooks may get a public address', isAi: true }],
  ['ainotebooks.disableRootAccess', { otherwise: 'users of notebooks may be root', isAi: true }],
  ['ainotebooks.disableFileDownloads', { otherwise: 'data may be downloaded out of notebooks', isAi: true }],
  ['ainotebooks.disableTerminal', { otherwise: 'notebooks may have a terminal', isAi: true }],
  ['ainotebooks.requireAutoUpgradeSchedule', { otherwise: 'notebooks may stay without security updates', isAi: true }],
  ['iam.disableServiceAccountKeyCreation', { otherwise: 'keys that do not end may be made for service accounts', isAi: false }],
  ['iam.disableServiceAccountKeyUpload', { otherwise: 'keys from elsewhere may be put on service accounts', isAi: false }],
  [
    'iam.automaticIamGrantsForDefaultServiceAccounts',
    { otherwise: 'every default service account becomes an editor of its project', isAi: false },
  ],
  ['storage.publicAccessPrevention', { otherwise: 'buckets may be made public', isAi: false }],
  ['storage.uniformBucketLevelAccess', { otherwise: 'single objects may be made public by access lists', isAi: false }],
  ['sql.restrictPublicIp', { otherwise: 'databases may get a public address', isAi: false }],
  ['sql.restrictAuthorizedNetworks', { otherwise: 'databases may take in any network', isAi: false }],
  ['compute.requireOsLogin', { otherwise: 'keys in the metadata may open machines', isAi: false }],
  ['compute.disableSerialPortAccess', { otherwise: 'machines may be reached by their serial port', isAi: false }],
  ['compute.requireShieldedVm', { otherwise: 'machines may start with changed firmware', isAi: false }],
  ['compute.skipDefaultNetworkCreation', { otherwise: 'every new project gets a network with open rules', isAi: false }],
]);
