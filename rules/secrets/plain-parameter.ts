import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { storedParameter } from '../../src/concepts/secret-store.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'secrets/plain-parameter',
  title: 'Credential is kept as plain text in Parameter Store',
  severity: 'medium',
  requirements: ['R10', 'R1'],
  frameworks: { nist: ['IA-5', 'SC-28'], stride: ['information-disclosure'] },
  why: `A parameter of type String is not encrypted: everyone who may read parameters sees it, also in the console and its history. A SecureString needs the right to use its key as well, and reading it is on record.`,
  links: ['https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html'],
  looksAt: storedParameter,

  *check({ resource, type }) {
    if (!holds(type, 'String') && !holds(type, 'StringList')) return;
    const terraformed = resource.dialect === 'terraform';
    yield {
      at: type.at,
      message: `${code(resource.address)} keeps a credential as plain text. ${terraformed ? `Make it a ${code('SecureString')}.` : `CloudFormation can't make a ${code('SecureString')}: use ${code('AWS::SecretsManager::Secret')}.`}`,
      fix: terraformed ? [type.writes('SecureString')] : [],
    };
  },

  examples: {
    bad: [
      {
        name: 'a token for the model hub',
        files: terraform`
          variable "hf_token" {
            type      = string
            sensitive = true
          }

          resource "aws_ssm_parameter" "hub" {
            name  = "/ml/serving/hf_token"
            type  = "String" # <- finds
            value = var.hf_token
          }
        `,
        suggests: '  type  = "SecureString"',
      },
      {
        name: 'told by its own name',
        files: terraform`
          variable "key" {
            type      = string
            sensitive = true
          }

          resource "aws_ssm_parameter" "openai_api_key" {
            name  = "/ml/serving/provider"
            type  = "StringList" # <- finds
            value = var.key
          }
        `,
        suggests: '  type  = "SecureString"',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Parameters:
            Key:
              Type: String
              NoEcho: true
          Resources:
            OpenAiApiKey:
              Type: AWS::SSM::Parameter
              Properties:
                Type: String # <- finds
                Value: !Ref Key
        `,
      },
      {
        name: 'CloudFormation, told by its path',
        files: cloudformation`
          Parameters:
            Key:
              Type: String
              NoEcho: true
          Resources:
            Provider:
              Type: AWS::SSM::Parameter
              Properties:
                Name: /ml/openai_api_key
                Type: String # <- finds
                Value: !Ref Key
        `,
      },
    ],
    good: [
      {
        name: 'encrypted, or no credential',
        files: terraform`
          variable "hf_token" {
            type      = string
            sensitive = true
          }

          resource "aws_ssm_parameter" "hub" {
            name  = "/ml/serving/hf_token"
            type  = "SecureString"
            value = var.hf_token
          }

          resource "aws_ssm_parameter" "model" {
            name  = "/ml/serving/model_name"
            type  = "String"
            value = "ranker"
          }

          resource "aws_ssm_parameter" "limit" {
            name  = "/ml/serving/max_tokens"
            type  = "String"
            value = "4096"
          }
        `,
      },
      {
        name: 'CloudFormation: a name',
        files: cloudformation`
          Resources:
            ModelName:
              Type: AWS::SSM::Parameter
              Properties:
                Name: /ml/model
                Type: String
                Value: ranker
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "type" {
            type = string
          }

          variable "hf_token" {
            type      = string
            sensitive = true
          }

          resource "aws_ssm_parameter" "hub" {
            name  = "/ml/serving/hf_token"
            type  = var.type
            value = var.hf_token
          }
        `,
      },
    ],
  },
});
