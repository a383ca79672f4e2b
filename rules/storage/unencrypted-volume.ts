import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { volume } from '../../src/concepts/volume.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'storage/unencrypted-volume',
  title: 'Data of an AI system is stored unencrypted',
  severity: 'high',
  requirements: ['R6', 'R19', 'R33'],
  frameworks: { nist: ['SC-28'], stride: ['information-disclosure'] },
  why: `Datasets, features, checkpoints and notebooks on an unencrypted volume can be read from every snapshot, backup and discarded disk. Encryption can't be switched on later: the volume has to be made anew and its data copied, so now is the cheap moment.`,
  links: [
    'https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html',
  ],
  looksAt: volume,

  *check({ resource, noun, encrypted }, world) {
    if (encrypted.is !== 'known' || encrypted.value) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    const state = encrypted.written ? 'is created with encryption off' : 'is created unencrypted, the default';
    yield {
      at: encrypted.at,
      severity: encrypted.written ? 'high' : 'medium',
      message: `${noun} ${code(resource.address)} ${state} (${reason}). It can't be encrypted later without copying its data.`,
      fix: [encrypted.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'the file system of notebooks',
        files: terraform`
          resource "aws_efs_file_system" "notebooks" {
            creation_token = "notebooks"
            encrypted      = false # <- finds
          }
        `,
        suggests: '  encrypted      = true',
      },
      {
        name: 'handed to a module from elsewhere',
        files: terraform`
          module "notebook_efs" {
            source  = "acme/efs/aws"
            version = "1.2.3"

            filesystem = {
              encrypted = false # <- finds
            }
          }
        `,
        suggests: '    encrypted = true',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            FeatureStoreDatabase:
              Type: AWS::RDS::DBInstance
              Properties:
                DBInstanceClass: db.m6g.large
                Engine: postgres
                DBName: featurestore
                StorageEncrypted: false # <- finds
        `,
        suggests: '      StorageEncrypted: true',
      },
    ],
    good: [
      {
        name: 'encrypted',
        files: terraform`
          resource "aws_efs_file_system" "notebooks" {
            creation_token = "notebooks"
            encrypted      = true
          }
        `,
      },
      {
        name: 'the account decides what a volume without a word becomes',
        files: terraform`
          resource "aws_ebs_volume" "training" {
            availability_zone = "eu-west-1a"
            size              = 500
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "encrypted" {
            type = bool
          }

          resource "aws_efs_file_system" "notebooks" {
            creation_token = "notebooks"
            encrypted      = var.encrypted
          }
        `,
      },
    ],
  },
});
