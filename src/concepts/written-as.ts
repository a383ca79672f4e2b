import type { Literal } from '../engine/rule.ts';
import type { Value } from '../model/value.ts';
import { textOf } from './setting.ts';

/** What stands for itself wherever it is repeated in the same module: a resource, a data source, a variable, a local. */
const repeatable = /^(?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*$/;
/** True for an address that can stand in an expression as it is: one resource, of this module, without an instance key. */
export const isRepeatable = (address: string): boolean => repeatable.test(address) && !address.startsWith('module.');
const step = /^[A-Za-z_][\w-]*$/;

/**
 * How a value of one resource is written so that it can stand in another of the same module: as the one reference that it is, or as plain
 * text. Undefined where it is put together, comes out of a module or an instance, or holds something that HCL would read as an expression.
 */
export function writtenAs(value: Value): Literal | undefined {
  const refs = value.is === 'known' || value.is === 'unknown' ? (value.refs ?? []) : [];
  const [ref] = refs;
  if (!ref) {
    const text = textOf(value);
    return text === undefined || /[$%]\{/.test(text) ? undefined : text;
  }
  const isOne = refs.length === 1 && isRepeatable(ref.to) && ref.attr.every((key) => step.test(key));
  return isOne ? { raw: [ref.to, ...ref.attr].join('.') } : undefined;
}

/** The same as source text of HCL. */
export function hcl(literal: Literal): string | undefined {
  if (typeof literal === 'string') return JSON.stringify(literal);
  return typeof literal === 'object' && 'raw' in literal && typeof literal.raw === 'string' ? literal.raw : undefined;
}
