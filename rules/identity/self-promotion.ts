import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { grant, placeOf } from '../../src/concepts/grants.ts';
import { coveredBy, isOpen, reachesEvery } from '../../src/concepts/policy.ts';
import { isDenied } from '../../src/concepts/identity-holders.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { escalations } from '../../src/facts/risky-actions.ts';

export default defineRule({
  id: 'identity/self-promotion',
  title: 'Workload can make itself administrator',
  severity: 'critical',
  requirements: ['R9', 'R29'],
  frameworks: { nist: ['AC-6', 'AC-3'], stride: ['elevation-of-privilege'] },
  why: `Whoever may attach policies to any role, or rewrite policies and trust relationships, can give itself every other right. The rest of its policy then no longer limits anything: a compromised notebook is one call away from being administrator.`,
  links: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
  looksAt: grant,

  *check(statement, world) {
    const { actions, resources, resource, kind } = statement;
    // A condition such as iam:PermissionsBoundary or iam:PolicyARN is the usual way to make this safe.
    if (kind !== 'identity' || actions.except || !isOpen(statement) || !reachesEvery(resources, 'role')) return;
    const hits = escalations.flatMap((action) => {
      const by = coveredBy(actions, action);
      return by === undefined || by === '*' || by === '*:*' || /^iam:\*$/i.test(by) || isDenied(statement, action, world)
        ? []
        : [{ action, by }];
    });
    const first = hits[0];
    if (!first) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: placeOf(actions, first.by),
      message: `${code(resource.address)} allows ${code(first.by)} on every role (${reason}), so its holder can give itself administrator rights. Limit it to named roles, or require a permissions boundary.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'attaching policies to any role',
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
                Action   = ["iam:CreateRole", "iam:AttachRolePolicy"] # <- finds
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
                          Action: iam:PutRolePolicy # <- finds
                          Resource: "*"
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
                { Effect = "Allow", Action = "iam:Attach*", Resource = "*" }, # <- finds
                { Effect = "Allow", NotAction = ["iam:AttachRolePolicy"], Resource = "*" },
                { Effect = "Allow", Action = "iam:*", Resource = "*" },
              ]
            })
          }
        `,
      },
    ],
    good: [
      {
        name: 'one role',
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
                Action   = ["iam:AttachRolePolicy"]
                Resource = "arn:aws:iam::111122223333:role/feature-jobs"
              }]
            })
          }
        `,
      },
      {
        name: 'a permissions boundary is required',
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
                Action   = ["iam:AttachRolePolicy"]
                Resource = "arn:aws:iam::111122223333:role/*"
                Condition = {
                  StringEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::111122223333:policy/boundary" }
                }
              }]
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
