import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { rollout } from '../../src/concepts/endpoint-data.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'endpoints/rollout-without-alarm',
  title: 'Rollout in steps that nothing watches',
  severity: 'low',
  requirements: ['R7', 'R37', 'R41'],
  frameworks: { nist: ['CM-3', 'CP-10', 'SI-4'], stride: ['denial-of-service', 'tampering'] },
  why: `A canary or a rolling update moves a part of the traffic first, so that a bad model hurts few. SageMaker only stops and goes back when an alarm says so. Without an alarm it waits, and then moves the rest as well, however many requests fail.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html'],
  looksAt: rollout,

  *check({ resource, manner, alarms }) {
    // All at once leaves no time in which an alarm could stop it.
    if (manner.is !== 'known' || manner.value === 'ALL_AT_ONCE' || !isMissing(alarms)) return;
    yield {
      at: manner.at,
      message: `Endpoint ${code(resource.address)} is updated in steps (${code(manner.value)}) but no alarm can stop it: a bad model gets all traffic after the wait. Name an alarm on errors or latency in its automatic rollback.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a canary',
        files: terraform`
          resource "aws_sagemaker_endpoint" "ranker" {
            name                 = "ranker"
            endpoint_config_name = "ranker"

            deployment_config {
              blue_green_update_policy {
                traffic_routing_configuration {
                  type                     = "CANARY" # <- finds
                  wait_interval_in_seconds = 600

                  canary_size {
                    type  = "CAPACITY_PERCENT"
                    value = 10
                  }
                }
              }
            }
          }
        `,
      },
      {
        name: 'CloudFormation: a rolling update',
        files: cloudformation`
          Resources:
            Ranker:
              Type: AWS::SageMaker::Endpoint
              Properties:
                EndpointConfigName: ranker
                DeploymentConfig:
                  RollingUpdatePolicy:
                    MaximumBatchSize:
                      Type: CAPACITY_PERCENT
                      Value: 10
                    WaitIntervalInSeconds: 600 # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'an alarm; all at once; nothing said',
        files: terraform`
          resource "aws_sagemaker_endpoint" "ranker" {
            name                 = "ranker"
            endpoint_config_name = "ranker"

            deployment_config {
              auto_rollback_configuration {
                alarms {
                  alarm_name = "ranker-errors"
                }
              }

              blue_green_update_policy {
                traffic_routing_configuration {
                  type                     = "LINEAR"
                  wait_interval_in_seconds = 600

                  linear_step_size {
                    type  = "CAPACITY_PERCENT"
                    value = 10
                  }
                }
              }
            }
          }

          resource "aws_sagemaker_endpoint" "scorer" {
            name                 = "scorer"
            endpoint_config_name = "scorer"

            deployment_config {
              blue_green_update_policy {
                traffic_routing_configuration {
                  type                     = "ALL_AT_ONCE"
                  wait_interval_in_seconds = 0
                }
              }
            }
          }

          resource "aws_sagemaker_endpoint" "plain" {
            name                 = "plain"
            endpoint_config_name = "plain"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "manner" {
            type = string
          }

          resource "aws_sagemaker_endpoint" "ranker" {
            name                 = "ranker"
            endpoint_config_name = "ranker"

            deployment_config {
              blue_green_update_policy {
                traffic_routing_configuration {
                  type                     = var.manner
                  wait_interval_in_seconds = 600
                }
              }
            }
          }
        `,
      },
    ],
  },
});
