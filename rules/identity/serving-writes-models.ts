import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { grant, placeOf } from '../../src/concepts/grants.ts';
import { coveredBy, isOpen } from '../../src/concepts/policy.ts';
import { modelsServedWith, reachesArtifact } from '../../src/concepts/served-model-store.ts';

export default defineRule({
  id: 'identity/serving-writes-models',
  title: 'Endpoint can overwrite the model that it serves',
  severity: 'high',
  requirements: ['R2', 'R9', 'R27', 'R38', 'R45'],
  frameworks: { nist: ['AC-6', 'SI-7'], stride: ['tampering', 'elevation-of-privilege'] },
  why: `Serving only reads models. When its role may also write where they lie, whoever gets into the endpoint, the part of the system that takes requests from outside, can replace the model for good: the next restart loads theirs, and so does everything else that uses the bucket.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html'],
  looksAt: grant,

  *check(statement, world) {
    const { actions, kind, resource } = statement;
    if (kind !== 'identity' || actions.except || !isOpen(statement)) return;
    const by = coveredBy(actions, 's3:PutObject') ?? coveredBy(actions, 's3:DeleteObject');
    if (by === undefined || by === '*') return;
    const model = modelsServedWith(statement, world).find((served) => reachesArtifact(statement, served, world));
    if (!model) return;
    yield {
      at: placeOf(actions, by),
      message: `${code(resource.address)} lets ${code(model.resource.address)} write to the bucket that it loads its model from (${code(by)}, more privilege than serving needs). Whoever gets into the endpoint can replace the model.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'writing to the artifact bucket',
        files: terraform`
          resource "aws_s3_bucket" "models" {
            bucket = "acme-models"
          }

          resource "aws_sagemaker_model" "ranker" {
            name               = "ranker"
            execution_role_arn = aws_iam_role.serving.arn

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://\${aws_s3_bucket.models.bucket}/ranker/1.4.2/model.tar.gz"
            }
          }

          resource "aws_iam_role" "serving" {
            name = "serving"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "serving" {
            role   = aws_iam_role.serving.id
            policy = data.aws_iam_policy_document.serving.json
          }

          data "aws_iam_policy_document" "serving" {
            statement {
              actions   = ["s3:GetObject", "s3:PutObject"] # <- finds
              resources = ["\${aws_s3_bucket.models.arn}/*"]
            }
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Ranker:
              Type: AWS::SageMaker::Model
              Properties:
                ExecutionRoleArn: !GetAtt ServingRole.Arn
                PrimaryContainer:
                  Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2
                  ModelDataUrl: s3://acme-models/ranker/1.4.2/model.tar.gz
            ServingRole:
              Type: AWS::IAM::Role
              Properties:
                AssumeRolePolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    - Effect: Allow
                      Action: sts:AssumeRole
                      Principal:
                        Service: sagemaker.amazonaws.com
                Policies:
                  - PolicyName: models
                    PolicyDocument:
                      Version: "2012-10-17"
                      Statement:
                        - Effect: Allow
                          Action: s3:* # <- finds
                          Resource: arn:aws:s3:::acme-models/*
        `,
      },
    ],
    good: [
      {
        name: 'reading',
        files: terraform`
          resource "aws_s3_bucket" "models" {
            bucket = "acme-models"
          }

          resource "aws_sagemaker_model" "ranker" {
            name               = "ranker"
            execution_role_arn = aws_iam_role.serving.arn

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://\${aws_s3_bucket.models.bucket}/ranker/1.4.2/model.tar.gz"
            }
          }

          resource "aws_iam_role" "serving" {
            name = "serving"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "serving" {
            role   = aws_iam_role.serving.id
            policy = data.aws_iam_policy_document.serving.json
          }

          data "aws_iam_policy_document" "serving" {
            statement {
              actions   = ["s3:GetObject"]
              resources = ["\${aws_s3_bucket.models.arn}/*"]
            }
          }
        `,
      },
      {
        name: 'writing somewhere else',
        files: terraform`
          resource "aws_s3_bucket" "models" {
            bucket = "acme-models"
          }

          resource "aws_sagemaker_model" "ranker" {
            name               = "ranker"
            execution_role_arn = aws_iam_role.serving.arn

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://\${aws_s3_bucket.models.bucket}/ranker/1.4.2/model.tar.gz"
            }
          }

          resource "aws_iam_role" "serving" {
            name = "serving"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "serving" {
            role   = aws_iam_role.serving.id
            policy = data.aws_iam_policy_document.serving.json
          }

          data "aws_iam_policy_document" "serving" {
            statement {
              actions   = ["s3:PutObject"]
              resources = ["arn:aws:s3:::acme-captured-requests/*"]
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the actions come from the caller',
        files: terraform`
          variable "actions" {
            type = list(string)
          }

          resource "aws_s3_bucket" "models" {
            bucket = "acme-models"
          }

          resource "aws_sagemaker_model" "ranker" {
            name               = "ranker"
            execution_role_arn = aws_iam_role.serving.arn

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://\${aws_s3_bucket.models.bucket}/ranker/1.4.2/model.tar.gz"
            }
          }

          resource "aws_iam_role" "serving" {
            name = "serving"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "serving" {
            role   = aws_iam_role.serving.id
            policy = data.aws_iam_policy_document.serving.json
          }

          data "aws_iam_policy_document" "serving" {
            statement {
              actions   = var.actions
              resources = ["\${aws_s3_bucket.models.arn}/*"]
            }
          }
        `,
      },
    ],
  },
});
