import type { Value } from './value.ts';

/** The structure behind a text value, or the value itself. */
export function embedded(value: Value): Value {
  return (value.is === 'known' || value.is === 'unknown') && value.structure ? value.structure : value;
}
