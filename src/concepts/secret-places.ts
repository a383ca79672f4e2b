import type { Key, Located, Resource } from '../model/resource.ts';
import type { Origin, Value } from '../model/value.ts';
import { isFromValues } from './helm-values.ts';
import { remembered } from './remembered.ts';

/** A text that could be a credential, with what it is called. */
export interface SecretPlace {
  /** Made when it is asked for, since nearly all texts are no credential. */
  readonly at: () => Located;
  readonly name: string;
  readonly text: string;
  /** The name that tells what the text is, when it has one: the last key, the variable of an `env` entry, the flag of an argument. */
  readonly naming?: string;
  readonly where: 'environment' | 'argument' | 'Secret' | 'ConfigMap' | 'values' | 'attribute' | 'workflow';
}

const mostLeaves = 20_000;
const deepest = 40;
/** Resources whose secret-looking keys are names of keys, schemas or references. */
const namesOnly = new Set([
  'ExternalSecret',
  'ClusterExternalSecret',
  'SecretStore',
  'ClusterSecretStore',
  'SealedSecret',
  'CustomResourceDefinition',
  'SecretProviderClass',
  'chart',
]);

/** Every known text of a resource that stands literally in the source, at most 20,000 of them. */
export function* secretPlaces(resource: Resource): Generator<SecretPlace> {
  if (namesOnly.has(resource.type)) return;
  const found: Leaf[] = [];
  collect({ value: resource.value, path: [], parent: undefined }, found, { left: mostLeaves });
  for (const leaf of found) {
    const place = toPlace(resource, leaf);
    if (place) yield place;
  }
}

interface Branch {
  readonly path: readonly Key[];
  readonly value: Value;
  readonly parent: Value | undefined;
}
interface Leaf extends Branch {
  readonly value: Value & { readonly is: 'known' };
}

/** Adds the texts that stand literally in the source. Most leaves do not, so that they are told apart before anything is made of them. */
function collect({ value, path, parent }: Branch, found: Leaf[], budget: { left: number }): void {
  if (path.length > deepest || budget.left <= 0) return;
  if (value.is === 'known') {
    budget.left--;
    if (isLiteralText(value)) found.push({ path, value, parent });
    return;
  }
  if (value.is !== 'map' && value.is !== 'list') return;
  for (const [key, item] of value.is === 'map' ? value.entries : value.items.entries())
    if (mayHoldText(item)) collect({ value: item, path: [...path, key], parent: value }, found, budget);
    else if (item.is === 'known') budget.left--;
}

const mayHoldText = (value: Value): boolean => (value.is === 'known' ? isLiteralText(value) : value.is === 'map' || value.is === 'list');

const isLiteralText = ({ value, refs, origins }: Value & { readonly is: 'known' }): boolean =>
  typeof value !== 'boolean' && (refs === undefined || refs.length === 0) && origins.some((origin) => origin.literal);

function toPlace(resource: Resource, { path, value, parent }: Leaf): SecretPlace | undefined {
  if (resource.dialect === 'kubernetes' && isFromValues(value)) return undefined;
  const at = (): Located => ({ ...value, of: resource, path, origins: literalFirst(value.origins) });
  const text = String(value.value);
  const key = path.findLast((step) => typeof step === 'string') ?? '';
  // `id-token: write` is a right of the workflow, and no credential.
  if (resource.dialect === 'workflow' && path.at(-2) === 'permissions') return undefined;

  if ((key === 'value' || key === 'Value') && parent?.is === 'map') {
    const variable = parent.entries.get('name') ?? parent.entries.get('Name') ?? parent.entries.get('key');
    if (variable?.is === 'known') return { at, text, name: String(variable.value), naming: String(variable.value), where: 'environment' };
  }
  if ((key === 'args' || key === 'command' || key === 'extraArgs') && parent?.is === 'list') return argument(at, text, parent, path);
  // `value` is what the variable comes to, from its default, a tfvars file or a module call.
  if (resource.type === 'variable')
    return path[0] === 'value'
      ? { at, text, name: resource.name, naming: path.length === 1 ? resource.name : key, where: 'attribute' }
      : undefined;
  if (resource.type === 'parameter')
    return path[0] === 'Default' ? { at, text, name: resource.name, naming: resource.name, where: 'attribute' } : undefined;
  if (resource.type === 'Secret') return inSecret(at, text, path, key);
  if (isReference(path, key) || namesSecretObject(resource, key, text) || isHalf(key, parent))
    return { at, text, name: key, where: whereOf(resource, path) };
  return { at, text, name: key, naming: typeof path.at(-1) === 'string' ? key : '', where: whereOf(resource, path) };
}

