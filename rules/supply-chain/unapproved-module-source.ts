import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { moduleFrom } from '../../src/concepts/module-source.ts';

const settings = file('.github/plumbline.yml');

export default defineRule({
  id: 'supply-chain/unapproved-module-source',
  title: 'Module comes from a source that is not approved',
  severity: 'medium',
  requirements: ['R20'],
  frameworks: { nist: ['SR-3', 'CM-7', 'SI-7'], stride: ['tampering', 'elevation-of-privilege'] },
  why: `Your settings list where Terraform modules may come from. A module runs with the rights of whoever applies it, which is often the whole account, so one that nobody has vetted can make anything. The rule speaks only where \`approved-module-sources\` is set.`,
  links: ['https://developer.hashicorp.com/terraform/language/modules/sources'],
  looksAt: moduleFrom,

  *check({ of, at, address }, world) {
    const isApproved = world.approved?.moduleSource;
    if (!isApproved || isApproved(address)) return;
    yield {
      at,
      subject: address,
      message: `${code(of.address)} takes its code from ${code(address)}, which ${code('approved-module-sources')} in your settings does not list. Whoever can publish there runs code with the rights of your next apply. Take an approved module, or have this source approved.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'the public registry, git and a bucket',
        files: {
          ...settings`
            approved-module-sources:
              - registry.terraform.io/terraform-aws-modules
              - app.terraform.io/acme
              - github.com/acme
          `,
          ...terraform`
            module "notebook" {
              source  = "someone/notebook/aws" # <- finds
              version = "1.2.0"
            }
            module "endpoint" {
              source = "git::https://github.com/someone/endpoint.git//modules/llm?ref=v1.0.0" # <- finds
            }
            module "gpu" {
              source = "git@gitlab.com:acme/gpu.git?ref=v1.0.0" # <- finds
            }
            module "store" {
              source = "s3::https://s3-eu-west-1.amazonaws.com/acme-modules/store.zip" # <- finds
            }
            module "private" {
              source  = "app.terraform.io/other/store/aws" # <- finds
              version = "1.0.0"
            }
          `,
        },
      },
    ],
    good: [
      {
        name: 'approved sources, and modules of the repository',
        files: {
          ...settings`
            approved-module-sources:
              - registry.terraform.io/terraform-aws-modules
              - app.terraform.io/acme
              - github.com/acme
              - git.acme.example:8443/ml/**
          `,
          ...terraform`
            module "vpc" {
              source  = "terraform-aws-modules/vpc/aws"
              version = "6.0.1"
            }
            module "key" {
              source  = "registry.terraform.io/terraform-aws-modules/kms/aws//modules/x"
              version = "4.0.0"
            }
            module "store" {
              source  = "app.terraform.io/acme/store/aws"
              version = "1.0.0"
            }
            module "endpoint" {
              source = "git::ssh://git@github.com/Acme/endpoint.git?ref=v1.0.0"
            }
            module "short" {
              source = "github.com/acme/endpoint//modules/llm?ref=v1.0.0"
            }
            module "gpu" {
              source = "git::https://git.acme.example:8443/ml/gpu.git?ref=v1.0.0"
            }
            module "local" {
              source = "./modules/local"
            }
          `,
        },
      },
      {
        name: 'without the setting modules come from anywhere',
        files: terraform`
          module "notebook" {
            source  = "someone/notebook/aws"
            version = "1.2.0"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'a source that is put together',
        files: {
          ...settings`
            approved-module-sources: [github.com/acme]
          `,
          ...terraform`
            variable "host" {
              type = string
            }
            module "notebook" {
              source = "git::https://\${var.host}/acme/notebook.git"
            }
          `,
        },
      },
    ],
  },
});
