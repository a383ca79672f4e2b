import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { longLivedKey } from '../../src/concepts/long-lived-key.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'identity/long-lived-key',
  title: 'Key that works from anywhere and does not end',
  severity: 'medium',
  requirements: ['R9', 'R10', 'R14', 'R34'],
  frameworks: { nist: ['IA-5', 'AC-2'], stride: ['spoofing', 'information-disclosure'], atlas: ['AML.T0012'] },
  why: `A key is the identity for whoever holds it, from any network, until somebody remembers to take it away. This one is also written into the state in plain text, and from there it goes into notebooks, images and chats. Stolen keys are what strangers run models with at your expense.`,
  links: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles',
    'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html',
    'https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys',
  ],
  looksAt: longLivedKey,

  *check({ resource, noun, instead }, world) {
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: resource,
      message: `${code(resource.address)} makes ${noun} that works from anywhere until somebody takes it away (${reason})${resource.dialect === 'terraform' ? ', and its secret stands in the state' : ''}. Use ${instead} instead.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'of a user that trains, and for Bedrock',
        files: terraform`
          resource "aws_iam_user" "sagemaker" {
            name = "sagemaker"
          }

          resource "aws_iam_access_key" "sagemaker" { # <- finds
            user = aws_iam_user.sagemaker.name
          }

          resource "aws_iam_service_specific_credential" "bedrock" { # <- finds
            service_name = "bedrock.amazonaws.com"
            user_name    = aws_iam_user.sagemaker.name
          }

          resource "aws_iam_service_specific_credential" "bedrock_for_a_year" { # <- finds
            service_name        = "bedrock.amazonaws.com"
            credential_age_days = 365
            user_name           = aws_iam_user.sagemaker.name
          }
        `,
      },
      {
        name: 'of a service account',
        files: terraform`
          resource "google_service_account" "vertex" {
            account_id = "vertex-training"
          }

          resource "google_service_account_key" "vertex" { # <- finds
            service_account_id = google_service_account.vertex.name
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            BedrockKey: # <- finds
              Type: AWS::IAM::AccessKey
              Properties:
                UserName: bedrock
        `,
      },
    ],
    good: [
      {
        name: 'a day for Bedrock, another service, another system',
        files: terraform`
          resource "aws_iam_user" "llm" {
            name = "llm"
          }

          resource "aws_iam_service_specific_credential" "bedrock" {
            service_name        = "bedrock.amazonaws.com"
            credential_age_days = 1
            user_name           = aws_iam_user.llm.name
          }

          resource "aws_iam_service_specific_credential" "code" {
            service_name = "codecommit.amazonaws.com"
            user_name    = aws_iam_user.llm.name
          }
        `,
      },
      {
        name: 'of a web shop',
        files: terraform`
          resource "aws_iam_access_key" "shop" {
            user = "shop"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'for how long is the caller’s choice',
        files: terraform`
          variable "days" {
            type = number
          }

          variable "service" {
            type = string
          }

          resource "aws_iam_service_specific_credential" "bedrock" {
            service_name        = "bedrock.amazonaws.com"
            credential_age_days = var.days
            user_name           = "llm"
          }

          resource "aws_iam_service_specific_credential" "llm" {
            service_name = var.service
            user_name    = "llm"
          }
        `,
      },
    ],
  },
});
