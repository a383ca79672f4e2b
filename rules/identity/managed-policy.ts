import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { managedGrant } from '../../src/concepts/grants-managed.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'identity/managed-policy',
  title: 'Ready-made policy gives a workload far too much',
  severity: 'medium',
  requirements: ['R9', 'R27', 'R29', 'R38'],
  frameworks: { nist: ['AC-6'], stride: ['elevation-of-privilege', 'information-disclosure'] },
  why: `AWS writes its FullAccess policies so that they fit everyone, so they reach every resource of a kind. On the role of a notebook, training job or endpoint that is far more than it needs: whoever gets into the workload can use all of it. A policy of your own with the actions and the buckets it really uses costs little.`,
  links: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html',
  ],
  looksAt: managedGrant,

  *check({ resource, at, policy, gives, holder }, world) {
    const reason = aiRelevance(holder ?? resource, world) ?? aiRelevance(resource, world);
    if (reason === undefined) return;
    const who = code((holder ?? resource).address);
    yield {
      at,
      subject: policy,
      severity: gives.severity,
      message: `${who} gets ${code(policy)}, so whoever controls the workload can ${gives.then} (${reason}).`,
    };
  },

  examples: {
    bad: [
      {
        name: 'administrator on a training role',
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

          resource "aws_iam_role_policy_attachment" "training" {
            role       = aws_iam_role.training.name
            policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # <- finds
          }
        `,
      },
      {
        name: 'the partition is not known, the policy is',
        files: terraform`
          data "aws_partition" "current" {}

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

          resource "aws_iam_role_policy_attachment" "training" {
            role       = aws_iam_role.training.name
            policy_arn = format("arn:%s:iam::aws:policy/AmazonSageMakerFullAccess", data.aws_partition.current.partition) # <- finds
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            StudioRole:
              Type: AWS::IAM::Role
              Properties:
                AssumeRolePolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    - Effect: Allow
                      Action: sts:AssumeRole
                      Principal:
                        Service: sagemaker.amazonaws.com
                ManagedPolicyArns:
                  - arn:aws:iam::aws:policy/AmazonS3FullAccess # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a narrow managed policy',
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

          resource "aws_iam_role_policy_attachment" "training" {
            role       = aws_iam_role.training.name
            policy_arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
          }
        `,
      },
      {
        name: 'a web shop is none of our business',
        files: terraform`
          resource "aws_iam_user" "shop" {
            name = "shop"
          }

          resource "aws_iam_user_policy_attachment" "shop" {
            user       = aws_iam_user.shop.name
            policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the policy comes from the caller',
        files: terraform`
          variable "policy" {
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

          resource "aws_iam_role_policy_attachment" "training" {
            role       = aws_iam_role.training.name
            policy_arn = var.policy
          }
        `,
      },
    ],
  },
});
