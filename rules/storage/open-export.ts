import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { holds } from '../../src/concepts/setting.ts';
import { nfsExport } from '../../src/concepts/volume.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'storage/open-export',
  title: 'File system is exported to every client',
  severity: 'medium',
  requirements: ['R2', 'R6'],
  frameworks: { nist: ['AC-3', 'SC-7'], stride: ['information-disclosure', 'tampering'] },
  why: `NFS asks for no password: whoever reaches the file system and matches the client pattern may mount it. With "*" that is every machine that a route or peering lets in, and home directories, datasets and checkpoints are open to it.`,
  links: ['https://docs.aws.amazon.com/fsx/latest/APIReference/API_OpenZFSClientConfiguration.html'],
  looksAt: nfsExport,

  *check({ resource, clients, writable }, world) {
    if (!holds(clients, '*')) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: clients.at,
      severity: writable ? 'medium' : 'low',
      message: `${code(resource.address)} exports its files ${writable ? 'for reading and writing ' : ''}to any client that is open to the network (${reason}). Limit the clients to the CIDR of the VPC.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'any client',
        files: terraform`
          resource "aws_fsx_openzfs_file_system" "ml_training" {
            deployment_type     = "SINGLE_AZ_2"
            storage_capacity    = 512
            throughput_capacity = 160
            subnet_ids          = ["subnet-0a1b2c3d"]

            root_volume_configuration {
              nfs_exports {
                client_configurations {
                  clients = "*" # <- finds
                  options = ["rw", "crossmnt"]
                }
              }
            }
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            TrainingData:
              Type: AWS::FSx::FileSystem
              Properties:
                FileSystemType: OPENZFS
                StorageCapacity: 512
                SubnetIds: [subnet-0a1b2c3d]
                OpenZFSConfiguration:
                  DeploymentType: SINGLE_AZ_2
                  RootVolumeConfiguration:
                    NfsExports:
                      - ClientConfigurations:
                          - Clients: "*" # <- finds
                            Options: [rw, crossmnt]
        `,
      },
    ],
    good: [
      {
        name: 'the VPC',
        files: terraform`
          resource "aws_fsx_openzfs_file_system" "ml_training" {
            deployment_type     = "SINGLE_AZ_2"
            storage_capacity    = 512
            throughput_capacity = 160
            subnet_ids          = ["subnet-0a1b2c3d"]

            root_volume_configuration {
              nfs_exports {
                client_configurations {
                  clients = "10.0.0.0/16"
                  options = ["rw", "crossmnt"]
                }
              }
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "clients" {
            type = string
          }

          resource "aws_fsx_openzfs_file_system" "ml_training" {
            deployment_type     = "SINGLE_AZ_2"
            storage_capacity    = 512
            throughput_capacity = 160
            subnet_ids          = ["subnet-0a1b2c3d"]

            root_volume_configuration {
              nfs_exports {
                client_configurations {
                  clients = var.clients
                  options = ["rw", "crossmnt"]
                }
              }
            }
          }
        `,
      },
    ],
  },
});
