import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { grant, placeOf } from '../../src/concepts/grants.ts';
import { isOpen, reachesAll } from '../../src/concepts/policy.ts';
import { isDenied } from '../../src/concepts/identity-holders.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'identity/administrator',
  title: 'Policy allows everything',
  severity: 'critical',
  requirements: ['R9', 'R29'],
  frameworks: { cis: ['AWS 1.16'], nist: ['AC-6', 'AC-3'], stride: ['elevation-of-privilege'] },
  why: `A workload that may do everything turns any flaw in it into a take-over of the account: a poisoned model, a malicious package or a leaked notebook session can then read all data, create users and switch off the logs. Training and serving need a handful of actions on a few named resources.`,
  links: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege'],
  looksAt: grant,

  *check(statement, world) {
    const { actions, resources, resource, kind } = statement;
    if (kind !== 'identity' || !isOpen(statement) || !reachesAll(resources)) return;
    const all = actions.except ? undefined : actions.texts.find((text) => text === '*' || text === '*:*');
    if (all === undefined && !(actions.except && actions.complete)) return;
    if (isDenied(statement, '*', world)) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    const what = all === undefined ? `everything except ${code(actions.texts.join(', '))}` : 'every action';
    yield {
      at: all === undefined ? actions.at : placeOf(actions, all),
      severity: all === undefined ? 'high' : 'critical',
      message: `${code(resource.address)} allows ${what} on every resource (${reason}). Whoever controls the workload controls the account. Name the actions and resources that it needs.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a star for both',
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
                Action   = "*" # <- finds
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
                          Action: "*" # <- finds
                          Resource: "*"
        `,
      },
      {
        name: 'everything, in two other ways',
        files: terraform`
          resource "aws_iam_role_policy" "sagemaker_training" {
            role = "training"

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [
                {
                  Effect   = "Allow"
                  Action   = ["*:*"] # <- finds
                  Resource = "*"
                },
                {
                  Effect    = "Allow"
                  NotAction = ["organizations:*"] # <- finds
                  Resource  = "*"
                },
              ]
            })
          }
        `,
      },
    ],
    good: [
      {
        name: 'a few actions on one bucket',
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
                Action   = ["s3:GetObject"]
                Resource = "arn:aws:s3:::acme-training-data/*"
              }]
            })
          }
        `,
      },
      {
        name: 'harmless actions that take no narrower resource',
        files: terraform`
          resource "aws_iam_role_policy" "sagemaker_training" {
            role = "training"

            policy = jsonencode({
              Version   = "2012-10-17"
              Statement = [{ Effect = "Allow", Action = ["ec2:DescribeSubnets", "cloudwatch:PutMetricData"], Resource = "*" }]
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
