import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { holds, isMissing } from '../../src/concepts/setting.ts';
import { stateBackend } from '../../src/concepts/state-backend.ts';

export default defineRule({
  id: 'state/unlocked',
  title: 'Two applies can run at the same time',
  severity: 'medium',
  requirements: ['R18', 'R34'],
  frameworks: { nist: ['CM-3', 'SI-7'], stride: ['tampering', 'denial-of-service'] },
  why: `Without a lock two runs of Terraform, say a pipeline's and a person's, can write the state at the same time. One of them is lost: endpoints and clusters then exist that no state knows, cost money and are reviewed by nobody.`,
  links: ['https://developer.hashicorp.com/terraform/language/backend/s3#state-locking'],
  looksAt: stateBackend,

  *check({ kind, lockFile, lockTable, partial, reason }) {
    if (kind !== 's3' || partial || !holds(lockFile, false) || !isMissing(lockTable.at)) return;
    yield {
      at: lockFile.at,
      message: `The state of this configuration (it describes ${code(reason)}) has no lock: two applies at the same time overwrite each other. Say ${code('use_lockfile = true')} (Terraform 1.10 and newer) or name a ${code('dynamodb_table')}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'no lock',
        files: terraform`
          terraform {
            backend "s3" { # <- finds
              bucket = "acme-terraform-state"
              key    = "serving/terraform.tfstate"
              region = "eu-west-1"
              encrypt = true
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
    good: [
      {
        name: 'a lock file',
        files: terraform`
          terraform {
            backend "s3" {
              bucket = "acme-terraform-state"
              key    = "serving/terraform.tfstate"
              region = "eu-west-1"
              encrypt      = true
              use_lockfile = true
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
      {
        name: 'a table',
        files: terraform`
          terraform {
            backend "s3" {
              bucket = "acme-terraform-state"
              key    = "serving/terraform.tfstate"
              region = "eu-west-1"
              encrypt        = true
              dynamodb_table = "terraform-locks"
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
            backend "s3" {
              encrypt = true
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
  },
});
