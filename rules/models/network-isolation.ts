import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { servedModel } from '../../src/concepts/served-model.ts';

export default defineRule({
  id: 'models/network-isolation',
  title: 'Model container can reach the network',
  severity: 'medium',
  requirements: ['R29', 'R45'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure', 'tampering'] },
  why: `Without network isolation the code inside a model container can open connections: a tampered model or library can fetch more code, or send requests and the role's credentials away. With isolation SageMaker moves artifacts and requests in and out, and the container itself has no network and no credentials. Containers that download weights or call other services when they start need those brought in as model data first.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html'],
  looksAt: servedModel,

  *check({ resource, networkIsolation }) {
    if (networkIsolation.is !== 'known' || networkIsolation.value) return;
    const state = networkIsolation.written
      ? 'turns network isolation off'
      : 'runs without network isolation, which is off unless it is asked for';
    yield {
      at: networkIsolation.at,
      message: `Model ${code(resource.address)} ${state}. Code in its containers can call out, so a poisoned artifact could send inference data or the role's credentials away.`,
      fix: [networkIsolation.writes(true)],
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
    ],
    good: [
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
