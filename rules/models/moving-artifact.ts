import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { servedModel } from '../../src/concepts/served-model.ts';
import { textOf } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'models/moving-artifact',
  title: 'Served model is whatever lies under “latest”',
  severity: 'low',
  requirements: ['R2', 'R8', 'R40'],
  frameworks: { nist: ['CM-2', 'SI-7'], stride: ['tampering'], atlas: ['AML.T0018', 'AML.T0010'], owasp: ['LLM03:2025'] },
  why: `SageMaker reads the artifact again for every new instance. What lies under a name like latest changes without a deployment: a scale-out can bring in another model next to the one that was tested, a rollback brings nothing back, and whoever may write the bucket changes what is served.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html'],
  looksAt: servedModel,

  *check({ resource, containers }) {
    for (const { artifacts } of containers)
      for (const at of artifacts) {
        const moving = /(?:^|[/_.-])(latest|current)(?:[/_.-]|$)/i.exec(textOf(at) ?? '')?.[1];
        if (moving === undefined) continue;
        yield {
          at,
          message: `Model ${code(resource.address)} loads what lies under ${code(moving)} whenever an instance starts, so what is served can change without a deployment. Give each version a key of its own.`,
        };
      }
  },

  examples: {
    bad: [
      {
        name: 'latest',
        files: terraform`
          resource "aws_sagemaker_model" "ranker" {
            name                     = "ranker"
            execution_role_arn       = "arn:aws:iam::111122223333:role/serving"
            enable_network_isolation = true

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://acme-models/ranker/latest/model.tar.gz" # <- finds
            }
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Ranker:
              Type: AWS::SageMaker::Model
              Properties:
                ExecutionRoleArn: arn:aws:iam::111122223333:role/serving
                EnableNetworkIsolation: true
                PrimaryContainer:
                  Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2
                  ModelDataSource:
                    S3DataSource:
                      S3Uri: s3://acme-models/ranker-current/ # <- finds
                      S3DataType: S3Prefix
                      CompressionType: None
        `,
      },
    ],
    good: [
      {
        name: 'a key for each version; a name that only sounds like it',
        files: terraform`
          resource "aws_sagemaker_model" "ranker" {
            name                     = "ranker"
            execution_role_arn       = "arn:aws:iam::111122223333:role/serving"
            enable_network_isolation = true

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://acme-models/ranker/2026-11-21/model.tar.gz"
            }
          }

          resource "aws_sagemaker_model" "flow" {
            name                     = "flow"
            execution_role_arn       = "arn:aws:iam::111122223333:role/serving"
            enable_network_isolation = true

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/flow:1.4.2"
              model_data_url = "s3://acme-models/currently/1.2.0/model.tar.gz"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller names the version',
        files: terraform`
          variable "model_version" {
            type = string
          }

          resource "aws_sagemaker_model" "ranker" {
            name                     = "ranker"
            execution_role_arn       = "arn:aws:iam::111122223333:role/serving"
            enable_network_isolation = true

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://acme-models/ranker/\${var.model_version}/model.tar.gz"
            }
          }
        `,
      },
    ],
  },
});
