import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { secretOutput } from '../../src/concepts/secret-variable.ts';

export default defineRule({
  id: 'secrets/output-shown',
  title: 'Output repeats a secret',
  severity: 'medium',
  requirements: ['R10', 'R18', 'R34'],
  frameworks: { nist: ['IA-5'], stride: ['information-disclosure'] },
  why: `Outputs are printed at the end of every apply and stay readable for everyone with access to the state or the stack. A key that goes through one is in the logs of the pipeline from then on, and CloudFormation shows it even when the parameter that it came from was masked.`,
  links: [
    'https://developer.hashicorp.com/terraform/language/values/outputs#sensitive-suppressing-values-in-cli-output',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html',
  ],
  looksAt: secretOutput,

  *check({ of, source, value, sensitive }) {
    if (of.dialect === 'cloudformation') {
      yield {
        at: value,
        message: `Output ${code(of.name)} gives out the secret parameter ${code(source.name)}: everyone who may describe the stack can read it, masked or not. Give out the ARN of a secret instead.`,
      };
      return;
    }
    // Terraform itself refuses to print what comes from a sensitive variable.
    if (source.attr('sensitive').is !== 'absent' || (sensitive.is === 'known' ? sensitive.value !== false : sensitive.is !== 'absent'))
      return;
    yield {
      at: sensitive,
      message: `Output ${code(of.name)} repeats the secret ${code(source.address)} and is not ${code('sensitive')}, so every apply prints it. Mark it, or leave the output out.`,
      fix: [{ do: 'set', at: sensitive, to: true }],
    };
  },

  examples: {
    bad: [
      {
        name: 'a token handed on',
        files: terraform`
          variable "hf_token" {
            type = string
          }

          output "model_hub_token" { # <- finds
            value = var.hf_token
          }
        `,
        suggests: '  value     = var.hf_token\n  sensitive = true',
      },
      {
        name: 'said not to be sensitive',
        files: terraform`
          variable "hf_token" {
            type    = string
            default = ""
          }

          output "model_hub_token" {
            value     = var.hf_token
            sensitive = false # <- finds
          }
        `,
        suggests: '  sensitive = true',
      },
      {
        name: 'CloudFormation, although the parameter is masked',
        files: cloudformation`
          Parameters:
            HuggingFaceToken:
              Type: String
              NoEcho: true
          Resources:
            Notebooks:
              Type: AWS::SageMaker::CodeRepository
              Properties:
                GitConfig: { RepositoryUrl: https://github.com/acme/notebooks.git }
          Outputs:
            Token:
              Value: !Ref HuggingFaceToken # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'marked, or of something else',
        files: terraform`
          variable "hf_token" {
            type      = string
            sensitive = true
          }

          variable "openai_api_key" {
            type      = string
            sensitive = true
          }

          variable "model_name" {
            type = string
          }

          output "openai_api_key" {
            value     = var.openai_api_key
            sensitive = true
          }

          output "model_name" {
            value = var.model_name
          }
        `,
      },
      {
        name: 'CloudFormation: the name of a secret',
        files: cloudformation`
          Parameters:
            TokenSecretName:
              Type: String
            HuggingFaceToken:
              Type: String
              NoEcho: true
          Resources:
            Notebooks:
              Type: AWS::SageMaker::CodeRepository
              Properties:
                GitConfig: { RepositoryUrl: https://github.com/acme/notebooks.git }
          Outputs:
            Secret:
              Value: !Ref TokenSecretName
        `,
      },
      {
        name: 'of a sensitive variable, which Terraform refuses to print',
        files: terraform`
          variable "hf_token" {
            type      = string
            sensitive = true
          }

          output "model_hub_token" {
            value = var.hf_token
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'what a module gives',
        files: terraform`
          module "hub" {
            source  = "acme/hub/aws"
            version = "1.0.0"
          }

          output "model_hub_token" {
            value = module.hub.token
          }
        `,
      },
    ],
  },
});
