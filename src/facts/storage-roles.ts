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

/** Roles that read the secrets of everything below where they are given. Google Cloud, "Secret Manager roles"; `roles/editor` does not. */
export const googleSecretReaders: ReadonlySet<string> = new Set([
  'roles/owner',
  'roles/secretmanager.admin',
  'roles/secretmanager.secretAccessor',
]);

/** Microsoft, "Azure built-in roles for Security": those that read the content of secrets. Owners do not, until they give themselves one of these. */
export const azureSecretReaders: ReadonlySet<string> = new Set([
  'Key Vault Administrator',
  'Key Vault Secrets Officer',
  'Key Vault Secrets User',
]);
