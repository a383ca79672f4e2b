import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { servedModel } from '../../src/concepts/served-model.ts';
import { holds, isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'models/outside-vpc',
  title: 'Model runs outside your network',
  severity: 'low',
  requirements: ['R32', 'R45'],
  frameworks: { nist: ['SC-7'], stride: ['information-disclosure'] },
  why: `A model without a VPC configuration loads its artifact and talks to other services over a network that AWS manages. None of your security groups, endpoint policies or flow logs apply to it, so you can't limit which buckets it reads, nor see what it contacted. In production that is usually a condition of approval.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html'],
  looksAt: servedModel,

  *check({ resource, vpc, networkIsolation, serverless }) {
    // An isolated container has no network at all; the VPC then only carries the download of the artifact.
    if (!isMissing(vpc) || holds(networkIsolation, true) || serverless) return;
    const production = resource.environment.stage === 'prod';
    yield {
      at: vpc,
      severity: production ? 'medium' : 'low',
      message: `Model ${code(resource.address)} has no VPC configuration${production ? ', in production' : ''}: its traffic, artifact download included, passes none of your security groups or endpoint policies.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'no VPC',
        files: terraform`
          resource "aws_sagemaker_model" "ranker" { # <- finds
            name               = "ranker"
            execution_role_arn = aws_iam_role.model.arn

            primary_container {
              image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
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
                ExecutionRoleArn: arn:aws:iam::111122223333:role/model # <- finds
                PrimaryContainer:
                  Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2
        `,
      },
    ],
    good: [
      {
        name: 'served without instances, where there is neither',
        files: cloudformation`
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
        `,
      },
      {
        name: 'in a VPC',
        files: cloudformation`
          Resources:
            Ranker:
              Type: AWS::SageMaker::Model
              Properties:
                ExecutionRoleArn: arn:aws:iam::111122223333:role/model
                EnableNetworkIsolation: true
                VpcConfig:
                  Subnets: [subnet-0a1b2c3d]
                  SecurityGroupIds: [sg-0a1b2c3d]
                PrimaryContainer:
                  Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2
        `,
      },
    ],
    unknown: [
      {
        name: 'the block depends on a value that is not known',
        files: terraform`
          variable "subnets" {
            type = list(string)
          }

          resource "aws_sagemaker_model" "ranker" {
            name                     = "ranker"
            execution_role_arn       = aws_iam_role.model.arn
            enable_network_isolation = true

            primary_container {
              image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
            }

            dynamic "vpc_config" {
              for_each = length(var.subnets) > 0 ? [1] : []
              content {
                subnets            = var.subnets
                security_group_ids = [aws_security_group.model.id]
              }
            }
          }
        `,
      },
    ],
  },
});
