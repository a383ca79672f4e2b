import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { grant } from '../../src/concepts/grants.ts';
import { isOpen, reachesAll } from '../../src/concepts/policy.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { World } from '../../src/model/world.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'storage/endpoint-policy',
  title: 'VPC endpoint lets data go to any bucket',
  severity: 'medium',
  requirements: ['R6', 'R17', 'R45'],
  frameworks: { nist: ['AC-4', 'SC-7'], stride: ['information-disclosure'] },
  why: `An S3 endpoint is often the only way out of a training network, and its policy is the only thing that decides where data may go. One that allows every principal and every bucket lets code in the network copy the training data to a bucket in somebody else's account, without ever touching the internet.`,
  links: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#privatelink-endpoint-policies'],
  looksAt: grant,

  *check(statement, world) {
    const { actions, resources, resource } = statement;
    if (!/^(?:aws_vpc_endpoint|aws_vpc_endpoint_policy|AWS::EC2::VPCEndpoint|data\.aws_iam_policy_document)$/.test(resource.type)) return;
    if (resource.type.startsWith('data.') && !isForEndpoint(resource, world)) return;
    if (!isOpen(statement) || !reachesAll(resources) || actions.except) return;
    if (!actions.texts.some((text) => text === '*' || text === 's3:*')) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: statement.at,
      message: `The policy of ${code(resource.address)} allows every action on every resource, so data can leave through it to any bucket, also of other accounts (${reason}). Limit it to the buckets that are needed, or to your organisation.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'everything is allowed',
        files: terraform`
          resource "aws_vpc_endpoint" "ml_training_s3" {
            vpc_id       = aws_vpc.main.id
            service_name = "com.amazonaws.eu-west-1.s3"

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{ # <- finds
                Effect    = "Allow"
                Principal = "*"
                Action    = "*"
                Resource  = "*"
              }]
            })
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            TrainingS3Endpoint:
              Type: AWS::EC2::VPCEndpoint
              Properties:
                VpcId: vpc-0a1b2c3d
                ServiceName: com.amazonaws.eu-west-1.s3
                PolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    - Effect: Allow # <- finds
                      Principal: "*"
                      Action: ["*"]
                      Resource: ["*"]
        `,
      },
    ],
    good: [
      {
        name: 'one bucket',
        files: terraform`
          resource "aws_vpc_endpoint" "ml_training_s3" {
            vpc_id       = aws_vpc.main.id
            service_name = "com.amazonaws.eu-west-1.s3"

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Principal = "*"
                Action    = "s3:GetObject"
                Resource  = "arn:aws:s3:::acme-training-data/*"
              }]
            })
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the policy comes from the caller',
        files: terraform`
          variable "policy" {
            type = string
          }

          resource "aws_vpc_endpoint" "ml_training_s3" {
            vpc_id       = aws_vpc.main.id
            service_name = "com.amazonaws.eu-west-1.s3"
            policy       = var.policy
          }
        `,
      },
    ],
  },
});

const isForEndpoint = (document: Resource, world: World): boolean =>
  world.graph.dependents(document).some((user) => user.type.startsWith('aws_vpc_endpoint'));
