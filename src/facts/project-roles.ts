import type { Severity } from '../engine/rule.ts';

/**
 * Predefined roles that reach too far when they are given for a whole project, and what their holder can do then. Source: the roles'
 * permissions in the Google Cloud IAM roles reference.
 */
export const projectRoles: ReadonlyMap<string, { readonly severity: Severity; readonly then: string }> = new Map<
  string,
  { readonly severity: Severity; readonly then: string }
>([
  ['roles/owner', { severity: 'critical', then: 'do anything in the project, permissions included' }],
  ['roles/editor', { severity: 'high', then: 'change and delete almost everything in the project' }],
  ['roles/iam.securityAdmin', { severity: 'critical', then: 'give itself any role' }],
  ['roles/resourcemanager.projectIamAdmin', { severity: 'critical', then: 'give itself any role' }],
  [
    'roles/iam.serviceAccountTokenCreator',
    { severity: 'high', then: 'mint tokens for every service account of the project, and so become any of them' },
  ],
  ['roles/iam.serviceAccountKeyAdmin', { severity: 'high', then: 'make keys for every service account of the project' }],
  ['roles/iam.serviceAccountAdmin', { severity: 'high', then: 'take over every service account of the project' }],
  ['roles/iam.serviceAccountUser', { severity: 'medium', then: 'run workloads as any service account of the project' }],
  ['roles/iam.workloadIdentityUser', { severity: 'high', then: 'become any service account of the project' }],
  ['roles/storage.admin', { severity: 'medium', then: 'read, replace and delete the objects of every bucket, and make buckets public' }],
  ['roles/storage.objectAdmin', { severity: 'medium', then: 'read, replace and delete the objects of every bucket' }],
  ['roles/storage.objectUser', { severity: 'medium', then: 'read, replace and delete the objects of every bucket' }],
  ['roles/storage.objectViewer', { severity: 'low', then: 'read the objects of every bucket' }],
  ['roles/secretmanager.admin', { severity: 'high', then: 'read and change every secret' }],
  ['roles/secretmanager.secretAccessor', { severity: 'medium', then: 'read every secret' }],
  ['roles/compute.admin', { severity: 'medium', then: 'control every machine and network' }],
  ['roles/container.admin', { severity: 'medium', then: 'control every cluster' }],
  ['roles/artifactregistry.admin', { severity: 'medium', then: 'replace every image' }],
  ['roles/aiplatform.admin', { severity: 'medium', then: 'change and delete every model and endpoint' }],
  ['roles/ml.admin', { severity: 'medium', then: 'change and delete every model and job' }],
  ['roles/notebooks.admin', { severity: 'medium', then: "open everyone's notebook" }],
  ['roles/bigquery.admin', { severity: 'medium', then: 'read and delete every dataset' }],
]);
