import type { Fix, Literal } from '../engine/rule.ts';
import type { Located } from '../model/resource.ts';
import type { Value } from '../model/value.ts';

/**
 * What a switch comes to: the value that is written, or the provider's default where nothing is. `writes` says how the configuration
 * would be made to mean something else, in the words of its own dialect.
 */
export type Setting<T> = SettingBase<T> &
  ({ readonly is: 'known'; readonly value: T; readonly written: boolean } | { readonly is: 'unknown' });
interface SettingBase<T> {
  readonly at: Located;
  readonly writes: (value: T) => Fix;
}

/** How a meaning is spelled: `read` gives undefined for text that it does not know. */
export interface Spelling<T> {
  readonly read: (value: string | number | boolean) => T | undefined;
  readonly write: (value: T) => Literal;
}

/** `true` and `false`; both Terraform and CloudFormation also take them as strings. */
export const yesNo: Spelling<boolean> = {
  read: (value) => (value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined),
  write: (value) => value,
};

/** `false` where the attribute says what is switched off (`no_public_ip`), so that rules read it the positive way round. */
export const noYes: Spelling<boolean> = {
  read: (value) => {
    const said = yesNo.read(value);
    return said === undefined ? undefined : !said;
  },
  write: (value) => !value,
};

/** Two words for on and off, in any case: `Enabled` and `Disabled`. */
export const words = (on: string, off: string): Spelling<boolean> => ({
  read: (value) => {
    const word = String(value).toLowerCase();
    return word === on.toLowerCase() ? true : word === off.toLowerCase() ? false : undefined;
  },
  write: (value) => (value ? on : off),
});

export const text: Spelling<string> = { read: String, write: (value) => value };

export const number: Spelling<number> = {
  read: (value) => {
    const found = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
    return Number.isFinite(found) ? found : undefined;
  },
  write: (value) => value,
};

/** Reads a switch; `whenAbsent` is the provider's default, left out when the default is not known. */
export function setting<T>(at: Located, spelling: Spelling<T>, whenAbsent?: T): Setting<T> {
  const writes = (value: T): Fix => ({ do: 'set', at, to: spelling.write(value) });
  if (at.is === 'absent' && whenAbsent !== undefined) return { at, writes, is: 'known', value: whenAbsent, written: false };
  const value = at.is === 'known' ? spelling.read(at.value) : undefined;
  return value === undefined ? { at, writes, is: 'unknown' } : { at, writes, is: 'known', value, written: true };
}

/** True only when the setting surely has this value. */
export const holds = <T>(setting: Setting<T> | undefined, value: T): boolean => setting?.is === 'known' && setting.value === value;

/** True only when nothing is there for sure: absent, an empty text, an empty list. An unknown value is not missing. */
export function isMissing(value: Value): boolean {
  if (value.is === 'absent') return true;
  if (value.is === 'known') return value.value === '';
  return value.is === 'list' && value.items.length === 0 && value.open !== true;
}

/**
 * True when another resource, not a caller of the module, makes the value: then it is surely there, although nobody can read it here. A
 * variable may be left empty, and a literal secret is a matter of its own.
 */
export const isMadeElsewhere = (value: Value): boolean =>
  value.is === 'unknown' && value.refs.some(({ to }) => !/(?:^|\.)(?:(?:var|local)\.|module\.[^.]+$)/.test(to));

/** The text of a known value. */
export const textOf = (value: Value): string | undefined => (value.is === 'known' ? String(value.value) : undefined);

/** Texts of a lone value or of a list's known items. `complete` is false when an item, or all of it, is unknown. */
export function textsOf(value: Value): { readonly texts: readonly string[]; readonly complete: boolean } {
  if (value.is === 'list') {
    const texts = value.items.map(textOf);
    return { texts: texts.filter((item) => item !== undefined), complete: value.open !== true && !texts.includes(undefined) };
  }
  const one = textOf(value);
  return { texts: one === undefined ? [] : [one], complete: one !== undefined || value.is === 'absent' };
}
