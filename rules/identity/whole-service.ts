import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { grant, placeOf } from '../../src/concepts/grants.ts';
import { isOpen, reachesAll } from '../../src/concepts/policy.ts';
import { isDenied } from '../../src/concepts/identity-holders.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { wholeServices } from '../../src/facts/risky-actions.ts';

export default defineRule({
  id: 'identity/whole-service',
  title: 'Wildcard over a whole service on every resource',
  severity: 'high',
  requirements: ['R9', 'R29', 'R38', 'R45'],
  frameworks: { nist: ['AC-6'], stride: ['elevation-of-privilege', 'information-disclosure'] },
  why: `A star after the service's name takes in everything the service can do, deleting and changing permissions included, and what it will learn to do. On every resource it reaches far beyond the one project. Whoever gets into the training job, notebook or endpoint that holds it has all of that.`,
  links: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html',
  ],
  looksAt: grant,

  *check(statement, world) {
    const { actions, resources, resource, kind } = statement;
    if (kind !== 'identity' || actions.except || !isOpen(statement) || !reachesAll(resources)) return;
    for (const text of actions.texts) {
      const service = /^([a-z0-9-]+):\*$/i.exec(text)?.[1]?.toLowerCase();
      if (service === undefined) continue;
      if (isDenied(statement, text, world)) continue;
      const { severity, then } = wholeServices.get(service) ?? { severity: 'medium', then: 'do everything that this service can do' };
      const reason = severity === 'info' ? undefined : aiRelevance(resource, world);
      if (reason === undefined) continue;
      const reach = resources.except ? 'on everything but a few resources' : 'on every resource';
      yield {
        at: placeOf(actions, text),
        subject: text,
        severity,
        message: `${code(resource.address)} allows ${code(text)} ${reach}, so its holder can ${then} (${reason}). Name the actions and resources it needs.`,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'all of S3',
        files: terraform`
          resource "aws_iam_role" "training" {
            name = "training"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "training" {
            role = aws_iam_role.training.id

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect   = "Allow"
                Action   = ["s3:*", "logs:*"] # <- finds
                Resource = "*"
              }]
            })
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            TrainingRole:
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
                  - PolicyName: training
                    PolicyDocument:
                      Version: "2012-10-17"
                      Statement:
                        - Effect: Allow
                          Action: ssm:* # <- finds
                          Resource: "*"
        `,
      },
      {
        name: 'a policy document',
        files: terraform`
          resource "aws_iam_role" "training" {
            name = "training"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "training" {
            role   = aws_iam_role.training.id
            policy = data.aws_iam_policy_document.training.json
          }

          data "aws_iam_policy_document" "training" {
            statement {
              actions   = ["sagemaker:*"] # <- finds
              resources = ["*"]
            }
          }
        `,
      },
      {
        name: 'beside statements that other rules speak of',
        files: terraform`
          resource "aws_iam_role_policy" "sagemaker_training" {
            role = "training"

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [
                { Effect = "Allow", Action = "s3:*", Resource = "*" }, # <- finds
                { Effect = "Allow", NotAction = ["s3:*"], Resource = "*" },
              ]
            })
          }
        `,
      },
    ],
    good: [
      {
        name: 'named actions; logs may be written anywhere',
        files: terraform`
          resource "aws_iam_role" "training" {
            name = "training"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "training" {
            role = aws_iam_role.training.id

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect   = "Allow"
                Action   = ["logs:*"]
                Resource = "*"
              }]
            })
          }
        `,
      },
      {
        name: 'a key policy means its own key',
        files: cloudformation`
          Resources:
            ModelKey:
              Type: AWS::KMS::Key
              Properties:
                Description: encrypts sagemaker models
                KeyPolicy:
                  Version: "2012-10-17"
                  Statement:
                    - Effect: Allow
                      Principal:
                        AWS: arn:aws:iam::111122223333:root
                      Action: kms:*
                      Resource: "*"
        `,
      },
      {
        name: 'another policy of the role denies it',
        files: terraform`
          resource "aws_iam_role" "training" {
            name = "training"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "training" {
            role = aws_iam_role.training.id

            policy = jsonencode({
              Version   = "2012-10-17"
              Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }]
            })
          }

          resource "aws_iam_role_policy" "fence" {
            role = aws_iam_role.training.id

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect      = "Deny"
                Action      = "s3:*"
                NotResource = ["arn:aws:s3:::acme-training", "arn:aws:s3:::acme-training/*"]
              }]
            })
          }
        `,
      },
      {
        name: 'a denial takes away',
        files: terraform`
          resource "aws_iam_role" "training" {
            name = "training"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "training" {
            role = aws_iam_role.training.id

            policy = jsonencode({
              Version   = "2012-10-17"
              Statement = [{ Effect = "Deny", Action = "s3:*", Resource = "*" }]
            })
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'actions come from the caller',
        files: terraform`
          variable "actions" {
            type = list(string)
          }

          variable "resource" {
            type = string
          }

          resource "aws_iam_role" "training" {
            name = "training"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "training" {
            role = aws_iam_role.training.id

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect   = "Allow"
                Action   = var.actions
                Resource = var.resource
              }]
            })
          }
        `,
      },
    ],
  },
});
