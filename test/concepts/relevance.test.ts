import { describe, expect, test } from 'vitest';
import { aiRelevance, wordsIn } from '../../src/concepts/relevance.ts';
import { file, terraform } from '../../src/engine/define-rule.ts';
import type { Files } from '../../src/engine/rule.ts';
import { understand } from '../../src/engine/understand.ts';

/** Why the resource at an address belongs to an AI system. */
function reasonOf(address: string, files: Files): string | undefined {
  const snapshot = new Map(Object.entries(files).map(([path, text]) => [path, { path, sha: '', text }]));
  for (const world of understand(snapshot, []).model.worlds) {
    const resource = world.resources.find((r) => r.address === address);
    if (resource) return aiRelevance(resource, world);
  }
  throw new Error(`no resource ${address}`);
}

const bucket = (name: string): Files => ({ 'main.tf': `resource "aws_s3_bucket" "b" {\n  bucket = "${name}"\n}\n` });

describe('names', () => {
  test.each([
    ['acme-sagemaker-artifacts', 'its name says `sagemaker`'],
    ['acme-ml-training', 'its name says `ml`'],
    ['acme-hugging-face-cache', 'its name says `huggingface`'],
    ['acme-model-artifacts', 'its name says `model` and `artifact`'],
  ])('%s belongs', (name, reason) => {
    expect(reasonOf('aws_s3_bucket.b', bucket(name))).toBe(reason);
  });

  test.each(['acme-shop-pictures', 'email-archive', 'acme-html', 'training-videos', 'car-models', 'maintain', 'storage'])(
    '%s says nothing',
    (name) => {
      expect(reasonOf('aws_s3_bucket.b', bucket(name))).toBeUndefined();
    },
  );
});

describe('machines', () => {
  test.each(['p5.48xlarge', 'p6-b200.48xlarge', 'ml.g5.xlarge', 'a4x-highgpu-4g', 'nvidia-l4', 'nvidia-tesla-t4', 'nvidia-h100-mega-80gb'])(
    '%s has accelerators',
    (name) => {
      expect(reasonOf('aws_s3_bucket.b', bucket(name))).toBe(`it runs on \`${name}\``);
    },
  );

  test.each(['nvidia-triton-server', 'nvidia-device-plugin', 'p6-acme.large'])('%s is no machine', (name) => {
    expect(reasonOf('aws_s3_bucket.b', bucket(name))).not.toBe(`it runs on \`${name}\``);
  });
});

test.each([
  ['SageMakerExecutionRole', 'sagemaker'],
  ['feature_store', 'featurestore'],
  ['mlModels', 'ml'],
  ['OpenAI', 'openai'],
])('the words of %s include %s', (text, word) => {
  expect(wordsIn(text)).toContain(word);
});

describe('ties', () => {
  const model = terraform`
    resource "aws_s3_bucket" "artifacts" {
      bucket = "acme-artifacts"
    }

    resource "aws_iam_role" "exec" {
      name               = "exec"
      assume_role_policy = "{}"
    }

    resource "aws_iam_role_policy" "exec" {
      role   = aws_iam_role.exec.id
      policy = "{}"
    }

    resource "aws_sagemaker_model" "ranker" {
      name               = "ranker"
      execution_role_arn = aws_iam_role.exec.arn

      primary_container {
        image          = "ranker:1"
        model_data_url = "s3://\${aws_s3_bucket.artifacts.bucket}/model.tar.gz"
      }
    }
  `;

  test.each([
    ['aws_s3_bucket.artifacts', '`aws_sagemaker_model.ranker` is tied to it'],
    ['aws_iam_role.exec', '`aws_sagemaker_model.ranker` is tied to it'],
    ['aws_iam_role_policy.exec', 'it serves `aws_sagemaker_model.ranker`'],
  ])('%s serves the model', (address, reason) => {
    expect(reasonOf(address, model)).toBe(reason);
  });

  test('a shared network ties nothing together', () => {
    const files = terraform`
      resource "aws_vpc" "main" {
        cidr_block = "10.0.0.0/16"
      }

      resource "aws_db_instance" "shop" {
        identifier             = "shop"
        vpc_security_group_ids = [aws_security_group.shop.id]
      }

      resource "aws_security_group" "shop" {
        vpc_id = aws_vpc.main.id
      }

      resource "aws_security_group" "one" {
        vpc_id = aws_vpc.main.id
      }

      resource "aws_security_group" "two" {
        vpc_id = aws_vpc.main.id
      }

      resource "aws_sqs_queue" "orders" {}
      resource "aws_sqs_queue" "mail" {}
      resource "aws_sns_topic" "orders" {}
      resource "aws_sns_topic" "mail" {}
      resource "aws_dynamodb_table" "baskets" {}
      resource "aws_dynamodb_table" "users" {}

      resource "aws_sagemaker_model" "ranker" {
        name               = "ranker"
        execution_role_arn = "arn:aws:iam::111122223333:role/model"

        vpc_config {
          subnets            = ["subnet-0a1b2c3d"]
          security_group_ids = [aws_security_group.one.id]
        }
      }
    `;
    expect(reasonOf('aws_db_instance.shop', files)).toBeUndefined();
  });
});

test('a GPU, an AI service in a policy and the folder are reasons', () => {
  expect(
    reasonOf('aws_launch_template.n', { 'main.tf': 'resource "aws_launch_template" "n" {\n  instance_type = "p5.48xlarge"\n}\n' }),
  ).toBe('it runs on `p5.48xlarge`');
  expect(
    reasonOf(
      'aws_iam_role.r',
      terraform`
    resource "aws_iam_role" "r" {
      assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "bedrock.amazonaws.com" } }] })
    }
  `,
    ),
  ).toBe('it names `bedrock.amazonaws.com`');
  expect(
    reasonOf(
      'aws_s3_bucket.b',
      file('platform/mlflow/main.tf')`
    resource "aws_s3_bucket" "b" {
      bucket = "acme-store"
    }
  `,
    ),
  ).toBe('it stands under `platform/mlflow`');
});
