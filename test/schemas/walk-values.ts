import type { Resource } from '../../src/model/resource.ts';
import type { Value } from '../../src/model/value.ts';
import { isFree, schemaOf, type Field, type Fields } from './schema.ts';

/** What CloudFormation gives every resource beside its properties. */
const resourceAttributes = new Set([
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'Metadata',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'CreationPolicy',
  'UpdatePolicy',
]);

/** The type by which the extracts know a resource: with its API version in Kubernetes. */
export function schemaName(resource: Resource): string {
  if (resource.dialect !== 'kubernetes') return resource.type;
  const version = resource.attr('apiVersion');
  return `${version.is === 'known' ? String(version.value) : '?'}/${resource.type}`;
}

/** Every name of a CloudFormation or Kubernetes resource that its schema does not have, as `type.path: why`. */
export function wrongInResource(resource: Resource, seen: { names: number }, isUnknown: (type: string) => boolean): string[] {
  const type = schemaName(resource);
  const fields = schemaOf(type);
  if (!fields) return isUnknown(type) ? [] : [`${type}: no such type`];
  if (resource.dialect === 'kubernetes') return wrongInValue(resource.value, { need: 'r', form: 'object', fields }, type, seen);
  const outside = resource.value.is === 'map' ? [...resource.value.entries.keys()].filter((key) => !resourceAttributes.has(key)) : [];
  return [
    ...outside.map((key) => `${type}: ${key} is no attribute of a resource`),
    ...wrongInValue(resource.attr('Properties'), { need: 'r', form: 'object', fields }, type, seen),
  ];
}

function wrongInValue(value: Value, field: Field, at: string, seen: { names: number }): string[] {
  if (isFree(field)) return [];
  if (value.is === 'list') return value.items.flatMap((item) => wrongInValue(item, field, at, seen));
  if (value.is !== 'map') return [];
  const { fields } = field;
  if (!fields) return [...value.entries.keys()].map((key) => `${at}.${key}: ${at} is a ${field.form}`);
  return [...value.entries].flatMap(([key, inner]) => {
    if (field.form.startsWith('map')) return wrongInValue(inner, { ...field, form: 'object' }, `${at}.${key}`, seen);
    seen.names += 1;
    const next = find(fields, key);
    if (next) return wrongInValue(inner, next, `${at}.${key}`, seen);
    return field.form.startsWith('open') ? [] : [`${at}.${key}: no such field`];
  });
}

const find = (fields: Fields, key: string): Field | undefined => fields.get(key);
