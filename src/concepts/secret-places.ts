import { placed, type Key, type Located, type Resource } from '../model/resource.ts';
import type { Dict, Known, List, Origin, Value } from '../model/value.ts';
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
export function secretPlaces(resource: Resource): readonly SecretPlace[] {
  const { value } = resource;
  const walk: Walk = { resource, found: [], left: mostLeaves };
  if (value.is === 'map' && !namesOnly.has(resource.type))
    lookInto({ value, depth: 0, step: '', around: undefined, first: undefined, key: '', refers: false, runs: false }, walk);
  return walk.found;
}

interface Walk {
  readonly resource: Resource;
  readonly found: SecretPlace[];
  left: number;
}

/** A map or a list on the way to texts. What a path says of the texts at its end is told on the way down: it is the same for all of them. */
interface Branch {
  readonly value: Dict | List;
  /** How many steps lead here; the last one; the branch that it was taken from. */
  readonly depth: number;
  readonly step: Key;
  readonly around: Branch | undefined;
  /** The first step, and the last that is a key; the outermost branch has none. */
  readonly first: Key | undefined;
  readonly key: string;
  /** Whether one of the steps says that what follows names a secret, or that it is an environment. */
  readonly refers: boolean;
  readonly runs: boolean;
}

function lookInto(branch: Branch, walk: Walk): void {
  if (branch.depth >= deepest || walk.left <= 0) return;
  const { value } = branch;
  if (value.is === 'map') for (const [key, item] of value.entries) lookAt(item, key, branch, walk);
  else for (const [i, item] of value.items.entries()) lookAt(item, i, branch, walk);
}

function lookAt(value: Value, step: Key, around: Branch, walk: Walk): void {
  if (value.is === 'known') {
    if (walk.left-- <= 0 || isTooShort(value) || !isLiteralText(value)) return;
    const place = toPlace({ value, step, around }, walk.resource);
    if (place) walk.found.push(place);
  } else if (value.is === 'map' || value.is === 'list') {
    const key = typeof step === 'string' ? step : undefined;
    lookInto(
      {
        value,
        depth: around.depth + 1,
        step,
        around,
        first: around.first ?? step,
        key: key ?? around.key,
        refers: around.refers || (key !== undefined && refers(key)),
        runs: around.runs || (key !== undefined && environments.has(key)),
      },
      walk,
    );
  }
}

/** No credential has less than three characters; most numbers and many words of a configuration do. */
const isTooShort = ({ value }: Known): boolean => String(value).length < 3;

const isLiteralText = ({ value, refs, origins }: Known): boolean =>
  typeof value !== 'boolean' && (refs === undefined || refs.length === 0) && origins.some((origin) => origin.literal);

interface Leaf {
  readonly value: Known;
  readonly step: Key;
  readonly around: Branch;
}

function toPlace(leaf: Leaf, resource: Resource): SecretPlace | undefined {
  const { value, step, around } = leaf;
  if (resource.dialect === 'kubernetes' && isFromValues(value)) return undefined;
  const at = (): Located => ({ ...placed(value, resource, pathOf(leaf)), origins: literalFirst(value.origins) });
  const text = String(value.value);
  const key = typeof step === 'string' ? step : around.key;
  const first = around.first ?? step;
  // `id-token: write` is a right of the workflow, and no credential.
  if (resource.dialect === 'workflow' && around.step === 'permissions') return undefined;

  if ((key === 'value' || key === 'Value') && around.value.is === 'map') {
    const { entries } = around.value;
    const variable = entries.get('name') ?? entries.get('Name') ?? entries.get('key');
    if (variable?.is === 'known') return { at, text, name: String(variable.value), naming: String(variable.value), where: 'environment' };
  }
  if ((key === 'args' || key === 'command' || key === 'extraArgs') && around.value.is === 'list')
    return argument(at, text, around.value, Number(step));
  // `value` is what the variable comes to, from its default, a tfvars file or a module call.
  if (resource.type === 'variable')
    return first === 'value'
      ? { at, text, name: resource.name, naming: around.depth === 0 ? resource.name : key, where: 'attribute' }
      : undefined;
  if (resource.type === 'parameter')
    return first === 'Default' ? { at, text, name: resource.name, naming: resource.name, where: 'attribute' } : undefined;
  if (resource.type === 'Secret') return inSecret(at, text, first, key);
  const where = whereOf(resource, around.runs || environments.has(key));
  if (isReference(key, around) || namesSecretObject(resource, key, text) || isHalf(key, around.value))
    return { at, text, name: key, where };
  return { at, text, name: key, naming: typeof step === 'string' || listsKeys.test(key) ? key : '', where };
}

