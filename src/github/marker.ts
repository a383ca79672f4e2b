import { createHash } from 'node:crypto';

/** What a hidden marker says: an inline or file comment on a finding, a finding named in a review's body, the note, a finished check. */
export type MarkerKind = 'finding' | 'summary' | 'note' | 'reviewed';

const digest = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 24);

/** An invisible line that lets us recognise what we wrote. The key is hashed, so no text from the configuration can break out of it. */
export const marker = (kind: MarkerKind, key: string): string => `<!-- plumbline:${kind}:${digest(key)} -->`;

/** All markers of a text, as written by `marker`. */
export const markersIn = (text: string | null | undefined): string[] => text?.match(/<!-- plumbline:[a-z]+:[0-9a-f]{24} -->/g) ?? [];
