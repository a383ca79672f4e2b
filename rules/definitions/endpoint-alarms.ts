import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointDefinition, leftOut } from '../../src/concepts/definition.ts';

export default defineRule({
  id: 'definitions/endpoint-alarms',
  title: 'Model endpoint raises no alarm',
  severity: 'low',
  requirements: ['R7', 'R11', 'R41'],
  frameworks: { nist: ['SI-4', 'AU-6'], stride: ['denial-of-service', 'repudiation'] },
  why: `Slow answers and rising errors are how an overloaded, attacked or broken model shows first. Without thresholds the users are the ones who find out.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html'],
  looksAt: endpointDefinition,

  *check({ resource, production, latencyAlarm, errorAlarm }) {
    for (const [what, alarm] of [
      ['latency', latencyAlarm],
      ['the error rate', errorAlarm],
    ] as const) {
      const unset = alarm.is === 'known' && alarm.value <= 0;
      if (!unset && !leftOut(alarm)) continue;
      yield {
        at: alarm.at,
        severity: production ? 'medium' : 'low',
        message: `Endpoint ${code(resource.name)} sets no alarm threshold for ${what}, so nobody is told when it fails or is flooded.`,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'no latency alarm',
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
              error_rate_alarm_threshold: 0.01 # <- finds
        `,
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
              latency_alarm_threshold_ms: \${LATENCY}
              error_rate_alarm_threshold: 0.01
        `,
      },
    ],
  },
});
