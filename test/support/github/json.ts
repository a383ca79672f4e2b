/** Plain JSON, as it goes over the wire. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** Readers of a body that was validated before: what is absent or null is undefined. */
export function text(body: JsonObject, key: string): string | undefined {
  const value = body[key];
  return typeof value === 'string' ? value : undefined;
}

export function number(body: JsonObject, key: string): number | undefined {
  const value = body[key];
  return typeof value === 'number' ? value : undefined;
}

export function object(body: JsonObject, key: string): JsonObject | undefined {
  const value = body[key];
  return isObject(value) ? value : undefined;
}

export function objects(body: JsonObject, key: string): readonly JsonObject[] {
  const value = body[key];
  return isList(value) ? value.filter(isObject) : [];
}

export function parseObject(source: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(source);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
