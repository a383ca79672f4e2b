/**
 * Predefined roles of Google Cloud that let their holder replace or delete objects. `roles/storage.objectCreator` is not among them: it only
 * adds. Source: Google Cloud, IAM roles for Cloud Storage; permissions compared with iann0036/iam-dataset of 2026-08-22.
 */
export const googleWriters: ReadonlySet<string> = new Set([
  'roles/owner',
  'roles/editor',
  'roles/storage.admin',
  'roles/storage.objectAdmin',
  'roles/storage.objectUser',
  'roles/storage.legacyBucketWriter',
  'roles/storage.legacyBucketOwner',
  'roles/storage.folderAdmin',
]);

/** Those that let their holder read objects. */
export const googleReaders: ReadonlySet<string> = new Set([
  ...[...googleWriters].filter((role) => !role.includes('legacyBucket')),
  'roles/viewer',
  'roles/storage.objectViewer',
  'roles/storage.legacyObjectReader',
  'roles/storage.legacyObjectOwner',
]);

/** Roles that let their holder give itself other roles in their scope. */
export const googleAdministrators: ReadonlySet<string> = new Set([
  'roles/owner',
  'roles/iam.securityAdmin',
  'roles/resourcemanager.projectIamAdmin',
  'roles/resourcemanager.folderIamAdmin',
  'roles/resourcemanager.organizationAdmin',
]);

/**
 * Built-in roles of Azure that let their holder write blobs, some by way of the account's keys (`listKeys`). Source: Azure built-in roles, as
 * iann0036/iam-dataset has them on 2026-08-22.
 */
export const azureWriters: ReadonlySet<string> = new Set([
  'Owner',
  'Contributor',
  'Storage Account Contributor',
  'Storage Account Key Operator Service Role',
  'Reader and Data Access',
  'Azure AI Administrator',
  'Storage Blob Data Owner',
  'Storage Blob Data Contributor',
]);

export const azureReaders: ReadonlySet<string> = new Set([...azureWriters, 'Storage Blob Data Reader']);

export const azureAdministrators: ReadonlySet<string> = new Set([
  'Owner',
  'User Access Administrator',
  'Role Based Access Control Administrator',
]);