function pathOf({ step, around }: Leaf): readonly Key[] {
  const path: Key[] = [step];
  for (let at = around; at.around; at = at.around) path.push(at.step);
  return path.reverse();
}

function argument(at: SecretPlace['at'], text: string, list: List, index: number): SecretPlace {
  const flag = /^--?([A-Za-z][\w.-]*)=(.+)$/s.exec(text);
  if (flag?.[1] && flag[2]) return { at, text: flag[2], name: `--${flag[1]}`, naming: flag[1], where: 'argument' };
  const before = list.items[index - 1];
  const name = before?.is === 'known' && typeof before.value === 'string' ? /^--([A-Za-z][\w.-]*)$/.exec(before.value)?.[1] : undefined;
  return name && !text.startsWith('-')
    ? { at, text, name: `--${name}`, naming: name, where: 'argument' }
    : { at, text, name: 'the command', where: 'argument' };
}

/** The comment belongs where the credential stands, not where a variable brings it in. */
const literalFirst = (origins: readonly Origin[]): readonly Origin[] =>
  origins.toSorted((a, b) => Number(b.literal ?? false) - Number(a.literal ?? false));

/** A Secret manifest's `data` is base64, which hides nothing. */
function inSecret(at: SecretPlace['at'], text: string, first: Key, key: string): SecretPlace | undefined {
  if (first === 'stringData') return { at, text, name: key, naming: key, where: 'Secret' };
  if (first !== 'data') return undefined;
  const decoded = /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text) ? Buffer.from(text, 'base64').toString('utf8').trim() : '';
  const readable = decoded !== '' && !decoded.includes('\ufffd');
  return readable ? { at, text: decoded, name: key, naming: key, where: 'Secret' } : undefined;
}

/** Inside `secretKeyRef`, `secretRef` and the like a key names a secret. */
const isReference = (key: string, around: Branch): boolean => key === 'key' || key === 'name' || around.refers || refers(key);

const refers = remembered((step) =>
  /(KeyRef|secretRef|_ref|_key_ref|existingSecret|imagePullSecrets|remoteRef|annotations|labels|matchLabels|selector)$/i.test(step),
);

/**
 * What its neighbours show to be no secret: `secretKey: uv.toml` beside `secretName` says which entry of that Secret is meant, and
 * `accessKey: n8n` beside `secretKey` is the user's name (MinIO, S3).
 */
function isHalf(key: string, parent: Value): boolean {
  if (parent.is !== 'map' || !mayBeHalf(key)) return false;
  const half = halves.find(([named]) => named.test(key));
  return half !== undefined && [...parent.entries.keys()].some((other) => half[1].test(other));
}
const halves: readonly (readonly [named: RegExp, beside: RegExp])[] = [
  [/^secret_?key$/i, /^secret_?(?:name|ref)$/i],
  [/^(?:aws_?)?access_?key$/i, /^(?:aws_?)?secret_?(?:access_?)?key$/i],
];
const mayBeHalf = remembered((key) => halves.some(([named]) => named.test(key)));

/** Weaviate's list of the keys that it takes. Source: weaviate-helm, values.yaml, `authentication.apikey`. */
const listsKeys = /^allowed_keys$/;

const environments = new Set(['env', 'environment', 'environment_variables', 'Environment', 'Variables']);

/** In an object of Kubernetes `tlsSecret: serving-tls` is the name of a Secret, which is always in small letters. */
const namesSecretObject = ({ dialect, type }: Resource, key: string, text: string): boolean =>
  dialect === 'kubernetes' && type !== 'ConfigMap' && /[a-z]Secret$/.test(key) && /^[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/.test(text);

function whereOf({ type, dialect }: Resource, inEnvironment: boolean): SecretPlace['where'] {
  if (type === 'ConfigMap') return 'ConfigMap';
  if (dialect === 'helm-values') return 'values';
  if (dialect === 'workflow') return 'workflow';
  return inEnvironment ? 'environment' : 'attribute';
}
