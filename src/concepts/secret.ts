import { isPlaceholder, isWellKnownPassword, secretFormatIn, type SecretFormat } from '../facts/secret-formats.ts';
import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { onceForEach, remembered } from './remembered.ts';
import { secretPlaces, type SecretPlace } from './secret-places.ts';

/** A credential that stands in the configuration itself. The value is deliberately not part of it: nothing downstream can repeat it. */
export interface LiteralSecret {
  readonly at: Located;
  /** What the authors call it: the variable, key or flag. */
  readonly name: string;
  readonly kind: 'token' | 'credential' | 'default-password' | 'url';
  readonly format?: Pick<SecretFormat, 'issuer' | 'opens'>;
  readonly where: SecretPlace['where'];
}

export const literalSecret: Concept<LiteralSecret> = {
  name: 'credential written into the configuration',
  view(resource, world) {
    const found: LiteralSecret[] = [];
    for (const place of secretPlaces(resource)) {
      const secret = classify(place);
      if (secret && isToldAt(resource, secret, world)) found.push(secret);
    }
    return found;
  },
};

/** What a Terraform variable carries is told at the variable. */
const isToldAt = (resource: Resource, { at }: LiteralSecret, world: World): boolean =>
  resource.dialect !== 'terraform' || (tellers(world).get(literalOf(at)) ?? resource) === resource;

/** For every secret that Terraform variables carry, the outermost variable: it is reported once, there, and not at every use. */
const tellers = onceForEach((world: World): ReadonlyMap<string, Resource> => {
  const found = new Map<string, Resource>();
  const variables = world.resources
    .filter((resource) => resource.type === 'variable')
    .toSorted((a, b) => a.address.length - b.address.length);
  for (const variable of variables)
    for (const place of secretPlaces(variable)) {
      const secret = classify(place);
      const literal = secret && literalOf(secret.at);
      if (literal !== undefined && !found.has(literal)) found.set(literal, variable);
    }
  return found;
});

function literalOf(value: Located): string {
  const span = value.origins.find((origin) => origin.literal)?.span;
  return span ? `${span.file}:${span.start}` : '';
}

function classify(place: SecretPlace): LiteralSecret | undefined {
  const { name, text, where, naming } = place;
  const format = secretFormatIn(text);
  if (format) return { at: place.at(), name, kind: 'token', format, where };
  if (hasPasswordInUrl(text, where)) return { at: place.at(), name, kind: 'url', where };
  if (!naming || !isSecretName(naming) || !looksLikeSecret(text)) return undefined;
  if (isWellKnownPassword(text)) return { at: place.at(), name, kind: 'default-password', where };
  return sameWords(naming, text) ? undefined : { at: place.at(), name, kind: 'credential', where };
}

/** `encryptionKey: encryption-key` names the entry of a Secret, which is called like the setting. */
const sameWords = (a: string, b: string): boolean => lettersOf(a) === lettersOf(b);
const lettersOf = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, '').toLowerCase();

/** `postgresql://llm:password@host`, where the password is neither a variable nor a placeholder, nor that of a database made for one test. */
function hasPasswordInUrl(text: string, where: SecretPlace['where']): boolean {
  if (text.length > 2000 || !text.includes('://')) return false;
  const match = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s/:@?#]{1,80}):([^\s/@?#]{2,100})@[a-z0-9[]/i.exec(text);
  const [, user = '', password] = match ?? [];
  if (password === undefined || isPlaceholder(password) || /[${}<>()*]/.test(password)) return false;
  // As documentation writes it: `user:pass@example.com`.
  if (/^user(?:name)?$/i.test(user) && /^pass(?:word|wd)?$|^pwd?$/i.test(password)) return false;
  return where !== 'workflow' || !isWellKnownPassword(password);
}

const lastWords =
  /(^|_)(password|passwd|passphrase|pwd|pass|token|apikey|api_key|secret_key|private_key|master_key|account_key|storage_key|admin_key|signing_key|auth_key|session_key|encryption_key|cookie_secret|client_secret|app_secret|jwt_secret|session_secret|shared_secret|webhook_secret|allowed_keys|secret_access_key|access_key|access_token|auth_token|bearer|nextauth_secret|secret_string)$/;
const nameOnly =
  /(^|_)(name|ref|existing|key_name|max|min|num|stop|special|eos|bos|pad|unk|page|next|continuation|csrf_cookie|mount|automount|file|path)(_|$)/;

/** `rootUserSecretKey: s3-user`: which key of an existing Secret holds it. */
const keyOfSecret = /(^|_)(user|username|password|token|id|access_key|api_key)_secret_key$/;

/** True for a key or variable whose value is a credential. Keys that hold a secret's name, a file or a count of tokens are not. */
export const isSecretName = (key: string): boolean => key.length <= 80 && namesSecret(key);

const namesSecret = remembered((key) => {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  return lastWords.test(words) && !nameOnly.test(words) && !keyOfSecret.test(words);
});

/** False for what names, points at or describes a secret instead of being one. */
function looksLikeSecret(text: string): boolean {
  const value = text.trim();
  if (value.length < 3 || value.length > 500 || /\s/.test(value) || isPlaceholder(value)) return false;
  if (isWellKnownPassword(value)) return true;
  if (
    /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ||
    namesAnother.test(value) ||
    /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(value) ||
    /^[\w.-]+\.(json|pem|key|txt|ya?ml|crt)$/i.test(value)
  )
    return false;
  return !isObjectName(value);
}

/** A key of KMS by its alias, an HTTP header (`sessionKey: x-user-id`), the entry of a Secret, a switch (`ALLOW_EMPTY_PASSWORD: "yes"`). */
const namesAnother = /^(?:alias\/.+|x(?:-[a-z]+)+|key|token|api[-_]?key|access[-_]?key|secret[-_]?key|yes|no|on|off|enabled|disabled)$/i;

/** `hf-token`, `postgres-credentials`, `llm_api_key`: names of objects, told by their words. */
const isObjectName = (value: string): boolean =>
  /^[a-z0-9]+([-_./][a-z0-9]+)+$/i.test(value) &&
  /(^|[-_./])(secrets?|tokens?|passwords?|passwd|credentials?|creds?|keys?|apikey|auth|cert|config)([-_./]|$)/i.test(value);
