import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { plainSecretVariable } from '../../src/concepts/secret-environment.ts';

export default defineRule({
  id: 'secrets/plain-environment',
  title: 'Secret is handed over as a plain environment variable',
  severity: 'medium',
  requirements: ['R10', 'R16', 'R45'],
  frameworks: { nist: ['IA-5', 'SC-28'], stride: ['information-disclosure'] },
  why: `A plain environment variable stands in the definition of the pod, task or model: whoever may describe it, which is many more people than may read secrets, sees the value. It also stands in the Terraform state and in every plan.`,
  links: [
    'https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html',
    'https://cloud.google.com/run/docs/configuring/services/secrets',
  ],
  looksAt: plainSecretVariable,

  *check({ at, name, source, instead }) {
    yield {
      at,
      message: `${code(name)} gets a secret (${code(source)}) as plain text, so everyone who may look at the definition can read it. ${instead}`,
    };
  },

  examples: {
    bad: [
      {
        name: 'an agent and a training job',
        files: terraform`
          variable "hf_token" {
            type      = string
            sensitive = true
          }

          resource "aws_bedrockagentcore_agent_runtime" "support" {
            agent_runtime_name = "support"
            role_arn           = "arn:aws:iam::111122223333:role/agent"

            environment_variables = {
              HF_TOKEN = var.hf_token # <- finds
            }

            network_configuration {
              network_mode = "VPC"
            }
          }

          resource "aws_sagemaker_training_job" "ranker" {
            training_job_name = "ranker"
            role_arn          = "arn:aws:iam::111122223333:role/training"

            environment = {
              HF_TOKEN = var.hf_token # <- finds
            }

            output_data_config {
              s3_output_path = "s3://acme-models/ranker"
            }
          }
        `,
      },
      {
        name: 'a generated password in the address of a database',
        files: terraform`
          resource "random_password" "db" {
            length = 24
          }
          resource "kubernetes_deployment" "chat" {
            metadata {
              name = "chat"
            }
            spec {
              selector {
                match_labels = { app = "chat" }
              }
              template {
                metadata {
                  labels = { app = "chat" }
                }
                spec {
                  container {
                    name  = "app"
                    image = "acme/chat:1.0.0"
                    env {
                      name  = "DB_URI"
                      value = "postgresql://chat:\${random_password.db.result}@db/chat" # <- finds
                    }
                  }
                }
              }
            }
          }
        `,
      },
      {
        name: 'a token variable of a SageMaker model',
        files: terraform`
          variable "hf_token" {
            type      = string
            sensitive = true
          }
          resource "aws_sagemaker_model" "chat" {
            name               = "chat"
            execution_role_arn = "arn:aws:iam::111122223333:role/serve"
            primary_container {
              image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/chat:1.0.0"
              environment = {
                HF_TOKEN = var.hf_token # <- finds
              }
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'from a Secret',
        files: terraform`
          resource "kubernetes_deployment" "chat" {
            metadata {
              name = "chat"
            }
            spec {
              selector {
                match_labels = { app = "chat" }
              }
              template {
                metadata {
                  labels = { app = "chat" }
                }
                spec {
                  container {
                    name  = "app"
                    image = "acme/chat:1.0.0"
                    env {
                      name = "DB_PASSWORD"
                      value_from {
                        secret_key_ref {
                          name = "chat"
                          key  = "password"
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'a variable that is no secret',
        files: terraform`
          variable "model" {
            type = string
          }
          resource "aws_sagemaker_model" "chat" {
            name               = "chat"
            execution_role_arn = "arn:aws:iam::111122223333:role/serve"
            primary_container {
              image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/chat:1.0.0"
              environment = {
                MODEL_ID = var.model
              }
            }
          }
        `,
      },
    ],
  },
});
