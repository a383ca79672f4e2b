import { cloudformation, defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { deletable } from '../../src/concepts/volume.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'storage/easy-to-delete',
  title: 'Data goes when its resource goes',
  severity: 'low',
  requirements: ['R2', 'R7'],
  frameworks: { nist: ['CP-9', 'SI-12'], stride: ['denial-of-service', 'tampering'] },
  why: `A rename, a wrong workspace or a deleted stack is enough to plan the destruction of a resource. With this setting nothing stands in the way, and trained models, datasets and experiment records go with it. Caches and throw-away environments may want exactly that.`,
  links: [
    'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html',
  ],
  looksAt: deletable,

  *check({ resource, risk, lost, replaced }, world) {
    if (lost.is !== 'known' || !lost.value || resource.environment.stage === 'dev') return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: lost.at,
      message: `${code(resource.address)} ${risk} (${reason}). Unless it only holds what can be made again, protect it.`,
      fix: [lost.writes(false), ...(replaced && holds(replaced, true) ? [replaced.writes(false)] : [])],
    };
  },

  examples: {
    bad: [
      {
        name: 'a bucket that is emptied first',
        files: terraform`
          resource "aws_s3_bucket" "mlflow" {
            bucket        = "acme-mlflow"
            force_destroy = true # <- finds
          }
        `,
        suggests: '  force_destroy = false',
      },
      {
        name: 'a bucket of vectors',
        files: terraform`
          resource "aws_s3vectors_vector_bucket" "handbook" {
            vector_bucket_name = "acme-handbook"
            force_destroy      = true # <- finds
          }
        `,
        suggests: '  force_destroy      = false',
      },
      {
        name: 'the database of a pipeline, made by a module from elsewhere',
        files: terraform`
          module "metaflow_database" {
            source              = "terraform-google-modules/sql-db/google//modules/postgresql"
            version             = "20.0.0"
            name                = "metaflow"
            deletion_protection = false # <- finds
          }
        `,
        suggests: '  deletion_protection = true',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            TrainingData:
              Type: AWS::FSx::FileSystem
              DeletionPolicy: Delete # <- finds
              Properties:
                FileSystemType: LUSTRE
                StorageCapacity: 1200
                SubnetIds: [subnet-0a1b2c3d]
        `,
        suggests: '    DeletionPolicy: Retain',
      },
      {
        name: 'also when it is replaced',
        files: cloudformation`
          Resources:
            TrainingFeatures:
              Type: AWS::RDS::DBCluster
              DeletionPolicy: Delete # <- finds
              UpdateReplacePolicy: Delete
              Properties:
                Engine: aurora-mysql
                MasterUsername: records
                ManageMasterUserPassword: true
                StorageEncrypted: true
        `,
        suggests: '    DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain',
      },
      {
        name: 'a choice, whose other branch protects it: what becomes of the choice is for its author to say',
        files: terraform`
          variable "keep" {
            type    = bool
            default = false
          }

          resource "google_sql_database_instance" "mlflow" {
            name                = "mlflow"
            database_version    = "POSTGRES_16"
            deletion_protection = var.keep ? true : false # <- finds

            settings {
              tier = "db-custom-2-7680"
            }
          }
        `,
      },
      {
        name: 'a choice in CloudFormation',
        files: cloudformation`
          Parameters:
            Keep: { Type: String, Default: "no" }
          Conditions:
            Keeps: !Equals [!Ref Keep, "yes"]
          Resources:
            Endpoints:
              Type: AWS::SageMaker::Model
              Properties:
                ExecutionRoleArn: arn:aws:iam::111122223333:role/model
                EnableNetworkIsolation: true
                VpcConfig: { Subnets: [subnet-0a1b2c3d], SecurityGroupIds: [sg-0a1b2c3d] }
                PrimaryContainer: { Image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2" }
            TrainingData:
              Type: AWS::S3::Bucket
              DeletionPolicy: !If [Keeps, Retain, Delete] # <- finds
              Properties:
                VersioningConfiguration: { Status: Enabled }
                PublicAccessBlockConfiguration:
                  { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
        `,
      },
    ],
    good: [
      {
        name: 'an instance of a cluster, which holds nothing itself, and what is made for a while',
        files: cloudformation`
          Resources:
            TrainingFeatures:
              Type: AWS::RDS::DBInstance
              DeletionPolicy: Delete
              Properties:
                DBClusterIdentifier: records
                DBInstanceClass: db.r6g.large
                Engine: aurora-mysql
            TrainingScratch:
              Type: AWS::FSx::FileSystem
              DeletionPolicy: Delete
              Properties:
                FileSystemType: LUSTRE
                StorageCapacity: 1200
                SubnetIds: [subnet-0a1b2c3d]
                LustreConfiguration: { DeploymentType: SCRATCH_2 }
        `,
      },
      {
        name: 'a module that protects its database, and one that is not told',
        files: terraform`
          module "metaflow_database" {
            source              = "terraform-google-modules/sql-db/google//modules/postgresql"
            version             = "20.0.0"
            deletion_protection = true
          }
          module "mlflow_database" {
            source  = "terraform-google-modules/sql-db/google//modules/postgresql"
            version = "20.0.0"
          }
        `,
      },
      {
        name: 'nothing is forced',
        files: terraform`
          resource "google_sql_database_instance" "mlflow" {
            name                = "mlflow"
            database_version    = "POSTGRES_16"
            deletion_protection = true

            settings {
              tier = "db-custom-2-7680"
            }
          }
        `,
      },
      {
        name: 'an environment for development',
        files: file('environments/dev/main.tf')`
          resource "aws_s3_bucket" "mlflow" {
            bucket        = "acme-mlflow-dev"
            force_destroy = true
          }

          resource "aws_s3_bucket_versioning" "mlflow" {
            bucket = aws_s3_bucket.mlflow.id

            versioning_configuration {
              status = "Enabled"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "force" {
            type = bool
          }

          resource "aws_s3_bucket" "mlflow" {
            bucket        = "acme-mlflow"
            force_destroy = var.force
          }

          resource "aws_s3_bucket_versioning" "mlflow" {
            bucket = aws_s3_bucket.mlflow.id

            versioning_configuration {
              status = "Enabled"
            }
          }
        `,
      },
    ],
  },
});
