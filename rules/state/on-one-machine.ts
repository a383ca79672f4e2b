import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { stateBackend } from '../../src/concepts/state-backend.ts';

export default defineRule({
  id: 'state/on-one-machine',
  title: 'State is a file on one machine',
  severity: 'low',
  requirements: ['R18', 'R34', 'R13'],
  frameworks: { nist: ['CP-9', 'CM-3', 'SC-28'], stride: ['denial-of-service', 'information-disclosure'] },
  why: `A local state is known to one person's disk or one runner only: nobody else can plan or compare, two people build everything twice, and when the file is lost the endpoints and clusters run on, unmanaged and paid for. It also holds every secret in plain text.`,
  links: ['https://developer.hashicorp.com/terraform/language/backend/local'],
  looksAt: stateBackend,

  *check({ resource, view, kind, reason }) {
    if (kind !== 'local' || resource.environment.stage === 'dev') return;
    const production = resource.environment.stage === 'prod';
    yield {
      at: view,
      severity: production ? 'medium' : 'low',
      message: `The state of ${production ? 'this production configuration' : 'this configuration'} (it describes ${code(reason)}) is a file on the machine that runs Terraform, with every secret in plain text and no lock. Keep it in a backend that is shared, encrypted and locked.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'said so',
        files: terraform`
          terraform {
            backend "local" { # <- finds
              path = "terraform.tfstate"
            }
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"
          }
        `,
      },
      {
        name: 'in production',
        files: {
          'envs/prod/main.tf': `terraform {
  backend "local" {} # <- finds
}

resource "aws_sagemaker_code_repository" "ranker" {
  code_repository_name = "ranker"
}
`,
        },
      },
    ],
    good: [
      {
        name: 'shared',
        files: terraform`
          terraform {
            backend "gcs" {
              bucket = "acme-terraform-state"
              prefix = "serving"
            }
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"
          }
        `,
      },
      {
        name: 'a sandbox',
        files: {
          'envs/dev/main.tf': `terraform {
  backend "local" {}
}

resource "aws_sagemaker_code_repository" "ranker" {
  code_repository_name = "ranker"
}
`,
        },
      },
    ],
    unknown: [
      {
        name: 'nothing is said: it may be given when it is initialised',
        files: terraform`
          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"
          }
        `,
      },
    ],
  },
});
