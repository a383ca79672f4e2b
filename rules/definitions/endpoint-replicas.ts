import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointDefinition, leftOut } from '../../src/concepts/definition.ts';

export default defineRule({
  id: 'definitions/endpoint-replicas',
  title: 'Production endpoint has fewer than two instances',
  severity: 'medium',
  requirements: ['R3', 'R11', 'R32'],
  frameworks: { nist: ['CP-10', 'SC-5'], stride: ['denial-of-service'] },
  why: `With one instance every failure, update and overload takes the model away from all its users until a new one is up. Two are the least for production; elsewhere one is fine.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-best-practices.html'],
  looksAt: endpointDefinition,

  *check({ resource, production, least }) {
    if (!production) return;
    if (least.is === 'known' ? least.value >= 2 : !leftOut(least)) return;
    const state = least.is === 'known' ? `starts with ${code(least.value)} instances` : 'does not say how many instances it keeps';
    yield {
      at: least.at,
      message: `Production endpoint ${code(resource.name)} ${state}. With fewer than two, one failure takes the model away.`,
      fix: [least.writes(2)],
    };
  },

  examples: {
    bad: [
      {
        name: 'one in production',
        files: definition`
          model_endpoint:
            name: ranker-prod
            model_source: s3://acme-models/ranker/1.4.2/model.tar.gz
            model_hash: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            instance_type: ml.g5.xlarge
            min_instances: 1 # <- finds
            max_instances: 6
            authentication: iam
            network:
              vpc_endpoint: vpce-0a1b2c3d
              public_access: false
            logging:
              request_logging: true
              response_logging: true
              log_retention_days: 90
            monitoring:
              latency_alarm_threshold_ms: 500
              error_rate_alarm_threshold: 0.01
        `,
        suggests: '  min_instances: 2',
      },
    ],
    good: [
      {
        name: 'a complete definition',
        files: definition`
          model_endpoint:
            name: ranker
            model_source: s3://acme-models/ranker/1.4.2/model.tar.gz
            model_hash: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            instance_type: ml.g5.xlarge
            min_instances: 2
            max_instances: 6
            authentication: iam
            network:
              vpc_endpoint: vpce-0a1b2c3d
              public_access: false
            logging:
              request_logging: true
              response_logging: true
              log_retention_days: 90
            monitoring:
              latency_alarm_threshold_ms: 500
              error_rate_alarm_threshold: 0.01
        `,
      },
    ],
    unknown: [
      {
        name: 'filled in later',
        files: definition`
          model_endpoint:
            name: ranker-prod
            model_source: s3://acme-models/ranker/1.4.2/model.tar.gz
            model_hash: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            instance_type: ml.g5.xlarge
            min_instances: \${MIN_INSTANCES}
            max_instances: 6
            authentication: iam
            network:
              vpc_endpoint: vpce-0a1b2c3d
              public_access: false
            logging:
              request_logging: true
              response_logging: true
              log_retention_days: 90
            monitoring:
              latency_alarm_threshold_ms: 500
              error_rate_alarm_threshold: 0.01
        `,
      },
      {
        name: 'development may have one',
        files: definition`
          model_endpoint:
            name: ranker
            model_source: s3://acme-models/ranker/1.4.2/model.tar.gz
            model_hash: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            instance_type: ml.g5.xlarge
            min_instances: 1
            max_instances: 6
            authentication: iam
            network:
              vpc_endpoint: vpce-0a1b2c3d
              public_access: false
            logging:
              request_logging: true
              response_logging: true
              log_retention_days: 90
            monitoring:
              latency_alarm_threshold_ms: 500
              error_rate_alarm_threshold: 0.01
        `,
      },
    ],
  },
});
