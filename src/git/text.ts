import type { Bytes } from './blobs.ts';

/** What a file says, or in words why it can't be read. */
export type Text = { readonly is: 'text'; readonly text: string } | { readonly is: 'unreadable'; readonly why: string };

/** Larger files are not read: no configuration that a person writes is this long. In bytes. */
export const maxFileBytes = 1024 * 1024;
export const tooLarge = (size: number): Text => ({
  is: 'unreadable',
  why: `it is larger than 1 MB (${(size / 1024 / 1024).toFixed(1)} MB)`,
});

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as UTF-8 text. A NUL byte near the start means binary, as git has it. */
export function decode(bytes: Bytes): Text {
  if (bytes.is === 'unreadable') return bytes;
  if (bytes.bytes.subarray(0, 8000).includes(0)) return { is: 'unreadable', why: 'it is binary' };
  try {
    return { is: 'text', text: decoder.decode(bytes.bytes) };
  } catch (error) {
    if (error instanceof TypeError) return { is: 'unreadable', why: 'it is not UTF-8 text' };
    throw error;
  }
}
