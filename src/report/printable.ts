import { visible } from '../engine/words.ts';

/**
 * Text of the repository made safe to print: what a terminal would obey, reorder or hide is written out as its escape. Line breaks stay, tabs
 * become two spaces. The zero-width spaces that keep GitHub from linking are not needed here and go.
 */
export const printable = (text: string): string =>
  text
    .replaceAll('\u200b', '')
    .split(/\r?\n/)
    .map((line) => visible(line.replaceAll('\t', '  ')))
    .join('\n');

/** The same on one line. */
export const printableLine = (text: string): string => printable(text).replaceAll('\n', ' ');

/** JSON with no such character in it literally; the values are the same when parsed. */
export const printableJson = (value: unknown): string => JSON.stringify(value, null, 2).split('\n').map(visible).join('\n');
