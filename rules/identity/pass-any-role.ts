import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { grant, placeOf } from '../../src/concepts/grants.ts';
import { coveredBy, isOpen, reachesEvery } from '../../src/concepts/policy.ts';
import { isDenied } from '../../src/concepts/identity-holders.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'identity/pass-any-role',
  title: 'Workload may hand any role to a service',
  severity: 'high',
  requirements: ['R9'],
  frameworks: { nist: ['AC-6'], stride: ['elevation-of-privilege'] },
  why: `With iam:PassRole on every role, whoever can start a training job, notebook or function can start it with the strongest role in the account and act through it. Name the roles, and say with iam:PassedToService which service may get them.`,
  links: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html',
  ],
  looksAt: grant,

  *check(statement, world) {
    const { actions, resources, resource, kind } = statement;
    if (kind !== 'identity' || actions.except || !isOpen(statement) || !reachesEvery(resources, 'role')) return;
    const by = coveredBy(actions, 'iam:PassRole');
    if (by === undefined || by.startsWith('*') || /^iam:\*$/i.test(by) || isDenied(statement, 'iam:PassRole', world)) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: placeOf(actions, by),
      message: `${code(resource.address)} allows ${code('iam:PassRole')} for every role and every service (${reason}): a job or notebook can be started with a stronger role than its owner's. Name the roles that it may hand on.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'every role',
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
                Action   = ["iam:PassRole"] # <- finds
                Resource = "*"
              }]
            })
          }
        `,
      },
      {
        name: 'every role of the account',
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
                          Action: iam:PassRole # <- finds
                          Resource: arn:aws:iam::111122223333:role/*
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
                { Effect = "Allow", Action = "iam:Pass*", Resource = "*" }, # <- finds
                { Effect = "Allow", NotAction = "iam:PassRole", Resource = "*" },
                { Effect = "Allow", Action = "*:*", Resource = "*" },
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
                Action   = ["iam:PassRole"]
                Resource = "arn:aws:iam::111122223333:role/training"
              }]
            })
          }
        `,
      },
      {
        name: 'only to SageMaker',
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
                          Action: iam:PassRole
                          Resource: "*"
                          Condition:
                            StringEquals:
                              iam:PassedToService: sagemaker.amazonaws.com
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
