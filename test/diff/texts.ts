import fc from 'fast-check';

const line = fc.constantFrom('a', 'b', 'c', '', '  d', '}', '--', '@@ -1 +1 @@', '\\ x', 'e\r', 'f # g');

/** Texts of few different lines, so that two of them have much in common; with and without a line break at the end. */
export const anyText = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
  .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''));
