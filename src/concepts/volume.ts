import type { Resource, View } from '../model/resource.ts';
import type { Concept } from '../engine/rule.ts';
import { byType } from './by-type.ts';
import { inputsNamed } from './module-inputs.ts';
import { setting, text, textOf, textsOf, words, yesNo, type Setting } from './setting.ts';

/** Storage that is encrypted only when that is asked for. Cloud Storage, Azure disks and FSx always are, so they are not here. */
export interface Volume {
  readonly resource: Resource;
  readonly noun: string;
  readonly encrypted: Setting<boolean>;
}

// Defaults: false in the API references of EFS (CreateFileSystem), RDS (StorageEncrypted) and ElastiCache. Whether an EBS volume that says
// nothing is encrypted depends on a setting of the account, so an absent value is not known there.
export const volume = byType<Volume>('storage volume', {
  aws_efs_file_system: (resource) => [{ resource, noun: 'File system', encrypted: setting(resource.attr('encrypted'), yesNo, false) }],
  aws_db_instance: (resource) =>
    resource.attr('replicate_source_db').is === 'absent'
      ? [{ resource, noun: 'Database', encrypted: setting(resource.attr('storage_encrypted'), yesNo, false) }]
      : [],
  aws_rds_cluster: (resource) => [
    { resource, noun: 'Database cluster', encrypted: setting(resource.attr('storage_encrypted'), yesNo, false) },
  ],
  aws_elasticache_replication_group: (resource) => [
    { resource, noun: 'Cache', encrypted: setting(resource.attr('at_rest_encryption_enabled'), yesNo, false) },
  ],
  aws_ebs_volume: (resource) => [{ resource, noun: 'Volume', encrypted: setting(resource.attr('encrypted'), yesNo) }],
  aws_instance: (resource) =>
    [...resource.items('root_block_device'), ...resource.items('ebs_block_device')].map((disk) => disks(resource, disk, 'encrypted')),
  aws_launch_template: (resource) => resource.items('block_device_mappings').map((disk) => disks(resource, disk, 'ebs', 'encrypted')),
  'AWS::EFS::FileSystem': (resource) => [
    { resource, noun: 'File system', encrypted: setting(resource.attr('Properties', 'Encrypted'), yesNo, false) },
  ],
  'AWS::RDS::DBInstance': (resource) =>
    // An instance of a cluster, a replica or a restored snapshot takes over what its source has.
    ['DBClusterIdentifier', 'SourceDBInstanceIdentifier', 'DBSnapshotIdentifier'].every(
      (key) => resource.attr('Properties', key).is === 'absent',
    )
      ? [{ resource, noun: 'Database', encrypted: setting(resource.attr('Properties', 'StorageEncrypted'), yesNo, false) }]
      : [],
  'AWS::RDS::DBCluster': (resource) => [
    { resource, noun: 'Database cluster', encrypted: setting(resource.attr('Properties', 'StorageEncrypted'), yesNo, false) },
  ],
  'AWS::EC2::Volume': (resource) => [{ resource, noun: 'Volume', encrypted: setting(resource.attr('Properties', 'Encrypted'), yesNo) }],
  'AWS::EC2::LaunchTemplate': (resource) =>
    resource.items('Properties', 'LaunchTemplateData', 'BlockDeviceMappings').map((disk) => disks(resource, disk, 'Ebs', 'Encrypted')),
  module: (resource) => moduleView(resource),
});

/** Inputs of shared modules that are named like the attributes they set. Only `false` written out counts: the defaults are the module's own. */
const inputs = ['encrypted', 'storage_encrypted', 'at_rest_encryption_enabled'];

const moduleView = (resource: Resource): readonly Volume[] =>
  inputs
    .flatMap((input) => inputsNamed(resource, input))
    .map((at) => ({ resource, noun: 'The storage of', encrypted: setting(at, yesNo) }));

const disks = (resource: Resource, disk: View, ...path: readonly string[]): Volume => ({
  resource,
  noun: 'Disk of',
  encrypted: setting(disk.attr(...path), yesNo),
});

/** Something that holds data and can be set to go away with everything in it. */
export interface Deletable {
  readonly resource: Resource;
  /** What goes wrong in words that follow the resource's name. */
  readonly risk: string;
  readonly lost: Setting<boolean>;
  /** What the setting has to become. */
  readonly safe: boolean;
  /** The same for when it is replaced by another one, where somebody has written it so. */
  readonly replaced?: Setting<boolean>;
}

