import { expect, test } from 'vitest';
import type { Resource } from '../../src/model/resource.ts';
import { worldOf } from './terraform/evaluate-support.ts';

const world = worldOf({
  'main.tf': `variable "name" {}
resource "aws_s3_bucket" "a" { bucket = "acme-a" }
resource "aws_s3_bucket" "b" { bucket = "\${var.name}-b" }
resource "aws_s3_bucket" "c" {
  count  = 2
  bucket = "acme-c\${count.index}"
}
resource "block" "by_ref" { bucket = aws_s3_bucket.a.id }
resource "block" "by_name" { bucket = "acme-a" }
resource "block" "by_same_unknown" { bucket = "\${var.name}-b" }
resource "block" "by_other_unknown" { bucket = "\${var.name}-x" }
resource "block" "each" {
  count  = 2
  bucket = aws_s3_bucket.c[count.index].id
}
resource "block" "all" { depends_on = [aws_s3_bucket.c] }
`,
});
const at = (address: string): Resource => {
  const found = world.graph.get(address);
  if (!found) throw new Error(address);
  return found;
};
const names = (resources: readonly Resource[]): readonly string[] => resources.map((r) => r.address);

test('companions join by reference, by an equal name and by being the same unknown', () => {
  const of = (address: string): readonly string[] => names(world.graph.companions(at(address), 'block', 'bucket'));
  expect(of('aws_s3_bucket.a')).toEqual(['block.by_ref', 'block.by_name']);
  expect(of('aws_s3_bucket.b')).toEqual(['block.by_same_unknown']);
  expect(of('aws_s3_bucket.c[1]')).toEqual(['block.each[1]']);
});

test('dependencies and dependents; an address without index means all instances', () => {
  expect(names(world.graph.dependencies(at('block.by_ref')))).toEqual(['aws_s3_bucket.a']);
  expect(names(world.graph.dependencies(at('block.all')))).toEqual(['aws_s3_bucket.c[0]', 'aws_s3_bucket.c[1]']);
  expect(names(world.graph.dependents(at('aws_s3_bucket.c[0]')))).toEqual(['block.each[0]', 'block.all']);
  expect(at('aws_s3_bucket.c').address).toBe('aws_s3_bucket.c[0]');
  expect(world.graph.get('aws_s3_bucket.none')).toBeUndefined();
});
