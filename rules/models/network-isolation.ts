import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { servedModel, type ModelContainer } from '../../src/concepts/served-model.ts';

export default defineRule({
  id: 'models/network-isolation',
  title: 'Model container can reach the network',
  severity: 'medium',
  requirements: ['R29', 'R45'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure', 'tampering'] },
  why: `Without network isolation the code inside a model container can open connections: a tampered model or library can fetch more code, or send requests and the role's credentials away. With isolation SageMaker moves artifacts and requests in and out, and the container itself has no network and no credentials. Containers that download weights or call other services when they start need those brought in as model data first.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html'],
  looksAt: servedModel,

  *check({ resource, networkIsolation, serverless, containers }) {
    if (networkIsolation.is !== 'known' || networkIsolation.value || serverless) return;
    const state = networkIsolation.written
      ? 'turns network isolation off'
      : 'runs without network isolation, which is off unless it is asked for';
    const [fetched] = containers.flatMap(fetchedAtStart);
    const first =
      fetched === undefined ? '' : ` Where ${code(fetched)} makes it fetch something at the start, bring that in as model data first.`;
    yield {
      at: networkIsolation.at,
      message: `Model ${code(resource.address)} ${state}. Code in its containers can call out, so a poisoned artifact could send inference data or the role's credentials away.${first}`,
      // Without a network such a container would not start.
      fix: fetched === undefined ? [networkIsolation.writes(true)] : [],
    };
  },

  examples: {
    bad: [
      {
        name: 'turned off',
        files: terraform`
          resource "aws_sagemaker_model" "ranker" {
            name                     = "ranker"
            execution_role_arn       = aws_iam_role.model.arn
            enable_network_isolation = false # <- finds

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://acme-models/ranker/1.4.2/model.tar.gz"
            }
          }
        `,
        suggests: '  enable_network_isolation = true',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Ranker:
              Type: AWS::SageMaker::Model
              Properties:
                ExecutionRoleArn: arn:aws:iam::111122223333:role/model
                EnableNetworkIsolation: false # <- finds
                PrimaryContainer:
                  Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2
        `,
        suggests: '      EnableNetworkIsolation: true',
      },
      {
        name: 'served on instances as well',
        files: terraform`
          resource "aws_sagemaker_model" "ranker" { # <- finds
            name               = "ranker"
            execution_role_arn = "arn:aws:iam::111122223333:role/model"

            primary_container {
              image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
            }

            vpc_config {
              subnets            = ["subnet-0a1b2c3d"]
              security_group_ids = ["sg-0a1b2c3d"]
            }
          }

          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"

            production_variants {
              variant_name = "small"
              model_name   = aws_sagemaker_model.ranker.name

              serverless_config {
                max_concurrency   = 5
                memory_size_in_mb = 2048
              }
            }

            production_variants {
              variant_name           = "large"
              model_name             = aws_sagemaker_model.ranker.name
              instance_type          = "ml.m5.large"
              initial_instance_count = 2
            }
          }
        `,
        suggests: `  name                     = "ranker"
  execution_role_arn       = "arn:aws:iam::111122223333:role/model"
  enable_network_isolation = true`,
      },
      {
        name: 'weights from the hub, which an isolated container can’t fetch',
        files: cloudformation`
          Resources:
            Llm:
              Type: AWS::SageMaker::Model
              Properties:
                ExecutionRoleArn: arn:aws:iam::111122223333:role/model
                EnableNetworkIsolation: false # <- finds
                VpcConfig: { Subnets: [subnet-0a1b2c3d], SecurityGroupIds: [sg-0a1b2c3d] }
                PrimaryContainer:
                  Image: 763104351884.dkr.ecr.eu-west-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.7.0
                  Environment:
                    SM_NUM_GPUS: "1"
                    HF_MODEL_ID: acme/chat-7b
        `,
      },
      {
        name: 'weights that SageMaker brings',
        files: cloudformation`
          Resources:
            Llm:
              Type: AWS::SageMaker::Model
              Properties:
                ExecutionRoleArn: arn:aws:iam::111122223333:role/model
                EnableNetworkIsolation: false # <- finds
                VpcConfig: { Subnets: [subnet-0a1b2c3d], SecurityGroupIds: [sg-0a1b2c3d] }
                PrimaryContainer:
                  Image: 763104351884.dkr.ecr.eu-west-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.7.0
                  ModelDataUrl: s3://acme-models/chat-7b/model.tar.gz
                  Environment:
                    HF_MODEL_ID: /opt/ml/model
        `,
        suggests: '      EnableNetworkIsolation: true',
      },
    ],
    good: [
      {
        name: 'served without instances, where there is neither',
        files: cloudformation`
          Parameters:
            Stage: { Type: String }
          Conditions:
            InProduction: !Equals [!Ref Stage, prod]
          Resources:
            Ranker:
              Type: AWS::SageMaker::Model
              Properties:
                ExecutionRoleArn: arn:aws:iam::111122223333:role/model
                PrimaryContainer:
                  Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2
            Small:
              Type: AWS::SageMaker::EndpointConfig
              Properties:
                ProductionVariants:
                  - VariantName: main
                    ModelName: !GetAtt Ranker.ModelName
                    InitialVariantWeight: 1
                    ServerlessConfig: { MaxConcurrency: 5, MemorySizeInMB: 2048 }
            Staged:
              Type: AWS::SageMaker::EndpointConfig
              Properties:
                ProductionVariants:
                  - VariantName: main
                    ModelName: !GetAtt Ranker.ModelName
                    InitialVariantWeight: 1
                    ServerlessConfig: !If
                      - InProduction
                      - !Ref AWS::NoValue
                      - { MaxConcurrency: 5, MemorySizeInMB: 2048 }
        `,
      },
      {
        name: 'isolated and in a VPC',
        files: terraform`
          resource "aws_sagemaker_model" "ranker" {
            name                     = "ranker"
            execution_role_arn       = aws_iam_role.model.arn
            enable_network_isolation = true

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://acme-models/ranker/1.4.2/model.tar.gz"
            }

            vpc_config {
              subnets            = [aws_subnet.private.id]
              security_group_ids = [aws_security_group.model.id]
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'depends on an environment that is not known here',
        files: terraform`
          variable "env" {
            type = string
          }

          resource "aws_sagemaker_model" "ranker" {
            name                     = "ranker"
            execution_role_arn       = aws_iam_role.model.arn
            enable_network_isolation = var.env == "prod" ? true : false

            primary_container {
              image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
            }

            vpc_config {
              subnets            = [aws_subnet.private.id]
              security_group_ids = [aws_security_group.model.id]
            }
          }
        `,
      },
    ],
  },
});

/** Variables that make a container fetch something when it starts: a model of the hub by its name, code or data by an address. */
function fetchedAtStart({ environment }: ModelContainer): readonly string[] {
  if (environment.is !== 'map') return [];
  return [...environment.entries].flatMap(([name, value]) => {
    const text = value.is === 'known' ? String(value.value) : value.is === 'unknown' ? (value.parts?.[0] ?? '') : '';
    return /^(?:s3|https?):\/\//.test(text) || (/^(?:HF_MODEL_ID|OPTION_MODEL_ID)$/.test(name) && !text.startsWith('/')) ? [name] : [];
  });
}
