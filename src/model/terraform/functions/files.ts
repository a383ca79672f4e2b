import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { parseTemplate } from '../../../documents/hcl.ts';
import { known, type Known, type Value } from '../../value.ts';
import { spend } from '../budget.ts';
import { asText } from '../convert.ts';
import { chain, computed, failure, makeList, unknownFrom } from '../origins.ts';
import { renderTemplate } from '../template.ts';
import { argumentUnknown, ofTexts, refuse, type Call, type FunctionTable, type TerraformFunction } from './define.ts';

/** A path as Terraform resolves it, from the root module's directory. Undefined when it leads out of the repository. */
function resolve(path: string, call: Call): string | undefined {
  if (path.startsWith('/') || path.startsWith('~')) return undefined;
  const full = posix.normalize(posix.join(call.context.scope.rootDirectory, path));
  return full.startsWith('..') ? undefined : full;
}

/** Only files that were read can be known; that another does not exist is never certain. */
function readFile(args: readonly Value[], call: Call): Known | undefined {
  const [path] = args;
  if (path?.is !== 'known') return undefined;
  const file = call.context.scope.files.get(resolve(asText(path).value, call) ?? '');
  if (!file || !spend(call.context.scope.budget, file.text.length >> 8)) return undefined;
  const whole = { span: { file: file.path, start: 0, end: file.text.length }, what: 'file' as const };
  return {
    is: 'known',
    value: file.text,
    origins: chain(computed(call.origin, path), [whole]),
    offsets: (inValue) => inValue,
    textFile: file.path,
  };
}

const notRead = (args: readonly Value[], call: Call): Value => {
  const [path] = args;
  if (path?.is !== 'known') return argumentUnknown(call, ...args);
  return unknownFrom('this file was not read', call.origin, path);
};

const ofFile =
  (compute: (text: string) => string): TerraformFunction =>
  (args, call) => {
    const file = readFile(args, call);
    return file ? known(compute(asText(file).value), file.origins) : notRead(args, call);
  };

const maxTemplateDepth = 5;
const templateDepth = new WeakMap<object, number>();

function templatefile(args: readonly Value[], call: Call): Value {
  const file = readFile(args, call);
  return file ? render(file, args, call) : notRead(args, call);
}

/** Renders a file's text with a map of names. A template may render templates, but not endlessly. */
function render(file: Known, args: readonly Value[], call: Call): Value {
  const [, variables] = args;
  if (variables?.is === 'unknown' || (variables?.is === 'map' && variables.open)) return argumentUnknown(call, ...args);
  if (variables?.is !== 'map') return refuse(call, ...args);
  const { budget } = call.context.scope;
  const depth = (templateDepth.get(budget) ?? 0) + 1;
  if (depth > maxTemplateDepth) return unknownFrom('templates are nested too deeply', call.origin);
  const name = file.textFile ?? call.origin.span.file;
  const text = asText(file).value;
  const parts = parseTemplate(name, text, file.offsets ?? (() => call.origin.span.start));
  if (!Array.isArray(parts)) return unknownFrom('this template could not be read', call.origin, file);
  templateDepth.set(budget, depth);
  const whole = file.origins.find((o) => o.what === 'file') ?? call.origin;
  const names = new Map(variables.entries);
  const scope = {
    ...call.context.scope,
    lookup: (wanted: string) => ({ value: failure(`the template has no variable \`${wanted}\``, whole), used: 0 }),
  };
  const value = renderTemplate(parts, whole, { scope, kind: 'file', names }, call.evaluate);
  templateDepth.set(budget, depth - 1);
  return { ...value, origins: chain([call.origin], value.origins) };
}

function fileset(args: readonly Value[], call: Call): Value {
  const [base, pattern] = args;
  if (base?.is !== 'known' || pattern?.is !== 'known') return argumentUnknown(call, ...args);
  const directory = resolve(asText(base).value, call);
  const glob = globPattern(asText(pattern).value);
  if (directory === undefined || !glob) return unknownFrom('these files are not known', call.origin, ...args);
  const prefix = directory === '.' ? '' : `${directory.replace(/\/$/, '')}/`;
  const found: Value[] = [];
  for (const path of call.context.scope.files.under(prefix)) {
    if (!spend(call.context.scope.budget, 1)) break;
    if (glob(path.slice(prefix.length).split('/'))) found.push(known(path.slice(prefix.length), [call.origin]));
  }
  // Not every file of the repository was read, so there may be more.
  const more = unknownFrom('files that were not read may match too', call.origin);
  return makeList([...found, more], computed(call.origin, ...args), { open: true, set: true });
}

/** A matcher for `*`, `?` and a `**` that stands for any directories. Other patterns are not followed. */
function globPattern(pattern: string): ((path: readonly string[]) => boolean) | undefined {
  if (pattern.length > 200 || /[[\]{}\\]/.test(pattern)) return undefined;
  const parts = pattern.split('/');
  const matches = (path: readonly string[], at: number, from: number): boolean => {
    const part = parts[at];
    if (part === undefined) return from === path.length;
    if (part === '**') return matches(path, at + 1, from) || (from < path.length && matches(path, at, from + 1));
    const name = path[from];
    return name !== undefined && wildcard(part, name) && matches(path, at + 1, from + 1);
  };
  return parts.filter((part) => part === '**').length > 2 ? undefined : (path) => matches(path, 0, 0);
}

/** `*` and `?` within one name, in time linear in both. */
function wildcard(pattern: string, name: string): boolean {
  let p = 0;
  let star = -1;
  let mark = 0;
  for (let i = 0; i < name.length;) {
    if (pattern[p] === '*') {
      star = p++;
      mark = i;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[i])) {
      p++;
      i++;
    } else if (star >= 0) {
      p = star + 1;
      i = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

const digest = (algorithm: string, encoding: 'hex' | 'base64') => ofFile((text) => createHash(algorithm).update(text).digest(encoding));

export const files: FunctionTable = {
  file: (args, call) => readFile(args, call) ?? notRead(args, call),
  filebase64: ofFile((text) => Buffer.from(text, 'utf8').toString('base64')),
  fileexists: (args, call) => {
    const file = readFile(args, call);
    return file ? known(true, file.origins) : notRead(args, call);
  },
  fileset,
  templatefile,
  templatestring: (args, call) => (args[0]?.is === 'known' ? render(args[0], args, call) : argumentUnknown(call, ...args)),
  filemd5: digest('md5', 'hex'),
  filesha1: digest('sha1', 'hex'),
  filesha256: digest('sha256', 'hex'),
  filesha512: digest('sha512', 'hex'),
  filebase64sha256: digest('sha256', 'base64'),
  filebase64sha512: digest('sha512', 'base64'),
  basename: ofTexts((path = '') => posix.basename(path) || (path ? '/' : '.'), 1),
  dirname: ofTexts((path = '') => posix.dirname(posix.normalize(path)), 1),
  pathexpand: ofTexts((path = '') => (path.startsWith('~') ? undefined : path), 1),
};
