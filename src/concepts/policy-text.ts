import type { Resource } from '../model/resource.ts';
import type { Reference, Value } from '../model/value.ts';
import type { World } from '../model/world.ts';

/** Stands for a part of a text that is not known: no wildcard, so it never makes a pattern look wider than it is. */
export const hole = '\u0000';
/** Around the name of something unknown that is the same wherever it is named: a value such as `var.prefix`, or a bucket without a name of its own. */
export const tokenStart = '\uE010';
export const bucketStart = '\uE012';
export const tokenEnd = '\uE011';

/**
 * A text as far as it is known. A bucket or role that it refers to stands there by its name, so that `"${aws_s3_bucket.models.arn}/*"` and
 * `"arn:aws:s3:::acme-models/*"` are one text; another reference stands there as a token, anything else unknown as a hole. Undefined for
 * what is no text.
 */
export function spell(value: Value, world: World): string | undefined {
  if (value.is === 'known') return String(value.value);
  if (value.is !== 'unknown') return undefined;
  if (value.pieces) return value.pieces.map((piece) => spell(piece, world) ?? hole).join('');
  const [only, ...others] = value.refs;
  if (value.parts) {
    const unknowns = value.parts.filter((part) => part === null).length;
    const fill = unknowns === 1 && only && others.length === 0 ? spellReference(only, world) : hole;
    return value.parts.map((part) => part ?? fill).join('');
  }
  return only && others.length === 0 ? spellReference(only, world) : hole;
}

/** True for a text in which nothing is unknown but the names of buckets, so that it can hold no wildcard that is not seen. */
export const isWhole = (text: string): boolean => !text.includes(hole) && !text.includes(tokenStart);

/** A text with every unknown part read as "anything". */
export const widest = (text: string): string => text.replace(/[\uE010\uE012][^\uE010-\uE012]*\uE011|\u0000/g, '*').replace(/\*{2,}/g, '*');

const bucketTypes = new Set(['aws_s3_bucket', 'data.aws_s3_bucket', 'AWS::S3::Bucket']);
const googleBuckets = new Set(['google_storage_bucket', 'data.google_storage_bucket']);

function spellReference({ to, attr }: Reference, world: World): string {
  const resource = world.graph.get(to);
  const token = `${tokenStart}${[to, ...attr].join('.')}${tokenEnd}`;
  const last = attr.at(-1)?.toLowerCase();
  if (!resource) return token;
  if (bucketTypes.has(resource.type)) {
    if (last === 'arn') return `arn:aws:s3:::${bucketName(resource, world)}`;
    return last === undefined || last === 'id' || last === 'bucket' ? bucketName(resource, world) : token;
  }
  if (googleBuckets.has(resource.type)) {
    if (last === 'url') return `gs://${bucketName(resource, world)}`;
    return last === 'name' || last === 'id' ? bucketName(resource, world) : token;
  }
  // Modules that make a bucket call their outputs s3_bucket_id and s3_bucket_arn, or bucket_arn and bucket_name.
  if (resource.type === 'module' && last?.includes('bucket')) {
    const name = `${bucketStart}${to}${tokenEnd}`;
    if (last.endsWith('arn')) return `arn:aws:s3:::${name}`;
    return /(?:bucket|_id|_name)$/.test(last) ? name : token;
  }
  return token;
}

/** The name of a bucket's resource, or a token for it where the name is not known. */
export function bucketName(bucket: Resource, world: World): string {
  const token = `${bucketStart}${bucket.address}${tokenEnd}`;
  for (const path of [['bucket'], ['name'], ['Properties', 'BucketName']]) {
    const value = bucket.attr(...path);
    if (value.is === 'known') return String(value.value);
    if (value.is !== 'unknown' || value.refs.some((ref) => ref.to === bucket.address)) continue;
    const named = spell(value, world);
    if (named !== undefined && !named.includes(hole)) return named;
  }
  return token;
}
