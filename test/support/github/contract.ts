import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isList, isObject, object, objects, parseObject, text } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { projectFile } from './project-file.ts';

/** GitHub's published description, trimmed to what the stand-in serves. Schemas are compiled when first used. */
const rest = load('github.json');
const hooks = load('webhooks.json');
const operations = object(rest, 'operations') ?? {};
const events = object(hooks, 'events') ?? {};

const options = { strict: false, coerceTypes: false } as const;
const restAjv = new Ajv(options);
const queryAjv = new Ajv({ ...options, coerceTypes: true });
const hooksAjv = new Ajv2020(options);
for (const ajv of [restAjv, queryAjv, hooksAjv]) addFormats.default(ajv);
restAjv.addSchema({ $id: 'description', components: rest['components'] });
queryAjv.addSchema({ $id: 'description', components: rest['components'] });
hooksAjv.addSchema({ $id: 'description', components: hooks['components'] });
const compiled = new Map<string, ValidateFunction>();

/** Says what is wrong with a request's query, or undefined. A parameter that the description does not know is wrong too. */
export function queryProblem(operation: string, query: URLSearchParams): string | undefined {
  const parameters = objects(described(operation), 'parameters').filter((parameter) => parameter['in'] === 'query');
  for (const [name, value] of query) {
    const parameter = parameters.find((one) => one['name'] === name);
    if (parameter === undefined) return `"${name}" is not a permitted key.`;
    const problem = check(
      queryAjv,
      `${operation} ?${name}`,
      { type: 'object', properties: { [name]: parameter['schema'] } },
      { [name]: value },
    );
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Says what is wrong with a request's body, or undefined. GitHub ignores unknown keys; here they are mistakes. */
export function bodyProblem(operation: string, body: JsonObject): string | undefined {
  const schema = object(object(described(operation), 'requestBody') ?? {}, 'schema');
  if (schema === undefined) return Object.keys(body).length === 0 ? undefined : 'This operation takes no body.';
  return check(restAjv, `${operation} body`, schema, body) ?? unknownKey(schema, body);
}

/** Says how an answer differs from the description, or undefined. */
export function replyProblem(operation: string, status: number, body: Json | undefined): string | undefined {
  if (status >= 300) return undefined;
  const response = object(object(described(operation), 'responses') ?? {}, String(status));
  if (response === undefined) return `The description of ${operation} has no status ${String(status)}.`;
  const schema = object(response, 'schema');
  if (schema === undefined) return body === undefined ? undefined : `${operation} ${String(status)} has no body.`;
  return check(restAjv, `${operation} ${String(status)}`, schema, body ?? null);
}

/** Says how a webhook's payload differs from the description, or undefined. `name` as in "pull-request-opened". */
export function payloadProblem(name: string, payload: JsonObject): string | undefined {
  const schema = object(events, name);
  return schema === undefined ? `There is no description of the event ${name}.` : check(hooksAjv, `webhook ${name}`, schema, payload);
}

function described(operation: string): JsonObject {
  const found = object(operations, operation);
  if (found === undefined) throw new Error(`${operation} is not in test/support/openapi/github.json: add it in scripts/trim-openapi.mjs.`);
  return found;
}

function check(ajv: Ajv | Ajv2020, key: string, schema: JsonObject, value: unknown): string | undefined {
  const validate = compiled.get(key) ?? ajv.compile(schema);
  compiled.set(key, validate);
  if (validate(value)) return undefined;
  return ajv.errorsText(validate.errors, { dataVar: '', separator: '; ' }).slice(0, 600);
}

function unknownKey(schema: JsonObject, body: JsonObject): string | undefined {
  const known = knownProperties(schema);
  if (known === undefined) return undefined;
  for (const [key, value] of Object.entries(body)) {
    const property = known.get(key);
    if (property === undefined) return `"${key}" is not a permitted key.`;
    const item = object(property, 'items') ?? property;
    for (const inner of isList(value) ? value : [value]) {
      const problem = isObject(inner) ? unknownKey(item, inner) : undefined;
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

/** The named properties of a schema and its alternatives; undefined when it names none, so that anything goes. */
function knownProperties(schema: JsonObject): Map<string, JsonObject> | undefined {
  const found = new Map<string, JsonObject>();
  for (const [key, value] of Object.entries(object(schema, 'properties') ?? {})) if (isObject(value)) found.set(key, value);
  const reference = text(schema, '$ref')?.replace('description#/components/schemas/', '');
  const target = reference === undefined ? undefined : object(object(object(rest, 'components') ?? {}, 'schemas') ?? {}, reference);
  for (const part of [
    ...objects(schema, 'oneOf'),
    ...objects(schema, 'anyOf'),
    ...objects(schema, 'allOf'),
    ...(target === undefined ? [] : [target]),
  ]) {
    for (const [key, value] of knownProperties(part) ?? []) found.set(key, value);
  }
  return found.size === 0 ? undefined : found;
}

function load(name: string): JsonObject {
  const source = readFileSync(projectFile(`test/support/openapi/${name}`), 'utf8');
  const parsed = parseObject(source.replaceAll('"#/components/', '"description#/components/'));
  if (parsed === undefined) throw new Error(`test/support/openapi/${name} is not a JSON object.`);
  return parsed;
}
