import { describe, expect, test } from 'vitest';
import type { Resource } from '../../src/model/resource.ts';
import { modelOf } from './lines.ts';
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

describe('an address that stands in several files', () => {
  const manifest = (app: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: llm}\nspec: {template: {spec: {serviceAccountName: ${app}}}}\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${app}}\n---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec: {scaleTargetRef: {kind: Deployment, name: llm}}\n`;
  const files = { 'a/x.yaml': manifest('one'), 'b/x.yaml': manifest('one'), 'b/c/x.yaml': manifest('one') };
  const manifests = modelOf(files).worlds.find(({ id }) => id === 'kubernetes');
  const of = (file: string, type: string): Resource => {
    const found = manifests?.resources.find((r) => r.scope === file && r.type === type);
    if (!found) throw new Error(`${type} in ${file}`);
    return found;
  };
  test.each(Object.keys(files))('means that of its own file: %s', (file) => {
    const deployment = of(file, 'Deployment');
    expect(manifests?.graph.dependencies(deployment)).toEqual([of(file, 'ServiceAccount')]);
    expect(manifests?.graph.dependents(deployment)).toEqual([of(file, 'HorizontalPodAutoscaler')]);
    expect(manifests?.graph.companions(deployment, 'HorizontalPodAutoscaler', 'spec', 'scaleTargetRef', 'name')).toEqual([
      of(file, 'HorizontalPodAutoscaler'),
    ]);
  });
});

test('CloudFormation names stand under Properties', () => {
  const template =
    'Resources:\n  B: {Type: AWS::S3::Bucket, Properties: {BucketName: models}}\n  P: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: models}}\n  Q: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref B}}\n  O: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: other}}\n';
  const [stack] = modelOf({ 't.yaml': template }).worlds;
  const bucket = stack?.graph.get('B');
  expect(bucket && names(stack?.graph.companions(bucket, 'AWS::S3::BucketPolicy', 'Properties', 'Bucket') ?? [])).toEqual(['P', 'Q']);
});

test('20,000 resources are joined in a moment', () => {
  const text = Array.from(
    { length: 10_000 },
    (_, i) =>
      `resource "aws_s3_bucket" "b${i}" {\n  bucket = "acme-${i}"\n}\nresource "block" "p${i}" {\n  bucket = aws_s3_bucket.b${i}.id\n}\n`,
  );
  const files = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`f${i}.tf`, text.slice(i * 1000, (i + 1) * 1000).join('')]));
  const large = worldOf(files);
  const start = performance.now();
  for (const bucket of large.resources)
    if (bucket.type === 'aws_s3_bucket' && large.graph.companions(bucket, 'block', 'bucket').length > 1) throw new Error(bucket.address);
  for (const bucket of large.resources) large.graph.dependents(bucket);
  expect(performance.now() - start).toBeLessThan(1500);
});
