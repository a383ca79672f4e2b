import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { controlPlane } from '../../src/concepts/control-plane.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'training/public-control-plane',
  title: 'Cluster API is open to the whole internet',
  severity: 'high',
  requirements: ['R6', 'R25', 'R41'],
  frameworks: { cis: ['EKS 5.4.1', 'GKE 5.6.3'], nist: ['SC-7', 'AC-17'], stride: ['elevation-of-privilege', 'denial-of-service'] },
  why: `The cluster's API decides what runs on the GPUs and hands out every secret of the cluster. With a public address and no limit on who may connect, one leaked kubeconfig, or one flaw in the API server, is enough to take it over from anywhere. It is the default on all three clouds.`,
  links: [
    'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
    'https://cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks',
  ],
  looksAt: controlPlane,

  *check({ resource, noun, publicAddress, allowed, everyone, rangesStand }, world) {
    if (everyone !== true) return;
    const ranges = allowed.is !== 'absent';
    // A list that lets everyone in is a hole even while the address is private: what is peered or routed in may use it.
    const inside = rangesStand === true && ranges && !holds(publicAddress, true);
    if (!inside && !holds(publicAddress, true)) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    const written = ranges || (publicAddress.is === 'known' && publicAddress.written);
    const state = inside
      ? 'lists every address (0.0.0.0/0) as allowed to reach its API, so only its private address keeps the public out'
      : ranges
        ? 'lets every address on the internet (0.0.0.0/0) reach its API'
        : `has a public API and does not limit who may connect${written ? '' : ', the default'}`;
    yield {
      at: ranges ? allowed : publicAddress.at,
      severity: written && !inside ? 'high' : 'medium',
      message: `${noun} ${code(resource.address)} ${state} (${reason}). Use a private endpoint, or list the ranges of your network.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a public address',
        files: terraform`
          resource "aws_eks_cluster" "training" {
            name     = "gpu-training"
            role_arn = "arn:aws:iam::111122223333:role/eks"

            vpc_config {
              subnet_ids = ["subnet-0a1b2c3d", "subnet-0e5f6a7b"]
              endpoint_public_access = true # <- finds
            }
          }
        `,
      },
      {
        name: 'every range',
        files: terraform`
          resource "google_container_cluster" "training" {
            name     = "gpu-training"
            location = "europe-west4"

            master_authorized_networks_config {
              cidr_blocks {
                cidr_block   = "0.0.0.0/0" # <- finds
                display_name = "VPC"
              }
            }
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            TrainingCluster:
              Type: AWS::EKS::Cluster
              Properties:
                Name: gpu-training
                RoleArn: arn:aws:iam::111122223333:role/eks
                ResourcesVpcConfig:
                  SubnetIds: [subnet-0a1b2c3d, subnet-0e5f6a7b]
                  EndpointPublicAccess: true
                  PublicAccessCidrs: ["0.0.0.0/0"] # <- finds
        `,
      },
      {
        name: 'every range, which only a private address limits',
        files: terraform`
          resource "google_container_cluster" "training" {
            name     = "gpu-training"
            location = "europe-west1"

            private_cluster_config {
              enable_private_endpoint = true
            }

            master_authorized_networks_config {
              cidr_blocks {
                cidr_block = "0.0.0.0/0" # <- finds
              }
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'private',
        files: terraform`
          resource "aws_eks_cluster" "training" {
            name     = "gpu-training"
            role_arn = "arn:aws:iam::111122223333:role/eks"

            vpc_config {
              subnet_ids = ["subnet-0a1b2c3d", "subnet-0e5f6a7b"]
              endpoint_public_access  = false
              endpoint_private_access = true
            }
          }
        `,
      },
      {
        name: 'only the office',
        files: terraform`
          resource "aws_eks_cluster" "training" {
            name     = "gpu-training"
            role_arn = "arn:aws:iam::111122223333:role/eks"

            vpc_config {
              subnet_ids = ["subnet-0a1b2c3d", "subnet-0e5f6a7b"]
              public_access_cidrs = ["203.0.113.0/24"]
            }
          }
        `,
      },
      {
        name: 'a web shop is none of our business',
        files: terraform`
          resource "aws_eks_cluster" "shop" {
            name     = "shop"
            role_arn = "arn:aws:iam::111122223333:role/eks"

            vpc_config {
              subnet_ids             = ["subnet-0a1b2c3d"]
              endpoint_public_access = true
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "public" {
            type = bool
          }

          resource "aws_eks_cluster" "training" {
            name     = "gpu-training"
            role_arn = "arn:aws:iam::111122223333:role/eks"

            vpc_config {
              subnet_ids = ["subnet-0a1b2c3d", "subnet-0e5f6a7b"]
              endpoint_public_access = var.public
            }
          }
        `,
      },
    ],
  },
});
