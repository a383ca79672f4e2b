const longest = 120;

/**
 * Text from a pull request as an inline code span: on one line, bounded, and fenced so that nothing in it can end the span. A zero-width space
 * after `@` and `#` keeps GitHub's e-mails from notifying people or linking issues; control characters become visible.
 */
export function code(text: string | number | boolean): string {
  const flat = visible(String(text)).replace(/([@#])(?=[\w])/g, '$1\u200b');
  const short = flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat;
  const runs = short.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = short.startsWith('`') || short.endsWith('`') || short.trim() === '' ? ' ' : '';
  return `${fence}${pad}${short}${pad}${fence}`;
}

/** Control characters and line breaks as their escapes, bidirectional overrides too, so that no text can act on a terminal or reorder a line. */
export function visible(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** "a", "a and b", "a, b and c"; after `most` items, how many more there are. */
export function list(items: readonly string[], most = 4): string {
  const shown = items.length > most ? [...items.slice(0, most), `${items.length - most} more`] : items;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** How a sentence begins with it. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
