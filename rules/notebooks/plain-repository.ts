import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { clonedRepository } from '../../src/concepts/notebook-start.ts';

export default defineRule({
  id: 'notebooks/plain-repository',
  title: 'Notebook clones code over a plain connection',
  severity: 'medium',
  requirements: ['R31', 'R2'],
  frameworks: { nist: ['SC-8', 'SI-7'], stride: ['tampering', 'information-disclosure'], atlas: ['AML.T0010'] },
  why: `The notebook clones this repository whenever it starts, and its user runs what is in it. Over plain HTTP anybody on the way can change the code, and read the password that goes with the request.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-git-repo.html'],
  looksAt: clonedRepository,

  *check({ resource, at, url }) {
    const host = /^(?:http|git):\/\/(?:[^@/]{0,200}@)?([\w.-]{1,253})/.exec(url)?.[1];
    if (host === undefined) return;
    const known = hosted.exec(url)?.[1];
    const secure = known && `https://${known}`;
    yield {
      at,
      message: `${code(resource.address)} clones code from ${code(host)} without encryption, so it can be changed on the way into the notebook. Use ${code('https://')}.`,
      fix: secure === undefined ? [] : [{ do: 'set', at, to: secure }],
    };
  },

  examples: {
    bad: [
      {
        name: 'a repository',
        files: terraform`
          resource "aws_sagemaker_code_repository" "research" {
            code_repository_name = "research"

            git_config {
              repository_url = "http://git.example.com/acme/research.git" # <- finds
            }
          }
        `,
      },
      {
        name: 'a repository of a service that answers over TLS',
        files: terraform`
          resource "aws_sagemaker_code_repository" "research" {
            code_repository_name = "research"

            git_config {
              repository_url = "http://github.com/acme/research.git" # <- finds
            }
          }
        `,
        suggests: '    repository_url = "https://github.com/acme/research.git"',
      },
      {
        name: 'CloudFormation: among several of a notebook',
        files: cloudformation`
          Resources:
            Research:
              Type: AWS::SageMaker::NotebookInstance
              Properties:
                InstanceType: ml.t3.medium
                RoleArn: arn:aws:iam::111122223333:role/notebook
                DefaultCodeRepository: https://git.example.com/acme/research.git
                AdditionalCodeRepositories:
                  - https://git.example.com/acme/tools.git
                  - git://git.example.com/acme/data.git # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'encrypted, or by name',
        files: terraform`
          resource "aws_sagemaker_code_repository" "research" {
            code_repository_name = "research"

            git_config {
              repository_url = "https://git.example.com/acme/research.git"
            }
          }

          resource "aws_sagemaker_notebook_instance" "research" {
            name                    = "research"
            role_arn                = "arn:aws:iam::111122223333:role/notebook"
            instance_type           = "ml.t3.medium"
            subnet_id               = "subnet-0a1b2c3d"
            kms_key_id              = "alias/notebooks"
            root_access             = "Disabled"
            direct_internet_access  = "Disabled"
            default_code_repository = aws_sagemaker_code_repository.research.code_repository_name

            instance_metadata_service_configuration {
              minimum_instance_metadata_service_version = "2"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller names it',
        files: terraform`
          variable "repository" {
            type = string
          }

          resource "aws_sagemaker_code_repository" "research" {
            code_repository_name = "research"

            git_config {
              repository_url = var.repository
            }
          }
        `,
      },
    ],
  },
});

/** Services that answer over TLS under the same name; an address with a password in it is left to people. */
const hosted = /^(?:http|git):\/\/((?:github\.com|gitlab\.com|bitbucket\.org|huggingface\.co)\/\S+)$/;
