import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change, ChangedFile } from '../../src/change.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import { indexDiff, placeFinding } from '../../src/diff/place-finding.ts';
import type { Place } from '../../src/diff/place.ts';
import type { Snapshot } from '../../src/documents/snapshot.ts';
import { lineStarts, type Span } from '../../src/documents/span.ts';
import type { Finding } from '../../src/engine/finding.ts';
import { makeResource } from '../../src/model/resource.ts';
import type { Origin } from '../../src/model/value.ts';
import { anyText } from './texts.ts';

type Texts = Readonly<Record<string, string>>;

const snapshot = (texts: Texts): Snapshot => new Map(Object.entries(texts).map(([path, text]) => [path, { path, text, sha: text }]));

function change(before: Texts, after: Texts): Change {
  const files = [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((path): ChangedFile[] => {
    const patch = diffTexts(before[path] ?? '', after[path] ?? '');
    const status = before[path] === undefined ? 'added' : after[path] === undefined ? 'removed' : 'modified';
    return patch === '' ? [] : [{ path, status, ...(patch !== undefined && { patch }) }];
  });
  return { base: 'b', head: 'h', files, before: snapshot(before), after: snapshot(after), unread: [], truncated: false };
}

/** The span of 1-based lines of a text. */
function span(file: string, text: string, from: number, to = from): Span {
  const starts = lineStarts(text);
  return {
    file,
    start: starts[from - 1] ?? text.length,
    end: Math.max(starts[from - 1] ?? text.length, (starts[to] ?? text.length + 1) - 1),
  };
}

interface Facts {
  readonly origins: readonly Origin[];
  readonly header: Span;
  readonly block: Span;
  readonly related?: readonly Span[];
  readonly absent?: boolean;
  readonly key?: string;
}

function finding({ origins, header, block, related = [], absent = false, key = 'family/rule|aws_x.y|setting||.' }: Facts): Finding {
  const environment = { stage: 'unknown', name: '', why: '' } as const;
  const value = { is: 'map', entries: new Map(), origins: [] } as const;
  const resource = makeResource({
    dialect: 'terraform',
    type: 'aws_x',
    address: 'aws_x.y',
    name: 'y',
    scope: '.',
    environment,
    at: header,
    span: block,
    value,
  });
  return {
    rule: 'family/rule',
    title: '',
    severity: 'high',
    message: '',
    resource,
    path: [],
    key,
    movableKey: key,
    subject: '',
    origins,
    absent,
    related,
    environments: [],
    others: [],
    fix: [],
  };
}

const numbered = (count: number, word = 'x'): string[] => Array.from({ length: count }, (_, i) => `  ${word}${i + 1} = ${i + 1}`);
const block = (...lines: readonly string[]): string => ['resource "aws_x" "y" {', ...lines, '}', ''].join('\n');

/** Places a finding at lines of `main.tf`, in a block that fills the file. */
function placed(
  before: string,
  after: string,
  facts: {
    readonly at?: readonly [number, number];
    readonly absent?: boolean;
    readonly key?: string;
    readonly related?: readonly [number, number];
  },
): Place {
  const header = span('main.tf', after, 1);
  const whole = span('main.tf', after, 1, lineStarts(after).length - 1);
  const origin: Origin = facts.absent
    ? { span: header, what: 'container' }
    : { span: span('main.tf', after, ...(facts.at ?? [1, 1])), what: 'attribute' };
  const related = facts.related ? [span('main.tf', after, ...facts.related)] : [];
  return placeFinding(
    finding({ ...facts, origins: [origin], header, block: whole, related }),
    indexDiff(change({ 'main.tf': before }, { 'main.tf': after })),
  );
}

const right = (from: number, to = from): Place => ({ is: 'lines', file: 'main.tf', side: 'RIGHT', from, to });

describe('placeFinding', () => {
  const long = numbered(30);

  test('on the changed line of the value', () => {
    expect(placed(block(...long), block(...long.with(9, '  x10 = 0')), { at: [11, 11] })).toEqual(right(11));
  });

  test('on the changed lines of a value over several lines, or the first when they are many', () => {
    expect(placed(block(...long), block(...long.toSpliced(5, 2, 'a', 'b')), { at: [3, 20] })).toEqual(right(7, 8));
    expect(placed(block(...long), block(...long.toSpliced(5, 0, ...numbered(20, 'n'))), { at: [3, 30] })).toEqual(right(7));
    expect(placed(block(...long), block(...long.toSpliced(5, 0, ...numbered(10, 'n'))), { at: [3, 30] })).toEqual(right(7, 16));
  });

  test('on what else had a part, when the value itself did not change', () => {
    expect(placed(block(...long), block(...long.with(20, 'x')), { at: [3, 3], related: [22, 22] })).toEqual(right(22));
  });

  test('a setting that is missing in a new block: on its header', () => {
    expect(placed('', block(...long), { absent: true })).toEqual(right(1));
  });

  test('a setting that was taken out: on the line next to where it was', () => {
    expect(placed(block(...long), block(...long.toSpliced(14, 1)), { absent: true })).toEqual(right(15));
    expect(placed(block('  setting = 1', ...long), block(...long), { absent: true })).toEqual(right(1));
  });

  test('of several removals the one that names the setting', () => {
    const before = block(...long.toSpliced(20, 0, '  setting = true'));
    expect(placed(before, block(...long.toSpliced(10, 1)), { absent: true })).toEqual(right(20));
  });

  test('a setting that was replaced by another: on the line that took its place', () => {
    expect(placed(block(...long), block(...long.with(14, '  other = 1')), { absent: true })).toEqual(right(16));
  });

  test('an unchanged value that the diff shows: there', () => {
    expect(placed(block(...long), block(...long.with(9, '  x10 = 0')), { at: [13, 13] })).toEqual(right(13));
  });

  test('an unchanged value that the diff does not show: on what was taken out of its resource, or changed in it', () => {
    expect(placed(block(...long), block(...long.toSpliced(14, 1)), { at: [3, 3] })).toEqual(right(15));
    expect(placed(block(...long), block(...long.with(14, 'x')), { at: [3, 3] })).toEqual(right(16));
  });

  test('in a changed file without a patch, or far from its changes: on the file', () => {
    const after = block(...long);
    const files: readonly ChangedFile[] = [{ path: 'main.tf', status: 'modified' }];
    const header = span('main.tf', after, 1);
    const at = finding({ origins: [{ span: span('main.tf', after, 4), what: 'attribute' }], header, block: header });
    expect(placeFinding(at, indexDiff({ ...change({}, { 'main.tf': after }), files }))).toEqual({ is: 'file', file: 'main.tf', line: 4 });
    const far = change({ 'main.tf': `${after}# a` }, { 'main.tf': `${after}# b` });
    expect(placeFinding(at, indexDiff(far))).toEqual({ is: 'file', file: 'main.tf', line: 4 });
  });

  test('in a file that the change does not hold: in the summary, with the cause', () => {
    const text = block(...long);
    const both = change({ 'main.tf': text, 'policy.tf': 'a\n', 'README.md': 'a\n' }, { 'main.tf': text, 'README.md': 'b\n' });
    const header = span('main.tf', text, 1);
    const at = finding({ origins: [{ span: span('main.tf', text, 4), what: 'attribute' }], header, block: header });
    expect(placeFinding(at, indexDiff(both))).toEqual({
      is: 'summary',
      file: 'main.tf',
      line: 4,
      why: 'the cause is in another file: the change to `policy.tf`',
    });
    const neighbour = makeResource({
      ...at.resource,
      address: 'aws_x.z',
      at: { file: 'z.tf', start: 0, end: 1 },
      span: { file: 'z.tf', start: 0, end: 2 },
      value: { is: 'map', entries: new Map(), origins: [] },
    });
    expect(
      placeFinding(at, indexDiff(change({ 'main.tf': text, 'z.tf': 'a\n' }, { 'main.tf': text, 'z.tf': 'b\n' })), {
        existence: [],
        former: [],
        neighbours: [neighbour],
      }),
    ).toMatchObject({
      is: 'summary',
      why: 'the cause is in another file: the change to `aws_x.z`, `z.tf` line 1',
    });
    const removed = finding({ ...at, origins: at.origins, header, block: header, related: [{ file: 'policy.tf', start: 0, end: 1 }] });
    expect(placeFinding(removed, indexDiff(both))).toEqual({ is: 'lines', file: 'policy.tf', side: 'LEFT', from: 1, to: 1 });
  });

  test('the diff before the nearest origin: a default in another file that changed', () => {
    const files = {
      before: { 'main.tf': block(...long), 'variables.tf': 'a\n' },
      after: { 'main.tf': block(...long.with(20, 'x')), 'variables.tf': 'b\n' },
    };
    const origins: readonly Origin[] = [
      { span: span('main.tf', files.after['main.tf'], 4), what: 'attribute' },
      { span: span('variables.tf', 'b\n', 1), what: 'variable-default', literal: true },
    ];
    const header = span('main.tf', files.after['main.tf'], 1);
    expect(placeFinding(finding({ origins, header, block: header }), indexDiff(change(files.before, files.after)))).toEqual({
      is: 'lines',
      file: 'variables.tf',
      side: 'RIGHT',
      from: 1,
      to: 1,
    });
  });
});

describe('what does not stand at the head', () => {
  const header = { file: 'main.tf', start: 0, end: 1 };
  const at = finding({ origins: [{ span: header, what: 'attribute' }], header, block: header });
  const main = { 'main.tf': 'a\n' };

  test('a line that gave the value before: on that line, also in a file that was renamed', () => {
    const former = [{ file: 'old.tf', start: 2, end: 3 }];
    const before = { ...main, 'old.tf': 'x\ny\nz\n' };
    expect(placeFinding(at, indexDiff(change(before, { ...main, 'old.tf': 'x\nz\n' })), { existence: [], former, neighbours: [] })).toEqual(
      { is: 'lines', file: 'old.tf', side: 'LEFT', from: 2, to: 2 },
    );
    const renamed: readonly ChangedFile[] = [
      { path: 'new.tf', previousPath: 'old.tf', status: 'renamed', patch: '@@ -1,3 +1,2 @@\n x\n-y\n z' },
    ];
    const moved = { ...change(before, { ...main, 'new.tf': 'x\nz\n' }), files: renamed };
    expect(placeFinding(at, indexDiff(moved), { existence: [], former, neighbours: [] })).toEqual({
      is: 'lines',
      file: 'new.tf',
      side: 'LEFT',
      from: 2,
      to: 2,
    });
  });

  test('what lets the resource exist: on its changed line', () => {
    const existence = [header, { file: 'vars.tf', start: 2, end: 3 }];
    expect(
      placeFinding(at, indexDiff(change({ ...main, 'vars.tf': 'x\ny\n' }, { ...main, 'vars.tf': 'x\nz\n' })), {
        existence,
        former: [],
        neighbours: [],
      }),
    ).toEqual({ is: 'lines', file: 'vars.tf', side: 'RIGHT', from: 2, to: 2 });
  });
});

/** What GitHub accepts, worked out from the patch's text alone: side and line to the hunk they are in. */
function commentable(patch: string): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  let hunk = -1;
  let old = 0;
  let now = 0;
  let left = 0;
  for (const line of patch.split('\n')) {
    const counts = left === 0 ? /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) : null;
    if (counts) {
      hunk++;
      old = Number(counts[1]);
      now = Number(counts[3]);
      left = Number(counts[2] ?? 1) + Number(counts[4] ?? 1);
      continue;
    }
    if (line.startsWith('\\')) continue;
    if (line.startsWith('-')) out.set(`LEFT ${old++}`, hunk);
    else out.set(`RIGHT ${now++}`, hunk);
    if (line.startsWith(' ')) old++;
    left -= line.startsWith(' ') ? 2 : 1;
  }
  return out;
}

