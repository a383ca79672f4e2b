import { beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '../src/change.ts';
import { assign } from '../src/config/assign.ts';
import { readSettings } from '../src/config/read.ts';
import { settingsPath } from '../src/context.ts';
import { loadHcl } from '../src/documents/hcl.ts';
import { diffTexts } from '../src/diff/diff-texts.ts';
import { indexDiff, placeFinding } from '../src/diff/place-finding.ts';
import type { Snapshot } from '../src/documents/snapshot.ts';
import { loadRules } from '../src/engine/load-rules.ts';
import type { Example, Files, Rule } from '../src/engine/rule.ts';
import { review } from '../src/review.ts';
import { understand } from '../src/engine/understand.ts';

const marker = /[ \t]*(?:#|\/\/) <- finds$/;
const rules = await loadRules();
beforeAll(loadHcl);

const snapshotOf = (files: Files): Snapshot =>
  new Map(
    Object.entries(files).map(([path, text]) => [
      path,
      {
        path,
        sha: `${path}:${text.length}:${text}`,
        text: text
          .split('\n')
          .map((line) => line.replace(marker, ''))
          .join('\n'),
      },
    ]),
  );

/** The lines that an example marks, as `file:line`, in order. */
const marked = (files: Files): string[] =>
  Object.entries(files).flatMap(([path, text]) => text.split('\n').flatMap((line, i) => (marker.test(line) ? [`${path}:${i + 1}`] : [])));

/** A pull request that adds every file of an example to a repository that has nothing but the settings, when the example gives some. */
const added = (after: Snapshot): Change => ({
  base: '0'.repeat(40),
  head: '1'.repeat(40),
  files: [...after]
    .filter(([path]) => path !== settingsPath)
    .map(([path, { text }]) => ({ path, status: 'added', patch: diffTexts('', text) ?? '' })),
  before: new Map([...after].filter(([path]) => path === settingsPath)),
  after,
  unread: [],
  truncated: false,
});

function understood(snapshot: Snapshot, some: readonly Rule[]) {
  const { settings, problems } = readSettings(snapshot.get(settingsPath), { rules });
  expect(problems).toEqual([]);
  return understand(snapshot, some, undefined, undefined, (model) => assign(model, settings));
}

function landings(rule: Rule, { files }: Example): string[] {
  const snapshot = snapshotOf(files);
  const { findings, model } = understood(snapshot, [rule]);
  expect(model.problems.map((problem) => problem.message)).toEqual([]);
  const index = indexDiff(added(snapshot));
  return findings
    .map((finding) => placeFinding(finding, index))
    .map((place) => (place.is === 'lines' ? `${place.file}:${place.from}` : `${place.file}:${place.is}`));
}

describe.each(rules)('$id', (rule) => {
  test.each(rule.examples.bad)('finds: $name', async (example) => {
    expect([...new Set(landings(rule, example))].toSorted()).toEqual(marked(example.files).toSorted());
    const { comments, notes } = await review(added(snapshotOf(example.files)), rules, '2026-01-01');
    expect(notes).toEqual([]);
    const mine = comments.filter((comment) => comment.rule === rule.id);
    const texts = mine.flatMap(({ fix }) => (fix.is === 'suggestion' ? [fix.text] : []));
    if (example.suggests !== undefined) expect(texts).toContain(example.suggests);
    else expect(mine.map(({ fix }) => fix.is)).not.toContain('suggestion');
  });

  test.each([...rule.examples.good, ...rule.examples.unknown])('stays silent: $name', (example) => {
    const family = rules.filter((other) => other.id.startsWith(rule.id.slice(0, rule.id.indexOf('/') + 1)));
    const { findings, model } = understood(snapshotOf(example.files), family);
    expect(model.problems.map((problem) => problem.message)).toEqual([]);
    expect(findings.map((finding) => `${finding.rule} at ${finding.key}`)).toEqual([]);
  });

  test('has a row of each kind', () => {
    expect(Object.entries(rule.examples).filter(([, rows]) => rows.length === 0)).toEqual([]);
  });
});
