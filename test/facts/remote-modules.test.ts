import { expect, test } from 'vitest';
import { bucket } from '../../src/concepts/bucket.ts';
import { understand } from '../../src/engine/understand.ts';
import { remoteModule } from '../../src/facts/remote-modules.ts';

test.each([
  ['terraform-aws-modules/eks/aws', 'eks-cluster'],
  ['registry.terraform.io/terraform-aws-modules/s3-bucket/aws', 's3-bucket'],
  ['git::https://github.com/terraform-aws-modules/terraform-aws-s3-bucket.git?ref=v4.0.0', 's3-bucket'],
  ['github.com/terraform-aws-modules/terraform-aws-eks', 'eks-cluster'],
  ['git@github.com:terraform-aws-modules/terraform-aws-eks.git', 'eks-cluster'],
  ['terraform-google-modules/kubernetes-engine/google//modules/private-cluster', 'gke-cluster'],
  ['terraform-aws-modules/eks/aws//modules/karpenter', undefined],
  ['terraform-aws-modules/s3-bucket/aws//modules/notification', undefined],
  ['acme/eks/aws', undefined],
  ['https://example.com/terraform-aws-modules/eks/aws', undefined],
  ['../terraform-aws-modules/eks/aws', undefined],
  ['', undefined],
])('%s makes %s', (source, makes) => {
  expect(remoteModule(source)?.makes).toBe(makes);
});

test('of a bucket made by a module only what is written is known', () => {
  const text =
    'module "b" {\n  source = "terraform-aws-modules/s3-bucket/aws"\n  block_public_acls = false\n  versioning = { enabled = true }\n}\n';
  const { model } = understand(new Map([['main.tf', { path: 'main.tf', sha: text, text }]]), []);
  const seen = model.worlds.flatMap((world) => world.resources.flatMap((resource) => [...bucket.view(resource, world)]));
  expect(seen).toHaveLength(1);
  expect(seen[0]?.guards.map(({ name, holds }) => [name, holds.is === 'known' ? holds.value : 'unknown'])).toEqual([
    ['block_public_acls', false],
    ['block_public_policy', 'unknown'],
    ['ignore_public_acls', 'unknown'],
    ['restrict_public_buckets', 'unknown'],
  ]);
  expect(seen[0]?.versioning).toMatchObject({ is: 'known', value: true });
  expect(seen[0]?.acls).toMatchObject([{ is: 'unknown' }]);
});