describe('every place on lines', () => {
  const lines = fc.tuple(fc.nat({ max: 45 }), fc.nat({ max: 12 })).map(([from, more]) => [from + 1, from + 1 + more] as const);

  test('is one that GitHub accepts', () => {
    let onLines = 0;
    fc.assert(
      fc.property(
        anyText,
        anyText,
        lines,
        lines,
        lines,
        fc.boolean(),
        fc.boolean(),
        (before, after, value, whole, other, absent, removed) => {
          const files = removed ? change({ a: before, gone: 'x\ny\n' }, { a: after }) : change({ a: before }, { a: after });
          const header = span('a', after, whole[0]);
          const at = finding({
            origins: [{ span: absent ? header : span('a', after, ...value), what: absent ? 'container' : 'attribute' }],
            header,
            block: span('a', after, ...whole),
            related: [removed ? { file: 'gone', start: 0, end: 1 } : span('a', after, ...other)],
            absent,
          });
          const place = placeFinding(at, indexDiff(files));
          if (place.is !== 'lines') return;
          onLines++;
          const allowed = commentable(files.files.find(({ path }) => path === place.file)?.patch ?? '');
          const hunk = allowed.get(`${place.side} ${place.from}`);
          expect(place.from).toBeLessThanOrEqual(place.to);
          expect(hunk).toBeDefined();
          for (let line = place.from; line <= place.to; line++) expect(allowed.get(`${place.side} ${line}`)).toBe(hunk);
        },
      ),
      { numRuns: 500 },
    );
    expect(onLines).toBeGreaterThan(100);
  });

  test('is in a file that the change holds, whatever brought the finding', () => {
    const span = fc.record({ file: fc.constantFrom('a', 'b', 'c', 'd'), start: fc.nat({ max: 60 }), end: fc.nat({ max: 60 }) });
    const spans = fc.array(span, { maxLength: 3 });
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.tuple(anyText, anyText),
            anyText.map((text) => [text, text] as const),
          ),
          { minLength: 4, maxLength: 4 },
        ),
        span,
        span,
        spans,
        spans,
        spans,
        spans,
        fc.boolean(),
        (texts, header, block, origins, related, existence, former, absent) => {
          const [before, after] = [0, 1].map((side) =>
            Object.fromEntries(
              ['a', 'b', 'c', 'd'].flatMap((path, i) => {
                const text = texts[i]?.[side];
                return text === undefined || text === '' ? [] : [[path, text]];
              }),
            ),
          );
          const files = change(before ?? {}, after ?? {});
          const at = finding({ origins: origins.map((one) => ({ span: one, what: 'attribute' })), header, block, related, absent });
          const place = placeFinding(at, indexDiff(files), { existence, former, neighbours: [] });
          seen.add(place.is === 'lines' ? place.side : place.is);
          if (place.is === 'summary') return;
          const file = files.files.find(({ path }) => path === place.file);
          expect(file).toBeDefined();
          if (place.is === 'lines')
            for (let line = place.from; line <= place.to; line++)
              expect(commentable(file?.patch ?? '').has(`${place.side} ${line}`)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
    expect([...seen].toSorted()).toEqual(['LEFT', 'RIGHT', 'file', 'summary']);
  });
});
