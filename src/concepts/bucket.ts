import { remoteModule } from '../facts/remote-modules.ts';
import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { byType } from './by-type.ts';
import { holds, number, setting, text, textOf, words, yesNo, type Setting } from './setting.ts';

/** A bucket of objects with what belongs to it, wherever that is written. */
export interface Bucket {
  readonly resource: Resource;
  /** The settings that keep objects from becoming public, each with its name; where it is written, or where it would be. */
  readonly guards: readonly Guard[];
  /** True when no guard is written at all, in the bucket or beside it. */
  readonly unguarded: boolean;
  /** Ready-made access lists: `private`, `public-read`, ... */
  readonly acls: readonly Setting<string>[];
  /** Whether objects keep their old versions. */
  readonly versioning: Setting<boolean>;
  /** For how many days what is overwritten can be brought back all the same; undefined when that is not known. */
  readonly softDays: number | undefined;
}

export interface Guard {
  readonly name: string;
  readonly holds: Setting<boolean>;
}

const flags = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];
const cfnFlags = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

const status = words('Enabled', 'Suspended');
const onlyEnabled = { ...status, read: (value: string | number | boolean) => String(value) === 'Enabled' };

export const bucket = byType<Bucket>('bucket', {
  aws_s3_bucket: (resource, world) => {
    const block = beside(resource, world, 'aws_s3_bucket_public_access_block');
    const acl = beside(resource, world, 'aws_s3_bucket_acl');
    const version = beside(resource, world, 'aws_s3_bucket_versioning');
    return [
      {
        resource,
        // A flag that a written block leaves out is false (PublicAccessBlockConfiguration in the S3 API reference).
        guards: block ? flags.map((name) => ({ name, holds: setting(block.attr(name), yesNo, false) })) : [],
        unguarded: !block,
        acls: [setting(resource.attr('acl'), text), ...(acl ? [setting(acl.attr('acl'), text)] : [])],
        versioning: version
          ? setting(version.attr('versioning_configuration', 'status'), onlyEnabled)
          : setting(resource.attr('versioning', 'enabled'), yesNo, false),
        softDays: 0,
      },
    ];
  },
  'AWS::S3::Bucket': (resource) => {
    const at = (...path: string[]): Located => resource.attr('Properties', ...path);
    const unguarded = at('PublicAccessBlockConfiguration').is === 'absent';
    return [
      {
        resource,
        guards: unguarded
          ? []
          : cfnFlags.map((name) => ({ name, holds: setting(at('PublicAccessBlockConfiguration', name), yesNo, false) })),
        unguarded,
        acls: [setting(at('AccessControl'), text)],
        versioning: setting(at('VersioningConfiguration', 'Status'), onlyEnabled, false),
        softDays: 0,
      },
    ];
  },
  google_storage_bucket: (resource, world) => {
    const acl = beside(resource, world, 'google_storage_bucket_acl');
    return [
      {
        resource,
        // Default false: hashicorp/google, storage_bucket, uniform_bucket_level_access.
        guards: [{ name: 'uniform_bucket_level_access', holds: setting(resource.attr('uniform_bucket_level_access'), yesNo, false) }],
        unguarded: false,
        acls: acl ? [setting(acl.attr('predefined_acl'), text)] : [],
        versioning: googleVersioning(resource),
        softDays: googleSoftDays(resource),
      },
    ];
  },
  module: (resource) => moduleView(resource),
});

/** terraform-aws-modules/s3-bucket, whose inputs are named like the attributes that they set. */
function moduleView(resource: Resource): readonly Bucket[] {
  if (remoteModule(textOf(resource.attr('source')) ?? '')?.makes !== 's3-bucket') return [];
  return [
    {
      resource,
      guards: flags.map((name) => ({ name, holds: setting(resource.attr(name), yesNo) })),
      unguarded: false,
      acls: [setting(resource.attr('acl'), text)],
      versioning: setting(resource.attr('versioning', 'enabled'), yesNo),
      softDays: 0,
    },
  ];
}

/** A bucket with folders of its own can't keep versions. Source: https://cloud.google.com/storage/docs/hns-overview, limitations. */
function googleVersioning(bucket: Resource): Setting<boolean> {
  const versioning = setting(bucket.attr('versioning', 'enabled'), yesNo, false);
  const folders = setting(bucket.attr('hierarchical_namespace', 'enabled'), yesNo, false);
  return holds(folders, false) ? versioning : { at: versioning.at, writes: versioning.writes, is: 'unknown' };
}

/** What is overwritten counts as deleted, and is kept for a week. Source: https://cloud.google.com/storage/docs/soft-delete. */
function googleSoftDays(bucket: Resource): number | undefined {
  const seconds = setting(bucket.attr('soft_delete_policy', 'retention_duration_seconds'), number, 7 * 86_400);
  return seconds.is === 'known' ? Math.floor(seconds.value / 86_400) : undefined;
}

const beside = (resource: Resource, world: World, type: string): Resource | undefined =>
  world.graph.companions(resource, type, 'bucket')[0];

/** Ready-made access lists that let others in, by what they let them do. S3 spells them with dashes, Cloud Storage and CloudFormation in camel case. */
export function publicAcl(name: string): 'read' | 'write' | undefined {
  const plain = name.toLowerCase().replaceAll('-', '');
  if (plain === 'publicreadwrite') return 'write';
  return plain === 'publicread' || plain === 'authenticatedread' ? 'read' : undefined;
}
