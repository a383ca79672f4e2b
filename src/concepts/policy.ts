import type { Grant, Patterns } from './grants.ts';
import { bucketStart, hole, tokenEnd, tokenStart, widest } from './policy-text.ts';
import { restrictsNobody } from './policy-conditions.ts';
import { isMissing } from './setting.ts';

/** What can be said of a policy without running it. */
export type Certainty = 'yes' | 'no' | 'unknown';

/** Whether a pattern of the policy language (`*` any text, `?` one character) matches an action; upper and lower case are the same. Linear in practice, never exponential. */
export const matches = (pattern: string, name: string): boolean => glob(pattern.toLowerCase(), name.toLowerCase(), isOne);

/**
 * Whether everything that `narrow` matches is matched by `wide`: `a*` takes in `a*b`, and a name is a pattern without wildcards. Upper and
 * lower case differ, as they do in ARNs. An unknown part is taken in only by a star, or by the same unknown part.
 */
export const subsumes = (wide: string, narrow: string): boolean => glob(wide, narrow, isPlainOne);

const isOne = (pattern: string | undefined, c: string | undefined): boolean => pattern === '?' || pattern === c;

const isPlainOne = (pattern: string | undefined, c: string | undefined): boolean =>
  pattern === '?' ? c !== undefined && !marks.has(c) : pattern === c && c !== hole;
const marks = new Set(['*', hole, tokenStart, bucketStart, tokenEnd]);

function glob(pattern: string, name: string, isSame: (pattern: string | undefined, c: string | undefined) => boolean): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < name.length;) {
    if (pattern[at] === '*') {
      star = at++;
      resume = i;
    } else if (at < pattern.length && isSame(pattern[at], name[i])) {
      at++;
      i++;
    } else if (star !== -1) {
      at = star + 1;
      i = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** Whether some text could be matched by both patterns, whatever their unknown parts come to. Patterns too long to compare may. */
export function overlaps(a: string, b: string): boolean {
  const [p, q] = [widest(a), widest(b)];
  if (p.length * q.length > 1_000_000) return true;
  // shared[j]: what is read of p so far and the first j characters of q have a text in common.
  let shared = Array.from({ length: q.length + 1 }, (_, j) => /^\**$/.test(q.slice(0, j)));
  for (const c of p) {
    const next = [c === '*' && shared[0] === true];
    for (const [j, d] of Array.from(q).entries()) {
      const both = c === d || c === '?' || d === '?';
      next.push(c === '*' || d === '*' ? shared[j + 1] === true || next[j] === true : both && shared[j] === true);
    }
    shared = next;
  }
  return shared[q.length] === true;
}

/** Whether what a statement covers surely includes a name. With unknown exceptions nothing is sure. */
export const covers = (patterns: Patterns, name: string): boolean => coverage(patterns, name) === 'yes';

/** Whether what a statement covers includes an action. */
export function coverage({ texts, except, complete }: Patterns, name: string): Certainty {
  if (texts.some((text) => matches(text, name))) return except ? 'no' : 'yes';
  if (!complete) return 'unknown';
  return except ? 'yes' : 'no';
}

/**
 * Whether the resources of a statement include what a pattern stands for: `all` of it, as every bucket, or `some` of it, as one object under
 * a prefix. Partition, region and account are left aside: nearly always they are the caller's own.
 */
export function reaches({ texts, except, complete }: Patterns, pattern: string, how: 'all' | 'some'): Certainty {
  const target = withoutAccount(pattern);
  const own = texts.map(withoutAccount);
  const isHit = own.some((text) => subsumes(text, target) || (how === 'some' && subsumes(target, text)));
  const isTouched = own.some((text) => overlaps(text, target));
  if (except) return own.some((text) => subsumes(text, target)) ? 'no' : !complete || isTouched ? 'unknown' : 'yes';
  if (isHit) return 'yes';
  return !complete || (isTouched && how === 'some') ? 'unknown' : 'no';
}

const withoutAccount = (arn: string): string => arn.replace(/^arn:[^:]*:([^:]*):[^:]*:[^:]*:/, 'arn:aws:$1:::');

/** The pattern that covers a name, for a message. */
export const coveredBy = (patterns: Patterns, name: string): string | undefined => patterns.texts.find((pattern) => matches(pattern, name));

/** Whether a statement reaches every resource there is: `*`, an ARN of only wildcards (`arn:aws:s3:::*`), or all but some. */
export const reachesAll = ({ texts, except, complete }: Patterns): boolean =>
  except ? complete : texts.some((text) => everything.test(text));

/** `*`, `arn:aws:s3:::*`, `arn:aws:ssm:*:*:*`, `arn:*`: nothing is left that would narrow it. A kind before the star (`role/*`) still means all of a kind. */
const everything = /^(?:\*|arn:\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:(?:\*|\*[:/]\*))$/;

/** Whether a statement reaches every resource of one kind of its service, as `role/*` does for IAM. */
export const reachesEvery = (resources: Patterns, kind: string): boolean =>
  reachesAll(resources) || (!resources.except && resources.texts.some((text) => text.endsWith(`:${kind}/*`) && text.startsWith('arn:')));

/** A grant that holds for everybody whom it names: it allows, and no condition narrows it. */
export const isOpen = (grant: Grant): boolean =>
  grant.effect === 'allow' && (isMissing(grant.conditions) || restrictsNobody(grant.conditions));
