import { expect, test } from 'vitest';
import { causesIn } from '../../src/diff/causes.ts';
import { indexDiff, placeFinding } from '../../src/diff/place-finding.ts';
import { makeMemory, understand } from '../../src/engine/understand.ts';
import { mend, type ProofLimits } from '../../src/fix/mend.ts';
import { changeOf, notebook, open, rules } from '../config/reviewed.ts';

/** The kinds of remedy for three notebooks that are open, each in a root module of its own. */
function remedies(most?: ProofLimits): readonly string[] {
  const change = changeOf({}, { 'a/main.tf': notebook(open), 'b/main.tf': notebook(open), 'c/main.tf': notebook(open) });
  const memory = makeMemory();
  const head = understand(change.after, rules, memory);
  const diff = indexDiff(change);
  const causesOf = causesIn(understand(change.before, rules, memory).model, head.model);
  const placed = head.findings.map((finding) => ({ finding, place: placeFinding(finding, diff, causesOf(finding)) }));
  return mend(placed, head, diff, (snapshot) => understand(snapshot, rules, memory), most).map(({ remedy }) => remedy.is);
}

test.each([
  ['all of a few', undefined, ['suggestion', 'suggestion', 'suggestion']],
  ['as many as proofs may be made', { proofs: 2, judged: 1000 }, ['suggestion', 'suggestion', 'none']],
  ['as long as few resources are judged anew: of each root module one', { proofs: 60, judged: 1 }, ['suggestion', 'suggestion', 'none']],
])('fixes are proven: %s', (_, most, expected) => {
  expect(remedies(most)).toEqual(expected);
});
