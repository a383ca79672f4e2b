import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { mayWrite } from '../../src/concepts/identity-questions.ts';
import { modelAccess } from '../../src/concepts/served-model-access.ts';

export default defineRule({
  id: 'identity/serving-writes-models',
  title: 'Endpoint can overwrite the model that it serves',
  severity: 'high',
  requirements: ['R2', 'R9', 'R27', 'R38', 'R45'],
  frameworks: { nist: ['AC-6', 'SI-7'], stride: ['tampering', 'elevation-of-privilege'] },
  why: `Serving only reads models. When its role may also write where they lie, whoever gets into the endpoint, the part of the system that takes requests from outside, can replace the model for good: the next restart loads theirs, and so does everything else that uses the bucket.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html'],
  looksAt: modelAccess,

  *check({ resource, identities, models }, world) {
    for (const identity of identities)
      for (const model of models) {
        const answer = mayWrite(identity, model, world);
        // A right over every store is said by the rules on wide rights.
        if (answer.is !== 'yes' || answer.everywhere) continue;
        yield {
          at: answer.at,
          message: `${code(answer.at.of.address)} lets ${code(resource.address)} write to the bucket that it loads its model from (${code(answer.by)}, more privilege than serving needs). Whoever gets into the endpoint can replace the model. Let it only read there.`,
        };
        break;
      }
  },

  examples: {
    bad: [
      {
        name: 'writing to the artifact bucket',
        files: terraform`
          resource "aws_s3_bucket" "models" {
            bucket = "acme-models"
          }

          resource "aws_sagemaker_model" "ranker" {
            name               = "ranker"
            execution_role_arn = aws_iam_role.serving.arn

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://\${aws_s3_bucket.models.bucket}/ranker/1.4.2/model.tar.gz"
            }
          }

          resource "aws_iam_role" "serving" {
            name = "serving"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "serving" {
            role   = aws_iam_role.serving.id
            policy = data.aws_iam_policy_document.serving.json
          }

          data "aws_iam_policy_document" "serving" {
            statement {
              actions   = ["s3:GetObject", "s3:PutObject"] # <- finds
              resources = ["\${aws_s3_bucket.models.arn}/*"]
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
                ExecutionRoleArn: !GetAtt ServingRole.Arn
                PrimaryContainer:
                  Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2
                  ModelDataUrl: s3://acme-models/ranker/1.4.2/model.tar.gz
            ServingRole:
              Type: AWS::IAM::Role
              Properties:
                AssumeRolePolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    - Effect: Allow
                      Action: sts:AssumeRole
                      Principal:
                        Service: sagemaker.amazonaws.com
                Policies:
                  - PolicyName: models
                    PolicyDocument:
                      Version: "2012-10-17"
                      Statement:
                        - Effect: Allow
                          Action: s3:* # <- finds
                          Resource: arn:aws:s3:::acme-models/*
        `,
      },
      {
        name: 'a pod with a role of its own (IRSA)',
        files: terraform`
          resource "aws_iam_role" "llm" {
            name = "llm"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRoleWithWebIdentity"
                Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE" }
                Condition = {
                  StringEquals = { "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub" = "system:serviceaccount:ai:llm" }
                }
              }]
            })

            inline_policy {
              name = "models"

              policy = jsonencode({
                Version = "2012-10-17"
                Statement = [{
                  Effect   = "Allow"
                  Action   = ["s3:GetObject", "s3:PutObject"] # <- finds
                  Resource = "arn:aws:s3:::acme-models/*"
                }]
              })
            }
          }

          resource "kubernetes_service_account" "llm" {
            metadata {
              name        = "llm"
              namespace   = "ai"
              annotations = { "eks.amazonaws.com/role-arn" = aws_iam_role.llm.arn }
            }
          }

          resource "kubernetes_deployment" "llm" {
            metadata {
              name      = "llm"
              namespace = "ai"
            }

            spec {
              template {
                spec {
                  service_account_name = "llm"

                  container {
                    name  = "vllm"
                    image = "vllm/vllm-openai:v0.9.0"
                    args  = ["--model=s3://acme-models/llama/"]
                  }
                }
              }
            }
          }
        `,
      },
      {
        name: 'Workload Identity on Google Cloud',
        files: terraform`
          resource "google_storage_bucket" "models" {
            name                        = "acme-models"
            location                    = "EU"
            uniform_bucket_level_access = true
          }

          resource "google_service_account" "llm" {
            account_id = "llm"
          }

          resource "google_storage_bucket_iam_member" "llm" {
            bucket = google_storage_bucket.models.name
            role   = "roles/storage.objectAdmin" # <- finds
            member = google_service_account.llm.member
          }

          resource "kubernetes_service_account" "llm" {
            metadata {
              name        = "llm"
              namespace   = "ai"
              annotations = { "iam.gke.io/gcp-service-account" = google_service_account.llm.email }
            }
          }

          resource "kubernetes_manifest" "llm" {
            manifest = {
              apiVersion = "serving.kserve.io/v1beta1"
              kind       = "InferenceService"
              metadata   = { name = "llm", namespace = "ai" }
              spec = {
                predictor = {
                  serviceAccountName = "llm"
                  model = {
                    modelFormat = { name = "huggingface" }
                    storageUri  = "gs://\${google_storage_bucket.models.name}/llama"
                  }
                }
              }
            }
          }
        `,
      },
      {
        name: 'its own bucket; a right over every bucket is another rule’s',
        files: terraform`
          resource "aws_sagemaker_model" "ranker" {
            name               = "ranker"
            execution_role_arn = aws_iam_role.ranker.arn

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://acme-ranker/1.4.2/model.tar.gz"
            }
          }

          resource "aws_iam_role" "ranker" {
            name = "ranker"

            assume_role_policy = jsonencode({
              Version   = "2012-10-17"
              Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
            })
          }

          resource "aws_iam_role_policy" "ranker" {
            role = aws_iam_role.ranker.id

            policy = jsonencode({
              Version   = "2012-10-17"
              Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::acme-ranker/*" }] # <- finds
            })
          }

          resource "aws_sagemaker_model" "scorer" {
            name               = "scorer"
            execution_role_arn = aws_iam_role.scorer.arn

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/scorer:1.4.2"
              model_data_url = "s3://acme-scorer/1.4.2/model.tar.gz"
            }
          }

          resource "aws_iam_role" "scorer" {
            name = "scorer"

            assume_role_policy = jsonencode({
              Version   = "2012-10-17"
              Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
            })
          }

          resource "aws_iam_role_policy" "scorer" {
            role = aws_iam_role.scorer.id

            policy = jsonencode({
              Version   = "2012-10-17"
              Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }]
            })
          }
        `,
      },
    ],
    good: [
      {
        name: 'reading',
        files: terraform`
          resource "aws_s3_bucket" "models" {
            bucket = "acme-models"
          }

          resource "aws_sagemaker_model" "ranker" {
            name               = "ranker"
            execution_role_arn = aws_iam_role.serving.arn

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://\${aws_s3_bucket.models.bucket}/ranker/1.4.2/model.tar.gz"
            }
          }

          resource "aws_iam_role" "serving" {
            name = "serving"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "serving" {
            role   = aws_iam_role.serving.id
            policy = data.aws_iam_policy_document.serving.json
          }

          data "aws_iam_policy_document" "serving" {
            statement {
              actions   = ["s3:GetObject"]
              resources = ["\${aws_s3_bucket.models.arn}/*"]
            }
          }
        `,
      },
      {
        name: 'writing somewhere else',
        files: terraform`
          resource "aws_s3_bucket" "models" {
            bucket = "acme-models"
          }

          resource "aws_sagemaker_model" "ranker" {
            name               = "ranker"
            execution_role_arn = aws_iam_role.serving.arn

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://\${aws_s3_bucket.models.bucket}/ranker/1.4.2/model.tar.gz"
            }
          }

          resource "aws_iam_role" "serving" {
            name = "serving"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "serving" {
            role   = aws_iam_role.serving.id
            policy = data.aws_iam_policy_document.serving.json
          }

          data "aws_iam_policy_document" "serving" {
            statement {
              actions   = ["s3:PutObject"]
              resources = ["arn:aws:s3:::acme-captured-requests/*"]
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the actions come from the caller',
        files: terraform`
          variable "actions" {
            type = list(string)
          }

          resource "aws_s3_bucket" "models" {
            bucket = "acme-models"
          }

          resource "aws_sagemaker_model" "ranker" {
            name               = "ranker"
            execution_role_arn = aws_iam_role.serving.arn

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://\${aws_s3_bucket.models.bucket}/ranker/1.4.2/model.tar.gz"
            }
          }

          resource "aws_iam_role" "serving" {
            name = "serving"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "sagemaker.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "serving" {
            role   = aws_iam_role.serving.id
            policy = data.aws_iam_policy_document.serving.json
          }

          data "aws_iam_policy_document" "serving" {
            statement {
              actions   = var.actions
              resources = ["\${aws_s3_bucket.models.arn}/*"]
            }
          }
        `,
      },
    ],
  },
});
