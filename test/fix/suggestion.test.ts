import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import { parsePatch } from '../../src/diff/hunks.ts';
import type { Place } from '../../src/diff/place.ts';
import { mergeSuggestions } from '../../src/fix/merge-suggestions.ts';
import { renderSuggestion, suggestionFor, type Suggestion } from '../../src/fix/suggestion.ts';
import { anyText } from '../diff/texts.ts';

const at = (from: number, to = from): Place & { is: 'lines' } => ({ is: 'lines', file: 'a', side: 'RIGHT', from, to });
const text = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const numbers = Array.from({ length: 20 }, (_, i) => `${i + 1}`);

/** The suggestion for a fix of `head`, in a pull request that leads from `base` to it. */
function suggest(base: string, head: string, fixed: string, place: Place): Suggestion | undefined {
  return suggestionFor(place, 'a', head, fixed, parsePatch(diffTexts(base, head) ?? ''));
}

describe('suggestionFor', () => {
  const head = text(...numbers.with(9, 'changed'));
  const base = text(...numbers);

  test('replaces the lines that the fix changes, and moves the comment there', () => {
    const fixed = text(...numbers.with(9, 'mended').with(10, 'too'));
    expect(suggest(base, head, fixed, at(10))).toEqual({ startLine: 10, endLine: 11, text: 'mended\ntoo', place: at(10, 11) });
  });

  test('puts lines in by repeating the line before them', () => {
    const fixed = text(...numbers.with(9, 'changed').toSpliced(11, 0, 'new'));
    expect(suggest(base, head, fixed, at(10))).toEqual({ startLine: 11, endLine: 11, text: '11\nnew', place: at(11) });
  });

  test('or the line after them, where that one is shown and the other is not', () => {
    const fixed = text(...numbers.with(9, 'changed').toSpliced(6, 0, 'new'));
    expect(suggest(base, head, fixed, at(10))).toEqual({ startLine: 7, endLine: 7, text: 'new\n7', place: at(7) });
  });

  test('takes lines out together with a neighbour', () => {
    const fixed = text(...numbers.toSpliced(9, 1));
    expect(suggest(base, head, fixed, at(10))).toEqual({ startLine: 10, endLine: 11, text: '11', place: at(10, 11) });
    const added = text(...numbers.toSpliced(9, 0, 'new'));
    expect(suggest(base, added, base, at(10))).toEqual({ startLine: 9, endLine: 10, text: '9', place: at(9, 10) });
  });

  test.each([
    ['nothing changes', head, at(10)],
    ['the lines are not shown', text(...numbers.with(9, 'changed').with(1, 'mended')), at(10)],
    ['the lines are not all shown', text(...numbers.with(9, 'mended').with(14, 'mended')), at(10)],
    ['the finding is on the base', text(...numbers), { ...at(10), side: 'LEFT' } as const],
    ['the finding is in another file', text(...numbers), { ...at(10), file: 'b' }],
    ['the finding is told in the summary', text(...numbers), { is: 'summary', file: 'a', line: 10, why: '' } as const],
  ])('none where %s', (_, fixed, place) => expect(suggest(base, head, fixed, place)).toBeUndefined());

  test('none where a removed line stands inside the range', () => {
    const removed = text(...numbers.toSpliced(9, 1));
    expect(suggest(base, removed, text(...numbers.toSpliced(8, 3, 'mended', '11')), at(9))?.startLine).toBe(9);
    expect(suggest(base, removed, text(...numbers.toSpliced(8, 3, 'mended', 'mended')), at(9))).toBeUndefined();
  });

  test('none in another hunk than the finding', () => {
    const twice = text(...numbers.with(0, 'x').with(19, 'y'));
    expect(suggest(base, twice, text(...numbers.with(0, 'x')), at(1))).toBeUndefined();
    expect(suggest(base, twice, text(...numbers.with(0, 'x')), { is: 'file', file: 'a', line: 5 })?.startLine).toBe(20);
  });

  test('none with carriage returns or at an end without a line break', () => {
    expect(suggest('a\r\n', 'b\r\n', 'a\r\n', at(1))).toBeUndefined();
    expect(suggest('a', 'b', 'a', at(1))).toBeUndefined();
    expect(suggest('a\n', 'b\n', 'b', at(1))).toBeUndefined();
    expect(suggest('a\nb', 'c\nb', 'a\nb', at(1))?.text).toBe('a');
  });

  test('applied to its lines it gives the fixed text, and all its lines are shown', () => {
    let made = 0;
    fc.assert(
      fc.property(
        anyText,
        anyText,
        anyText,
        fc.nat({ max: 20 }),
        fc.nat({ max: 3 }),
        fc.nat({ max: 3 }),
        (before, now, other, line, out, into) => {
          const fixed = now
            .split('\n')
            .toSpliced(line, out, ...other.split('\n').slice(0, into))
            .join('\n');
          const hunks = parsePatch(diffTexts(before, now) ?? '');
          const place: Place = line % 3 === 0 ? { is: 'file', file: 'a', line: 1 } : at(line);
          const suggestion = suggestionFor(place, 'a', now, fixed, hunks);
          if (!suggestion) return;
          made++;
          const { startLine, endLine, text: body } = suggestion;
          expect(
            now
              .split('\n')
              .toSpliced(startLine - 1, endLine - startLine + 1, ...body.split('\n'))
              .join('\n'),
          ).toBe(fixed);
          const whole = hunks.some(({ lines }) => {
            const from = lines.findIndex(({ new: n }) => n === startLine);
            return (
              from !== -1 &&
              lines
                .slice(from, from + endLine - startLine + 1)
                .every(({ new: n, text: shown }, i) => n === startLine + i && !shown.includes('\r'))
            );
          });
          expect(whole).toBe(true);
          expect(body).not.toBe('');
        },
      ),
      { numRuns: 1000 },
    );
    expect(made).toBeGreaterThan(50);
  });
});

