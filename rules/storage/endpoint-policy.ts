import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { grant } from '../../src/concepts/grants.ts';
import { coveredBy, isOpen, reachesAll } from '../../src/concepts/policy.ts';
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
    if (!isOpen(statement) || !reachesAll(resources) || actions.except) return;
    const by = coveredBy(actions, 's3:PutObject');
    if (by === undefined || !endpointsOf(resource, world).some(leadsToS3)) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: statement.at,
      message: `The policy of ${code(resource.address)} allows ${code(by)} on every resource, so data can leave through it to any bucket, also of other accounts (${reason}). Limit it to the buckets that are needed, or to your organisation.`,
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
      {
        name: 'a document that lets objects be written anywhere',
        files: terraform`
          resource "aws_vpc_endpoint" "ml_training_s3" {
            vpc_id       = "vpc-0a1b2c3d"
            service_name = "com.amazonaws.\${var.region}.s3"
          }

          resource "aws_vpc_endpoint_policy" "ml_training_s3" {
            vpc_endpoint_id = aws_vpc_endpoint.ml_training_s3.id
            policy          = data.aws_iam_policy_document.ml_training_s3.json
          }

          variable "region" {
            type = string
          }

          data "aws_iam_policy_document" "ml_training_s3" {
            statement { # <- finds
              actions   = ["s3:GetObject", "s3:PutObject"]
              resources = ["*"]

              principals {
                type        = "*"
                identifiers = ["*"]
              }
            }
          }
        `,
      },
      {
        name: 'a policy of its own',
        files: terraform`
          resource "aws_vpc_endpoint" "ml_training_s3" {
            vpc_id       = "vpc-0a1b2c3d"
            service_name = "com.amazonaws.eu-west-1.s3"
          }

          resource "aws_vpc_endpoint_policy" "ml_training_s3" {
            vpc_endpoint_id = aws_vpc_endpoint.ml_training_s3.id
            policy = jsonencode({
              Version   = "2012-10-17"
              Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:*", Resource = "*" }] # <- finds
            })
          }
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
      {
        name: 'reading alone, everything but S3, another service, and a role',
        files: terraform`
          resource "aws_vpc_endpoint" "ml_training_s3" {
            vpc_id       = "vpc-0a1b2c3d"
            service_name = "com.amazonaws.eu-west-1.s3"
            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [
                { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*" },
                { Effect = "Allow", Principal = "*", NotAction = "s3:*", Resource = "*" },
              ]
            })
          }

          resource "aws_vpc_endpoint" "sagemaker" {
            vpc_id            = "vpc-0a1b2c3d"
            vpc_endpoint_type = "Interface"
            service_name      = "com.amazonaws.eu-west-1.sagemaker.api"
            policy = jsonencode({
              Version   = "2012-10-17"
              Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }]
            })
          }

          resource "aws_iam_role_policy" "sagemaker_training" {
            role = "training"
            policy = jsonencode({
              Version   = "2012-10-17"
              Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }]
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

const isEndpoint = ({ type }: Resource): boolean => type === 'aws_vpc_endpoint' || type === 'AWS::EC2::VPCEndpoint';

/** The endpoints that a policy is for: the one that it stands in, or those that it is attached to. */
function endpointsOf(resource: Resource, world: World): readonly Resource[] {
  if (isEndpoint(resource)) return [resource];
  const attached = resource.type === 'aws_vpc_endpoint_policy' ? [resource] : world.graph.dependents(resource);
  return attached.flatMap((user) => (user.type === 'aws_vpc_endpoint_policy' ? world.graph.dependencies(user) : [user])).filter(isEndpoint);
}

/** `com.amazonaws.eu-west-1.s3`, also with a region that is not known. Endpoints of other services, which mostly allow everything, lead to no bucket. */
function leadsToS3(endpoint: Resource): boolean {
  const [written, formation] = [endpoint.attr('service_name'), endpoint.attr('Properties', 'ServiceName')];
  const service = written.is === 'absent' ? formation : written;
  const end = service.is === 'known' ? String(service.value) : service.is === 'unknown' ? service.parts?.at(-1) : undefined;
  return end?.endsWith('.s3') === true;
}
