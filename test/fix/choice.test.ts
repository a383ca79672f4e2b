import { expect, test } from 'vitest';
import { endsChoice, endsFormationChoice } from '../../src/fix/choice.ts';
import { parse } from './located.ts';

/** The place of the text between guillemets, and the text without them. */
function marked(source: string) {
  const start = source.indexOf('«');
  const end = source.indexOf('»') - 1;
  return { text: source.replace(/[«»]/g, ''), place: { start, end } };
}

test.each<[string, boolean, string]>([
  ['the other branch says it already', true, 'a = var.x ? «true» : false\n'],
  ['on the other side, as a text', true, 'a = var.x ? "false" : «true»\n'],
  ['in a block, a call and a list', true, 'b {\n  a = concat([var.x ? «true» : false])\n}\n'],
  ['the other branch says something else', false, 'a = var.x ? «true» : maybe\n'],
  ['no choice', false, 'a = [«true», false]\n'],
  ['the condition', false, 'a = «true» ? true : false\n'],
])('in Terraform: %s', (_, ends, source) => {
  const { text, place } = marked(source);
  const document = parse('a.tf', text);
  expect(document.is === 'hcl' && endsChoice(document.body, place, false)).toBe(ends);
});

test.each<[string, boolean, string]>([
  ['the short form', true, 'A: !If [X, «Delete», Retain]\n'],
  ['the long form', true, 'A:\n  Fn::If:\n    - X\n    - Retain\n    - «Delete»\n'],
  ['a choice inside another', true, 'A: !If [X, !If [Y, «Delete», Retain], Other]\n'],
  ['the other branch says something else', false, 'A: !If [X, «Delete», Snapshot]\n'],
  ['a list of three', false, 'A: [X, «Delete», Retain]\n'],
  ['another function of three', false, 'A: !FindInMap [X, «Delete», Retain]\n'],
])('in CloudFormation: %s', (_, ends, source) => {
  const { text, place } = marked(source);
  const document = parse('a.yaml', text);
  expect(document.is === 'data' && endsFormationChoice(document.roots, place, 'Retain')).toBe(ends);
});
