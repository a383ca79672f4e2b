import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { holds } from '../../src/concepts/setting.ts';
import { stateBackend } from '../../src/concepts/state-backend.ts';

export default defineRule({
  id: 'state/unencrypted',
  title: 'Terraform state is not encrypted by its backend',
  severity: 'low',
  requirements: ['R18', 'R34'],
  frameworks: { nist: ['SC-28'], stride: ['information-disclosure'] },
  why: `The state holds every attribute of every resource in clear text: database passwords, API keys, tokens of model registries. S3 encrypts new objects with its own key anyway; asking for it in the backend keeps that true for every bucket, and lets a bucket refuse what is not encrypted.`,
  links: ['https://developer.hashicorp.com/terraform/language/backend/s3#s3-state-storage'],
  looksAt: stateBackend,

  *check({ kind, encrypted, partial, reason }) {
    if (kind !== 's3' || !holds(encrypted, false) || encrypted.is !== 'known' || (partial && !encrypted.written)) return;
    yield {
      at: encrypted.at,
      severity: encrypted.written ? 'medium' : 'low',
      message: `The state of this configuration (it describes ${code(reason)}) is written without ${code('encrypt = true')}, and a state holds every secret in clear text.`,
      fix: [encrypted.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched off',
        files: terraform`
          terraform {
            backend "s3" {
              bucket = "acme-terraform-state"
              key    = "serving/terraform.tfstate"
              region = "eu-west-1"
              use_lockfile = true
              encrypt      = false # <- finds
            }
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"

            git_config {
              repository_url = "https://github.com/acme/ranker.git"
            }
          }
        `,
        suggests: '    encrypt      = true',
      },
    ],
    good: [
      {
        name: 'encrypted',
        files: terraform`
          terraform {
            backend "s3" {
              bucket = "acme-terraform-state"
              key    = "serving/terraform.tfstate"
              region = "eu-west-1"
              use_lockfile = true
              encrypt      = true
            }
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"

            git_config {
              repository_url = "https://github.com/acme/ranker.git"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the rest comes from the command line',
        files: terraform`
          terraform {
            backend "s3" {}
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"

            git_config {
              repository_url = "https://github.com/acme/ranker.git"
            }
          }
        `,
      },
    ],
  },
});
