import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { grant, placeOf } from '../../src/concepts/grants.ts';
import { coveredBy, isOpen, reachesAll } from '../../src/concepts/policy.ts';
import { isDenied } from '../../src/concepts/identity-holders.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { severities } from '../../src/engine/rule.ts';
import { riskyActions } from '../../src/facts/risky-actions.ts';

export default defineRule({
  id: 'identity/risky-action',
  title: 'Far-reaching action on every resource',
  severity: 'medium',
  requirements: ['R9', 'R38', 'R45'],
  frameworks: { nist: ['AC-6'], stride: ['elevation-of-privilege', 'information-disclosure', 'tampering'] },
  why: `Some actions are harmless on one resource and dangerous on all of them: reading objects, opening security groups, running commands on instances. A training job that can read every bucket takes the whole company's data along when it is compromised.`,
  links: ['https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html'],
  looksAt: grant,

  *check(statement, world) {
    const { actions, resources, resource, kind } = statement;
    if (kind !== 'identity' || actions.except || !isOpen(statement) || !reachesAll(resources)) return;
    // Wildcards over a whole service are another rule's.
    const hits = riskyActions.flatMap((risk) => {
      const by = coveredBy(actions, risk.action);
      return by === undefined || by.startsWith('*') || by.endsWith(':*') || isDenied(statement, risk.action, world)
        ? []
        : [{ ...risk, by }];
    });
    const worst = hits.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity))[0];
    const reason = worst && aiRelevance(resource, world);
    if (!worst || reason === undefined) return;
    const others = new Set(hits.map((hit) => hit.by)).size - 1;
    const more = others > 0 ? ` (and ${others} more like it)` : '';
    yield {
      at: placeOf(actions, worst.by),
      severity: worst.severity,
      message: `${code(resource.address)} allows ${code(worst.by)}${more} on every resource, so its holder can ${worst.then} (${reason}). Name the resources it needs.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'reading every bucket',
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
                Action   = ["s3:GetObject"] # <- finds
                Resource = "*"
              }]
            })
          }
        `,
      },
      {
        name: 'CloudFormation: opening any security group',
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
                          Action: ec2:AuthorizeSecurityGroupIngress # <- finds
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
                { Effect = "Allow", Action = "s3:Get*", Resource = "*" }, # <- finds
                { Effect = "Allow", NotAction = ["s3:GetObject"], Resource = "*" },
              ]
            })
          }
        `,
      },
    ],
    good: [
      {
        name: 'one bucket',
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
        name: 'describing instances takes no narrower resource',
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
                Action   = ["ec2:DescribeInstances", "logs:PutLogEvents", "cloudwatch:PutMetricData"]
                Resource = "*"
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
