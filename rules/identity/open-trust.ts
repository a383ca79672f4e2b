import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { grant } from '../../src/concepts/grants.ts';
import { isOpen } from '../../src/concepts/policy.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'identity/open-trust',
  title: 'Anyone can take on the role',
  severity: 'critical',
  requirements: ['R9', 'R14', 'R27'],
  frameworks: { nist: ['AC-3', 'IA-2'], stride: ['spoofing', 'elevation-of-privilege'] },
  why: `A trust policy says who may become a role. With "*" and no condition that is every AWS account in the world: anyone who learns the role's name has its rights on your models and data.`,
  links: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html'],
  looksAt: grant,

  *check(statement, world) {
    const { principals, resource, kind } = statement;
    if (kind !== 'trust' || !isOpen(statement) || !principals.anyone) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: principals.at,
      message: `The trust policy of ${code(resource.address)} lets any AWS account take on the role (${reason}). Name the principal that needs it.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a star',
        files: terraform`
          resource "aws_iam_role" "sagemaker" {
            name = "sagemaker"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { AWS = "*" } # <- finds
              }]
            })
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            SageMakerRole:
              Type: AWS::IAM::Role
              Properties:
                AssumeRolePolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    - Effect: Allow
                      Action: sts:AssumeRole
                      Principal: "*" # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'one service',
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
        `,
      },
      {
        name: 'anyone of one organisation',
        files: terraform`
          resource "aws_iam_role" "sagemaker" {
            name = "sagemaker"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { AWS = "*" }
                Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
              }]
            })
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the principal comes from the caller',
        files: terraform`
          variable "trusted" {
            type = string
          }

          resource "aws_iam_role" "sagemaker" {
            name = "sagemaker"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { AWS = var.trusted }
              }]
            })
          }
        `,
      },
    ],
  },
});
