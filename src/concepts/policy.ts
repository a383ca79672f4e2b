import type { Grant, Patterns } from './grants.ts';
import { isMissing } from './setting.ts';

/** Whether a pattern of the policy language (`*` any text, `?` one character) matches; upper and lower case are the same. Linear in practice, never exponential. */
export function matches(pattern: string, name: string): boolean {
  const p = pattern.toLowerCase();
  const n = name.toLowerCase();
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < n.length;) {
    if (at < p.length && (p[at] === '?' || p[at] === n[i]) && p[at] !== '*') {
      at++;
      i++;
    } else if (p[at] === '*') {
      star = at++;
      resume = i;
    } else if (star !== -1) {
      at = star + 1;
      i = ++resume;
    } else return false;
  }
  while (p[at] === '*') at++;
  return at === p.length;
}

/** Whether what a statement covers surely includes a name. With unknown exceptions nothing is sure. */
export function covers(patterns: Patterns, name: string): boolean {
  const hit = patterns.texts.some((pattern) => matches(pattern, name));
  return patterns.except ? patterns.complete && !hit : hit;
}

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

/** A grant that holds always: it allows, and no condition narrows it. */
export const isOpen = (grant: Grant): boolean => grant.effect === 'allow' && isMissing(grant.conditions);
