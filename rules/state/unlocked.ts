import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { holds, isMissing, textOf } from '../../src/concepts/setting.ts';
import { stateBackend } from '../../src/concepts/state-backend.ts';
import type { Located } from '../../src/model/resource.ts';

/** `use_lockfile` came with Terraform 1.10: a version that is held below that would refuse it. */
function knowsLockFiles(required: Located): boolean {
  const version = textOf(required) ?? '';
  return ![...version.matchAll(/(~>|<=?|=|^)\s*v?(\d+)\.(\d+)(\.\d+)?/g)].some(([, operator = '', major, minor, patch]) => {
    const below = Number(major) < 1 || (Number(major) === 1 && Number(minor) < 10);
    return operator === '~>' ? below && patch !== undefined : below || (operator === '<' && Number(major) === 1 && Number(minor) === 10);
  });
}

export default defineRule({
  id: 'state/unlocked',
  title: 'Two applies can run at the same time',
  severity: 'medium',
  requirements: ['R18', 'R34'],
  frameworks: { nist: ['CM-3', 'SI-7'], stride: ['tampering', 'denial-of-service'] },
  why: `Without a lock two runs of Terraform, say a pipeline's and a person's, can write the state at the same time. One of them is lost: endpoints and clusters then exist that no state knows, cost money and are reviewed by nobody.`,
  links: ['https://developer.hashicorp.com/terraform/language/backend/s3#state-locking'],
  looksAt: stateBackend,

  *check({ resource, kind, lockFile, lockTable, partial, reason }) {
    if (kind !== 's3' || partial || !holds(lockFile, false) || !isMissing(lockTable.at)) return;
    yield {
      at: lockFile.at,
      message: `The state of this configuration (it describes ${code(reason)}) has no lock: two applies at the same time overwrite each other. Say ${code('use_lockfile = true')} (Terraform 1.10 and newer) or name a ${code('dynamodb_table')}.`,
      fix: knowsLockFiles(resource.attr('required_version')) ? [lockFile.writes(true)] : [],
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
        suggests: '    encrypt = true\n    use_lockfile = true',
      },
      ...(['~> 1.9.0', '< 1.10', '1.5.7', '>= 1.5, < 1.8'] as const).map((version) => ({
        name: `no lock, and Terraform ${version} has no lock files`,
        files: {
          'main.tf': `terraform {
  required_version = "${version}"

  backend "s3" { # <- finds
    bucket  = "acme-terraform-state"
    key     = "serving/terraform.tfstate"
    region  = "eu-west-1"
    encrypt = true
  }
}

resource "aws_sagemaker_code_repository" "ranker" {
  code_repository_name = "ranker"
}
`,
        },
      })),
      {
        name: 'no lock, with a version that may be newer',
        files: terraform`
          terraform {
            required_version = "~> 1.5"

            backend "s3" { # <- finds
              bucket  = "acme-terraform-state"
              key     = "serving/terraform.tfstate"
              region  = "eu-west-1"
              encrypt = true
            }
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"
          }
        `,
        suggests:
          '    bucket       = "acme-terraform-state"\n    key          = "serving/terraform.tfstate"\n    region       = "eu-west-1"\n    encrypt      = true\n    use_lockfile = true',
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
