import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fit } from '../../src/github/fit.ts';

test('what fits is left alone', () => {
  expect(fit('a\nb', 3)).toBe('a\nb');
});

test('a cut text says so, and leaves no code block and no details open', () => {
  const text = `intro\n<details>\n\n\`\`\`\`suggestion\n${'line\n'.repeat(200)}\`\`\`\`\n</details>`;
  const cut = fit(text, 500);
  expect(cut.length).toBeLessThanOrEqual(500);
  expect(cut).toMatch(/line\n````\n<\/details>\n\n_This text was cut here/);
});

test('whatever comes in, it fits', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('```', '````js', '<details>', '</details>', 'words', 'x'.repeat(400), '')),
      fc.integer({ min: 300, max: 2000 }),
      (lines, limit) => {
        expect(fit(lines.join('\n'), limit).length).toBeLessThanOrEqual(limit);
      },
    ),
  );
});
