import type { Change } from '../../src/change.ts';
import { assign } from '../../src/config/assign.ts';
import { readSettings } from '../../src/config/read.ts';
import { settingsPath } from '../../src/context.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import { indexDiff, placeFinding } from '../../src/diff/place-finding.ts';
import type { Snapshot } from '../../src/documents/snapshot.ts';
import type { BadExample, Example, Files, Rule } from '../../src/engine/rule.ts';
import { understand } from '../../src/engine/understand.ts';
import { review } from '../../src/review.ts';
import { webShop } from './web-shop.ts';

const marker = /[ \t]*(?:#|\/\/) <- finds$/;

/** The files of an example as they would be in a repository: without the marks. */
export const snapshotOf = (files: Files): Snapshot =>
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

/** The lines that an example marks, as `file:line`, sorted. */
export const marked = (files: Files): string[] =>
  Object.entries(files)
    .flatMap(([path, text]) => text.split('\n').flatMap((line, i) => (marker.test(line) ? [`${path}:${i + 1}`] : [])))
    .toSorted();

/** A pull request that adds every file of an example to a repository that has nothing but the settings, when the example gives some. */
export const added = (after: Snapshot): Change => ({
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

/** What some rules see in files under the settings that are among them, and in words what can't be read. */
function understood(snapshot: Snapshot, rules: readonly Rule[]) {
  const { settings, problems } = readSettings(snapshot.get(settingsPath), { rules });
  const { findings, model } = understand(snapshot, rules, undefined, undefined, (read) => assign(read, settings));
  return { findings, unreadable: [...problems, ...model.problems].map(({ message }) => `unreadable: ${message}`) };
}

/** Where a rule's findings of an example land, as `file:line`, each once, sorted; what could not be read comes as a line of its own. */
export function landings(rule: Rule, { files }: Example): string[] {
  const snapshot = snapshotOf(files);
  const { findings, unreadable } = understood(snapshot, [rule]);
  const index = indexDiff(added(snapshot));
  const lines = findings
    .map((finding) => placeFinding(finding, index))
    .map((place) => (place.is === 'lines' ? `${place.file}:${place.from}` : `${place.file}:${place.is}`));
  return [...new Set([...lines, ...unreadable])].toSorted();
}

/** What some rules find in an example, in words; nothing for one that is silent. */
export function said(rules: readonly Rule[], { files }: Example): string[] {
  const { findings, unreadable } = understood(snapshotOf(files), rules);
  return [...findings.map((finding) => `${finding.rule} at ${finding.key}`), ...unreadable];
}

/** The texts that the review of a bad example, judged by `rules`, offers as suggestions for one rule's findings. */
export async function suggestions(rule: Rule, { files }: BadExample, rules: readonly Rule[]): Promise<string[]> {
  const { comments, notes } = await review(added(snapshotOf(files)), rules, '2026-01-01');
  const mine = comments.filter((comment) => comment.rule === rule.id);
  return [...mine.flatMap(({ fix }) => (fix.is === 'suggestion' ? [fix.text] : [])), ...notes.map(({ message }) => `note: ${message}`)];
}

/**
 * The first row of a rule's table, or of the web shop's, that does not hold; undefined when all do. Suggestions are proven against `rules`, all
 * there are, with this one in the place of the one that has its id.
 */
export async function failingRow(rule: Rule, rules: readonly Rule[]): Promise<string | undefined> {
  const { bad, good, unknown } = rule.examples;
  const silent = [...good, ...unknown, ...webShop].find((example) => said([rule], example).length > 0);
  if (silent) return silent.name;
  const missed = bad.find((example) => landings(rule, example).join() !== marked(example.files).join());
  if (missed) return missed.name;
  const all = rules.map((other) => (other.id === rule.id ? rule : other));
  for (const example of bad) {
    const texts = await suggestions(rule, example, all);
    if (example.suggests === undefined ? texts.length > 0 : !texts.includes(example.suggests)) return example.name;
  }
  return undefined;
}
