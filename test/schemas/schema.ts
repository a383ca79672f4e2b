import { readdirSync, readFileSync } from 'node:fs';

/** A field as an extract writes it: `need:form`, `need:form @shared`, or its structure with its own `need:form` under the empty key. */
type Written = string | WrittenFields;
interface WrittenFields {
  readonly [field: string]: Written;
}
interface Extract {
  readonly about: { readonly provider?: string };
  readonly shared: Readonly<Record<string, WrittenFields>>;
  readonly types: Readonly<Record<string, WrittenFields>>;
}

export interface Field {
  /** r: required, o: optional, c: only the provider sets it. */
  readonly need: string;
  /** `block[]`, `object`, `map`, `open`, `string`, `map<string>`, `any`, … */
  readonly form: string;
  /** The provider's default where the schema states one. */
  readonly byDefault?: string | number | boolean;
  /** What it is made of; undefined for scalars and for what is free-form. */
  readonly fields?: Fields;
}
/** A structure: its fields by name. */
export interface Fields {
  readonly names: readonly string[];
  get(name: string): Field | undefined;
}

const folder = new URL('./', import.meta.url);
const extracts: readonly Extract[] = readdirSync(folder)
  .filter((name) => /^(?:terraform-[a-z-]+|cloudformation|kubernetes)\.json$/.test(name))
  .toSorted()
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Extract);

const types = new Map<string, { readonly fields: Fields; readonly provider: string }>();
for (const extract of extracts)
  for (const [type, written] of Object.entries(extract.types)) {
    const fields = structure(written, extract);
    const before = types.get(type);
    types.set(type, before ? { ...before, fields: merged(before.fields, fields) } : { fields, provider: extract.about.provider ?? '' });
  }

/** What newer providers have beside what the frozen declarations have. */
function merged(first: Fields, second: Fields): Fields {
  return {
    names: [...new Set([...first.names, ...second.names])],
    get: (name) => {
      const [a, b] = [first.get(name), second.get(name)];
      return a?.fields && b?.fields ? { ...a, fields: merged(a.fields, b.fields) } : (a ?? b);
    },
  };
}

/** A type's fields: `aws_s3_bucket`, `data.aws_ami`, `AWS::S3::Bucket` (its properties), `apps/v1/Deployment`. */
export const schemaOf = (type: string): Fields | undefined => types.get(type)?.fields;
/** The provider and its version that a Terraform type is from: `hashicorp/aws 6.25.0`. */
export const providerOf = (type: string): string | undefined => types.get(type)?.provider;
export const knownTypes = (): readonly string[] => [...types.keys()];

function structure(written: WrittenFields, extract: Extract): Fields {
  return {
    names: Object.keys(written).filter((name) => name !== ''),
    get: (name) => (name !== '' && Object.hasOwn(written, name) ? field(written[name] ?? '', extract) : undefined),
  };
}

function field(written: Written, extract: Extract): Field {
  if (typeof written !== 'string') {
    const own = written[''];
    return { ...head(typeof own === 'string' ? own : ''), fields: structure(written, extract) };
  }
  const [, own = written, shared] = /^(\S+) @(.+)$/.exec(written) ?? [];
  const inner = shared === undefined ? undefined : extract.shared[shared];
  return inner ? { ...head(own), fields: structure(inner, extract) } : head(own);
}

function head(text: string): Field {
  const [, need = '', form = '', byDefault] = /^([roc]):([^=]*)(?:=(.*))?$/.exec(text) ?? [];
  return { need, form, ...(byDefault !== undefined && { byDefault: JSON.parse(byDefault) as string | number | boolean }) };
}

const bare = (form: string): string => form.replace(/(?:\[\])+$/, '');

/** Whether anything may stand in a field: a map of people's own keys, JSON, what the schema leaves open. */
export const isFree = ({ form, fields }: Field): boolean => fields === undefined && /^(?:any$|map<|object|block)|\bjson\b/.test(bare(form));

/**
 * Follows a path through a type. Numbers and `*` are items of a list or keys of a map; a field may also be named straight below a list, as
 * Terraform's single blocks are. Undefined where every step exists (or from a free-form place on), else the path as far as it goes wrong.
 */
export function missing(fields: Fields, path: readonly (string | number)[]): string | undefined {
  const end = follow(fields, path);
  return typeof end === 'string' ? end : undefined;
}

/** The field at a path; the free-form field where one is on the way; the path as far as it goes wrong where there is none. */
export function follow(fields: Fields, path: readonly (string | number)[]): Field | string {
  let here: Field = { need: 'r', form: 'object', fields };
  for (const [i, key] of path.entries()) {
    if (isFree(here)) return here;
    if (typeof key === 'number') continue;
    if (bare(here.form) === 'map') {
      here = { need: 'o', form: 'object', ...(here.fields && { fields: here.fields }) };
      continue;
    }
    const next = here.fields?.get(key);
    if (!next) return bare(here.form) === 'open' ? { need: 'o', form: 'any' } : path.slice(0, i + 1).join('.');
    here = next;
  }
  return here;
}