const retention: Concept<Deletable>['view'] = function* (resource) {
  // Only where it is said: CloudFormation's own default is to delete, for everything but database clusters and instances.
  const policy = setting(resource.attr('DeletionPolicy'), words('Delete', 'Retain'));
  const replaced = setting(resource.attr('UpdateReplacePolicy'), words('Delete', 'Retain'));
  if (policy.is === 'known' && policy.value)
    yield { resource, risk: 'is deleted with its data when the stack is deleted', lost: policy, safe: false, replaced };
};

const force = (resource: Resource): readonly Deletable[] => [
  { resource, risk: 'can be destroyed with everything in it', lost: setting(resource.attr('force_destroy'), yesNo), safe: false },
];
const unprotected = (resource: Resource): readonly Deletable[] => [
  {
    resource,
    risk: 'has no protection against deletion',
    lost: setting(resource.attr('deletion_protection'), switchedOff),
    safe: false,
  },
];
const inverse = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

const switchedOff = { read: (v: string | number | boolean) => inverse(yesNo.read(v)), write: (v: boolean) => !v };

/** A module from elsewhere that is told to leave its database or cluster unprotected. */
const unprotectedModule = (resource: Resource): readonly Deletable[] =>
  inputsNamed(resource, 'deletion_protection').map((at) => ({
    resource,
    risk: 'has no protection against deletion',
    lost: setting(at, switchedOff),
    safe: false,
  }));

export const deletable = byType<Deletable>('data that can be deleted', {
  aws_s3_bucket: force,
  aws_s3vectors_vector_bucket: force,
  google_storage_bucket: force,
  aws_ecr_repository: (resource) => [
    { resource, risk: 'can be deleted with all its images', lost: setting(resource.attr('force_delete'), yesNo), safe: false },
  ],
  aws_db_instance: unprotected,
  aws_rds_cluster: unprotected,
  google_sql_database_instance: unprotected,
  google_container_cluster: unprotected,
  google_bigtable_instance: unprotected,
  google_vertex_ai_feature_online_store: force,
  google_vertex_ai_featurestore: force,
  module: unprotectedModule,
  'AWS::S3::Bucket': (resource, world) => [...retention(resource, world)],
  // An instance of a cluster holds nothing itself.
  'AWS::RDS::DBInstance': (resource, world) =>
    resource.attr('Properties', 'DBClusterIdentifier').is === 'absent' ? [...retention(resource, world)] : [],
  'AWS::RDS::DBCluster': (resource, world) => [...retention(resource, world)],
  // Scratch file systems of Lustre are made for what is only needed for a while.
  'AWS::FSx::FileSystem': (resource, world) =>
    textOf(resource.attr('Properties', 'LustreConfiguration', 'DeploymentType'))?.startsWith('SCRATCH') === true
      ? []
      : [...retention(resource, world)],
  'AWS::EFS::FileSystem': (resource, world) => [...retention(resource, world)],
  'AWS::DynamoDB::Table': (resource, world) => [...retention(resource, world)],
});

/** A shared directory and who may mount it. */
export interface NfsExport {
  readonly resource: Resource;
  readonly view: View;
  readonly clients: Setting<string>;
  readonly writable: boolean;
}

const zfs = (resource: Resource, exports: readonly View[], configurations: string, clients: string, options: string): NfsExport[] =>
  exports
    .flatMap((one) => one.items(configurations))
    .map((view) => ({
      resource,
      view,
      clients: setting(view.attr(clients), text),
      writable: textsOf(view.attr(options)).texts.some((option) => option === 'rw'),
    }));

export const nfsExport = byType<NfsExport>('NFS export', {
  aws_fsx_openzfs_file_system: (r) =>
    zfs(r, r.items('root_volume_configuration', 'nfs_exports'), 'client_configurations', 'clients', 'options'),
  aws_fsx_openzfs_volume: (r) => zfs(r, r.items('nfs_exports'), 'client_configurations', 'clients', 'options'),
  'AWS::FSx::FileSystem': (r) =>
    zfs(
      r,
      r.items('Properties', 'OpenZFSConfiguration', 'RootVolumeConfiguration', 'NfsExports'),
      'ClientConfigurations',
      'Clients',
      'Options',
    ),
  'AWS::FSx::Volume': (r) =>
    zfs(r, r.items('Properties', 'OpenZFSConfiguration', 'NfsExports'), 'ClientConfigurations', 'Clients', 'Options'),
});
