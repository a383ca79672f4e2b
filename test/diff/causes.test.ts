import { describe, expect, test } from 'vitest';
import { causesIn } from '../../src/diff/causes.ts';
import type { Snapshot } from '../../src/documents/snapshot.ts';
import type { Span } from '../../src/documents/span.ts';
import type { Finding } from '../../src/engine/finding.ts';
import type { Fix } from '../../src/engine/rule.ts';
import { buildModel, readDocuments } from '../../src/model/model.ts';
import type { Key } from '../../src/model/resource.ts';
import type { Model } from '../../src/model/world.ts';

type Files = Readonly<Record<string, string>>;

const snapshotOf = (files: Files): Snapshot => new Map(Object.entries(files).map(([path, text]) => [path, { path, text, sha: text }]));
const modelOf = (files: Files): Model => buildModel(snapshotOf(files), readDocuments(snapshotOf(files)));

/** What a finding at a path of `aws_x.y` can come from, as the texts of the places. */
function causes(before: Files, after: Files, path: readonly Key[], fix: readonly Fix[] = []) {
  const base = modelOf(before);
  const head = modelOf(after);
  const resource = head.worlds.flatMap(({ resources }) => resources).find(({ type }) => type === 'aws_x');
  if (!resource) throw new Error('the resource is not there');
  const finding: Finding = {
    rule: 'family/rule', title: '', severity: 'high', message: '', resource, path, key: 'key', movableKey: 'key', subject: '', origins: [], absent: false, related: [],
    environments: [], others: [], fix,
  }; // prettier-ignore
  const found = causesIn(base, head)(finding);
  const textIn =
    (files: Files) =>
    ({ file, start, end }: Span): string =>
      `${file}: ${(files[file] ?? '').slice(start, end)}`;
  return {
    existence: found.existence.map(textIn(after)),
    former: found.former.map(textIn(before)),
    neighbours: found.neighbours.map(({ address }) => address),
  };
}

const resource = 'resource "aws_x" "y" {\n  open = var.open\n}\n';
const variable = 'variable "open" {\n  default = true\n}\n';

describe('causesIn', () => {
  test('what gave the value at the base', () => {
    const files = { 'main.tf': resource, 'variables.tf': variable };
    expect(causes({ ...files, 'terraform.tfvars': 'open = false\n' }, files, ['open']).former).toEqual([
      'main.tf: var.open',
      'terraform.tfvars: false',
    ]);
  });

  test('nothing of an item that may be another one', () => {
    const list = (...names: readonly string[]): Files => ({
      'main.tf': `resource "aws_x" "y" {\n${names.map((name) => `  rule {\n    name = "${name}"\n    open = true\n  }\n`).join('')}}\n`,
    });
    expect(causes(list('a', 'b'), list('b', 'c'), ['rule', 0, 'open']).former).toEqual([]);
    expect(causes(list('a', 'b'), list('a', 'c'), ['rule', 0, 'open']).former).not.toEqual([]);
  });

  test('what lets a resource exist, when it did not', () => {
    const files = (wanted: boolean): Files => ({
      'main.tf': 'resource "aws_x" "y" {\n  count = var.wanted ? 1 : 0\n}\n',
      'variables.tf': `variable "wanted" {\n  default = ${wanted}\n}\n`,
    });
    expect(causes(files(false), files(true), []).existence).toEqual(
      expect.arrayContaining(['main.tf: resource "aws_x" "y"', 'variables.tf: true']),
    );
    expect(causes(files(true), files(true), []).existence).toEqual([]);
  });

  test('companions that are gone, first of the type that the fix puts back; those that are there are neighbours', () => {
    const companion = (type: string): string => `resource "${type}" "y" {\n  x = aws_x.y.id\n}\n`;
    const before = { 'main.tf': resource, 'a.tf': companion('aws_note'), 'b.tf': companion('aws_guard'), 'c.tf': companion('aws_alarm') };
    const after = { 'main.tf': resource, 'c.tf': companion('aws_alarm') };
    const [at] = modelOf(after).worlds.flatMap(({ resources }) => resources);
    const append: readonly Fix[] = at ? [{ do: 'append', after: at, text: 'resource "aws_guard" "y" {}' }] : [];
    expect(causes(before, after, [], append)).toMatchObject({
      former: ['b.tf: resource "aws_guard" "y"', 'a.tf: resource "aws_note" "y"'],
      neighbours: ['aws_alarm.y'],
    });
  });
});
