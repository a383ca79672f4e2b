import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { looseModule, type LooseModule } from '../../src/concepts/module-pin.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

const settings = file('.github/plumbline.yml');

export default defineRule({
  id: 'supply-chain/unpinned-module',
  title: 'Module may change without a commit',
  severity: 'low',
  requirements: ['R20'],
  frameworks: { nist: ['CM-2', 'SR-3', 'SI-7'], stride: ['tampering'], atlas: ['AML.T0010'] },
  why: `Terraform's lock file holds the versions of providers, not those of modules: without a version or a fixed \`ref\`, every \`terraform init\` takes whatever was published last. Two applies of the same commit can then build different things, and whoever can publish there runs code with the rights of your next apply.`,
  links: [
    'https://developer.hashicorp.com/terraform/language/modules/sources#selecting-a-revision',
    'https://developer.hashicorp.com/terraform/language/files/dependency-lock',
  ],
  looksAt: looseModule,

  *check({ of, at, address, takes }, world) {
    // That it comes from there at all is then said on the same line.
    if (world.approved?.moduleSource?.(address) === false) return;
    const reason = aiRelevance(of, world);
    if (reason === undefined) return;
    yield {
      at,
      severity: of.environment.stage === 'prod' ? 'medium' : 'low',
      message: `${code(of.address)} (${reason}) takes ${taken(takes)} of ${code(address)} at every ${code('terraform init')}: what is built can change without a commit. ${takes.is === 'newest' ? `Add ${code('version')} with the release that you tested.` : `End the source in ${code('?ref=')} with a tag, or better a commit.`}`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a registry without a version, the default branch, and branches by name',
        files: terraform`
          module "notebook" {
            source = "someone/notebook/aws" # <- finds
          }
          module "inference" {
            source = "app.terraform.io/acme/serving/aws//modules/gpu" # <- finds
          }
          module "llm" {
            source = "github.com/acme/serving//modules/llm" # <- finds
          }
          module "rag" {
            source = "git::https://git.acme.example/ml/rag.git?depth=1" # <- finds
          }
          module "mlflow" {
            source = "git@github.com:acme/mlflow.git?ref=main" # <- finds
          }
          module "ray" {
            source = "git::ssh://git@git.acme.example/ml/ray.git?depth=1&ref=refs%2Fheads%2Frelease" # <- finds
          }
          module "kubeflow" {
            source = "bitbucket.org/acme/kubeflow?ref=" # <- finds
          }
        `,
      },
      {
        name: 'an ordinary module that runs on GPUs, and one beside an endpoint',
        files: terraform`
          module "nodes" {
            source         = "terraform-aws-modules/eks/aws" # <- finds
            instance_types = ["p4d.24xlarge"]
          }
          resource "aws_sagemaker_endpoint" "ranker" {
            name                 = "ranker"
            endpoint_config_name = "ranker"
          }
          module "vpc" {
            source = "terraform-aws-modules/vpc/aws" # <- finds
          }
        `,
      },
      {
        name: 'from an approved source all the same; one that is not approved is told as that',
        files: {
          ...settings`
            approved-module-sources: [registry.terraform.io/acme]
          `,
          ...terraform`
            module "notebook" {
              source = "acme/notebook/aws" # <- finds
            }

            module "sagemaker" {
              source = "someone/sagemaker/aws"
            }
          `,
        },
      },
    ],
    good: [
      {
        name: 'a version, a tag, a commit, and what is no git and no registry',
        files: terraform`
          module "notebook" {
            source  = "someone/notebook/aws"
            version = "~> 1.2"
          }
          module "llm" {
            source = "github.com/acme/serving//modules/llm?ref=v1.4.0"
          }
          module "rag" {
            source = "git::https://git.acme.example/ml/rag.git?ref=51d462976d84fdea54b47d80dcabbf680badcdb8"
          }
          module "mlflow" {
            source = "git@github.com:acme/mlflow.git?ref=mainline-2"
          }
          module "inference" {
            source = "s3::https://s3-eu-west-1.amazonaws.com/acme-modules/inference.zip"
          }
          module "gpu" {
            source = "s3.amazonaws.com/acme/modules/gpu"
          }
          module "triton" {
            source = "https://modules.acme.example/triton.zip"
          }
          module "vllm" {
            source = "./modules/vllm"
          }
        `,
      },
      {
        name: 'nothing of an AI system',
        files: terraform`
          module "vpc" {
            source = "terraform-aws-modules/vpc/aws"
          }
          module "shop" {
            source = "github.com/acme/shop"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'a version or a ref that is put together',
        files: terraform`
          variable "release" {
            type = string
          }
          module "notebook" {
            source  = "someone/notebook/aws"
            version = var.release
          }
          module "llm" {
            source = "git::https://git.acme.example/ml/llm.git?ref=\${var.release}"
          }
        `,
      },
    ],
  },
});

function taken(takes: LooseModule['takes']): string {
  if (takes.is === 'branch') return `whatever the branch ${code(takes.name)} holds`;
  return takes.is === 'newest' ? 'the newest release' : 'whatever the default branch holds';
}
