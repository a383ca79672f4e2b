import type { Value } from '../model/value.ts';
import { hole } from './policy-text.ts';
import { textsOf } from './setting.ts';

/** One test of a statement's condition. */
export interface ConditionTest {
  readonly operator: string;
  /** `aws:SourceAccount`, `token.actions.githubusercontent.com:sub`; the part before the colon may be unknown. */
  readonly key: string;
  /** The values that are known; of one that is known in part, the part with a hole in it. */
  readonly values: readonly string[];
}

/** The tests of a condition, in JSON's form (`{ StringEquals = { key = value } }`) or as blocks. `complete` is false when there may be others. */
export function conditionsOf(conditions: Value): { readonly tests: readonly ConditionTest[]; readonly complete: boolean } {
  if (conditions.is === 'absent') return { tests: [], complete: true };
  if (conditions.is === 'list') {
    const found = conditions.items.map((item) => (item.is === 'map' ? blockTest(item.entries) : undefined));
    return { tests: found.filter((test) => test !== undefined), complete: conditions.open !== true && !found.includes(undefined) };
  }
  if (conditions.is !== 'map') return { tests: [], complete: false };
  if (conditions.entries.has('test') && conditions.entries.has('variable'))
    return conditionsOf({ is: 'list', items: [conditions], origins: [] });
  const groups = [...conditions.entries];
  return {
    tests: groups.flatMap(([operator, tests]) =>
      tests.is === 'map' ? [...tests.entries].map(([key, value]) => ({ operator, key, values: valuesOf(value) })) : [],
    ),
    complete: conditions.open !== true && groups.every(([, tests]) => tests.is === 'map' && tests.open !== true),
  };
}

function blockTest(entries: ReadonlyMap<string, Value>): ConditionTest | undefined {
  const operator = entries.get('test');
  const [key] = valuesOf(entries.get('variable'));
  return operator?.is === 'known' && key !== undefined
    ? { operator: String(operator.value), key, values: valuesOf(entries.get('values')) }
    : undefined;
}

function valuesOf(value: Value | undefined): readonly string[] {
  if (!value) return [];
  const items = value.is === 'list' ? value.items : [value];
  return items.flatMap((item) =>
    item.is === 'unknown' && item.parts ? [item.parts.map((part) => part ?? hole).join('')] : textsOf(item).texts,
  );
}

/**
 * Whether a condition keeps nobody away: it is fulfilled by every caller (an address out of `0.0.0.0/0`, any principal at all), or only asks
 * how a request is sent. Without a condition that is so too.
 */
export function restrictsNobody(conditions: Value): boolean {
  const { tests, complete } = conditionsOf(conditions);
  return complete && (conditions.is === 'absent' || (tests.length > 0 && tests.every(isAlwaysTrue)));
}

function isAlwaysTrue({ operator, key, values }: ConditionTest): boolean {
  const kind = operator.replace(/^For(?:AnyValue|AllValues):/, '').replace(/IfExists$/, '');
  if (/^aws:SecureTransport$/i.test(key)) return kind === 'Bool' && values.includes('true');
  if (/^aws:SourceIp$/i.test(key)) return kind === 'IpAddress' && values.some((value) => value === '0.0.0.0/0' || value === '::/0');
  return /^aws:Principal(?:Arn|Account)$/i.test(key) && /^(?:String|Arn)Like$/.test(kind) && values.includes('*');
}