function argument(at: SecretPlace['at'], text: string, list: Value & { readonly is: 'list' }, path: readonly Key[]): SecretPlace {
  const flag = /^--?([A-Za-z][\w.-]*)=(.+)$/s.exec(text);
  if (flag?.[1] && flag[2]) return { at, text: flag[2], name: `--${flag[1]}`, naming: flag[1], where: 'argument' };
  const before = list.items[Number(path.at(-1)) - 1];
  const name = before?.is === 'known' && typeof before.value === 'string' ? /^--([A-Za-z][\w.-]*)$/.exec(before.value)?.[1] : undefined;
  return name && !text.startsWith('-')
    ? { at, text, name: `--${name}`, naming: name, where: 'argument' }
    : { at, text, name: 'the command', where: 'argument' };
}

/** The comment belongs where the credential stands, not where a variable brings it in. */
const literalFirst = (origins: readonly Origin[]): readonly Origin[] =>
  origins.toSorted((a, b) => Number(b.literal ?? false) - Number(a.literal ?? false));

/** A Secret manifest's `data` is base64, which hides nothing. */
function inSecret(at: SecretPlace['at'], text: string, path: readonly Key[], key: string): SecretPlace | undefined {
  if (path[0] === 'stringData') return { at, text, name: key, naming: key, where: 'Secret' };
  if (path[0] !== 'data') return undefined;
  const decoded = /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text) ? Buffer.from(text, 'base64').toString('utf8').trim() : '';
  const readable = decoded !== '' && !decoded.includes('\ufffd');
  return readable ? { at, text: decoded, name: key, naming: key, where: 'Secret' } : undefined;
}

/** Inside `secretKeyRef`, `secretRef` and the like a key names a secret. */
const isReference = (path: readonly Key[], key: string): boolean =>
  key === 'key' || key === 'name' || path.some((step) => typeof step === 'string' && refers(step));

const refers = remembered((step) =>
  /(KeyRef|secretRef|_ref|_key_ref|existingSecret|imagePullSecrets|remoteRef|annotations|labels|matchLabels|selector)$/i.test(step),
);

/**
 * What its neighbours show to be no secret: `secretKey: uv.toml` beside `secretName` says which entry of that Secret is meant, and
 * `accessKey: n8n` beside `secretKey` is the user's name (MinIO, S3).
 */
function isHalf(key: string, parent: Value | undefined): boolean {
  const half = halves.find(([named]) => named.test(key));
  return half !== undefined && parent?.is === 'map' && [...parent.entries.keys()].some((other) => half[1].test(other));
}
const halves: readonly (readonly [named: RegExp, beside: RegExp])[] = [
  [/^secret_?key$/i, /^(?:existing_?)?secret_?(?:name|ref)$|^existing_?secret$/i],
  [/^(?:aws_?)?access_?key$/i, /^(?:aws_?)?secret_?(?:access_?)?key$/i],
];

const environments = new Set(['env', 'environment', 'environment_variables', 'Environment', 'Variables']);

/** In an object of Kubernetes `tlsSecret: serving-tls` is the name of a Secret, which is always in small letters. */
const namesSecretObject = ({ dialect, type }: Resource, key: string, text: string): boolean =>
  dialect === 'kubernetes' && type !== 'ConfigMap' && /[a-z]Secret$/.test(key) && /^[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/.test(text);

function whereOf(resource: Resource, path: readonly Key[]): SecretPlace['where'] {
  if (resource.type === 'ConfigMap') return 'ConfigMap';
  if (resource.dialect === 'helm-values') return 'values';
  if (resource.dialect === 'workflow') return 'workflow';
  return path.some((step) => typeof step === 'string' && environments.has(step)) ? 'environment' : 'attribute';
}
