import { createHash } from 'node:crypto';

/**
 * What a hidden marker says. On a comment: which finding it is about (`finding`), the same without the place where its resource is kept
 * (`movable`), the merge base it was said for (`base`), that it is marked fixed (`fixed`), that the App resolved its thread (`resolved`). In a
 * review's text: a finding that it alone names (`summary`). Then the note, the patch of all fixes, a finished check, and an answer that is given
 * once.
 */
export type MarkerKind = 'finding' | 'movable' | 'base' | 'fixed' | 'resolved' | 'summary' | 'note' | 'patch' | 'reviewed' | 'answer';

const digest = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 24);

/** An invisible line that lets us recognise what we wrote. The key is hashed, so no text from the configuration can break out of it. */
export const marker = (kind: MarkerKind, key: string): string => `<!-- plumbline:${kind}:${digest(key)} -->`;

const beginning = '<!-- plumbline:';

/** True for a text that holds something like a marker: a file under review may, to be taken for a comment that was fixed or dismissed. */
export const holdsMarker = (text: string): boolean => text.includes(beginning);

/** A text that comes before our markers, with nothing in it that could be taken for one. */
export const defused = (text: string): string => text.replaceAll(beginning, '<!-- plumbline\u200b:');

/** All markers of a text, as written by `marker`. */
export const markersIn = (text: string | null | undefined): string[] => text?.match(/<!-- plumbline:[a-z]+:[0-9a-f]{24} -->/g) ?? [];

/** Names the rule of a comment. Rules' ids are our own words; anything else is not written. */
export const ruleMarker = (rule: string): string => (/^[a-z0-9/-]{1,100}$/.test(rule) ? `<!-- plumbline:rule:${rule} -->` : '');

export const ruleIn = (text: string): string | undefined => /<!-- plumbline:rule:([a-z0-9/-]{1,100}) -->/.exec(text)?.[1];

/** That somebody dismissed a finding on this pull request. */
export interface Dismissal {
  /** Their login. */
  readonly by: string;
  readonly reason: string;
}

/** A dismissal, kept on the comment itself so that nothing else must remember it. Base64 holds no character that could end the marker. */
export const dismissalMarker = ({ by, reason }: Dismissal): string =>
  `<!-- plumbline:ignored:${Buffer.from(JSON.stringify([by, reason])).toString('base64url')} -->`;

/** The dismissal that a text carries; undefined when there is none, or none that we wrote. */
export function dismissalIn(text: string): Dismissal | undefined {
  const data = /<!-- plumbline:ignored:([\w-]{1,4000}) -->/.exec(text)?.[1];
  if (data === undefined) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(data, 'base64url').toString('utf8'));
  } catch {
    return undefined; // Somebody edited the comment: it dismisses nothing then.
  }
  const [by, reason] = asList(parsed);
  return typeof by === 'string' && typeof reason === 'string' ? { by, reason } : undefined;
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text as people see it: without anything hidden of ours. */
export const withoutMarkers = (text: string): string => text.replace(/<!-- plumbline:[^>]{1,4100} -->/g, '').trim();
