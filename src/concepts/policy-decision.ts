import type { Located } from '../model/resource.ts';
import { placeOf, type Grant } from './grants.ts';
import { coverage, reaches, reachesAll, type Certainty } from './policy.ts';
import { conditionsOf, restrictsNobody } from './policy-conditions.ts';
import { isMissing } from './setting.ts';

/** The answer to a question about rights. A yes names what gives the right, for a message and its place, and whether that reaches all there is. */
export type Answer =
  | { readonly is: 'yes'; readonly at: Located; readonly by: string; readonly everywhere: boolean }
  | { readonly is: 'no' }
  | { readonly is: 'unknown' };

export const no: Answer = { is: 'no' };
export const notKnown: Answer = { is: 'unknown' };

/** What is asked: an action on what a pattern of resources stands for, `all` of it or `some` of it. */
export interface Wish {
  readonly action: string;
  readonly resource: string;
  readonly how: 'all' | 'some';
}

/**
 * Whether statements allow something, the way AWS decides: what is denied is denied, the rest has to be allowed. A denial that covers all
 * that is asked for takes the right away; one that covers a part of it leaves the rest. `complete` is false when there are statements that
 * are not seen: then nothing is surely refused.
 */
export function decide(grants: readonly Grant[], complete: boolean, wish: Wish): Answer {
  const denied = worst(grants.filter(({ effect }) => effect !== 'allow').map((grant) => applies(grant, { ...wish, how: 'all' })));
  if (denied === 'yes') return no;
  const allowed = grants.filter(({ effect }) => effect !== 'deny').map((grant) => ({ grant, says: applies(grant, wish) }));
  const by = allowed.find(({ says }) => says === 'yes')?.grant;
  if (by) return denied === 'no' ? yes(by, wish.action) : notKnown;
  return complete && allowed.every(({ says }) => says === 'no') ? no : notKnown;
}

/** What an identity may do: what it is granted, as far as its permissions boundary lets it. */
export function decideFor({ grants, complete, boundary }: Holder, wish: Wish): Answer {
  const granted = decide(grants, complete, wish);
  if (!boundary || granted.is === 'no') return granted;
  const allowed = decide(boundary.grants, boundary.complete, wish);
  return allowed.is === 'yes' ? granted : allowed.is === 'no' ? no : notKnown;
}

interface Holder extends Statements {
  readonly boundary?: Statements;
}

/** Statements, and whether they are all that there are. */
export interface Statements {
  readonly grants: readonly Grant[];
  readonly complete: boolean;
}

const yes = (grant: Grant, action: string): Answer => {
  const by = grant.actions.except
    ? undefined
    : grant.actions.texts.find((text) => coverage({ ...grant.actions, texts: [text] }, action) === 'yes');
  return {
    is: 'yes',
    at: by === undefined ? grant.actions.at : placeOf(grant.actions, by),
    by: by ?? 'everything but some actions',
    everywhere: reachesAll(grant.resources),
  };
};

const worst = (all: readonly Certainty[]): Certainty => (all.includes('yes') ? 'yes' : all.includes('unknown') ? 'unknown' : 'no');

/** Whether a statement speaks of what is asked, whatever its effect. */
function applies(grant: Grant, { action, resource, how }: Wish): Certainty {
  const parts = [coverage(grant.actions, action), reaches(grant.resources, resource, how), isAlways(grant)];
  if (parts.includes('no')) return 'no';
  return parts.includes('unknown') || grant.effect === 'unknown' ? 'unknown' : 'yes';
}

/**
 * Conditions on how a request is sent say nothing of who may send it: a denial of clear-text traffic denies nobody, a permission that asks
 * for TLS is one. Other conditions can come out either way.
 */
function isAlways({ conditions, effect }: Grant): Certainty {
  if (isMissing(conditions)) return 'yes';
  if (effect === 'allow' && restrictsNobody(conditions)) return 'yes';
  const { tests, complete } = conditionsOf(conditions);
  if (!complete || tests.length === 0 || !tests.every(({ key }) => manner.test(key))) return 'unknown';
  return effect === 'deny' ? 'no' : 'yes';
}

const manner = /^(?:aws:SecureTransport|s3:TlsVersion|s3:x-amz-server-side-encryption.*)$/i;