test('the fence is longer than any run of backticks in it', () => {
  expect(renderSuggestion('  a = 1')).toBe('```suggestion\n  a = 1\n```');
  expect(renderSuggestion('```hcl\n````')).toBe('`````suggestion\n```hcl\n````\n`````');
});

describe('mergeSuggestions', () => {
  const suggestion = (from: number, to: number, body: string): Suggestion => ({
    startLine: from,
    endLine: to,
    text: body,
    place: at(from, to),
  });
  const of = (subject: string, from: number, to: number, body = subject) => ({ subject, suggestion: suggestion(from, to, body) });

  test('leaves alone what does not overlap', () => {
    expect(mergeSuggestions([of('x', 1, 2), of('y', 3, 3)], () => undefined).map(({ is }) => is)).toEqual(['suggestion', 'suggestion']);
  });

  test('combines what overlaps, as often as needed', () => {
    const merged = mergeSuggestions([of('x', 1, 2), of('y', 2, 3), of('z', 3, 4)], (subjects) =>
      suggestion(1, subjects.length + 1, subjects.join('+')),
    );
    expect(merged).toEqual([
      { is: 'suggestion', subject: 'x', suggestion: suggestion(1, 4, 'x+y+z') },
      { is: 'mended-with', subject: 'y', by: 'x' },
      { is: 'mended-with', subject: 'z', by: 'x' },
    ]);
  });

  test('sets apart what can not be combined', () => {
    expect(mergeSuggestions([of('x', 1, 2), of('y', 2, 3)], () => undefined)).toEqual([
      { is: 'suggestion', ...of('x', 1, 2) },
      { is: 'apart', subject: 'y' },
    ]);
    expect(mergeSuggestions([of('x', 1, 2), of('z', 4, 4), of('y', 2, 3)], () => suggestion(1, 4, 'wide')).map(({ is }) => is)).toEqual([
      'suggestion',
      'suggestion',
      'apart',
    ]);
  });

  test('the same suggestion mends both', () => {
    expect(mergeSuggestions([of('x', 1, 2, 'same'), of('y', 1, 2, 'same')], () => undefined)[1]).toEqual({
      is: 'mended-with',
      subject: 'y',
      by: 'x',
    });
  });
});
