import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointDefinition, leftOut } from '../../src/concepts/definition.ts';

export default defineRule({
  id: 'definitions/endpoint-logging',
  title: 'Model endpoint keeps no record of requests',
  severity: 'medium',
  requirements: ['R11', 'R22', 'R41'],
  frameworks: { nist: ['AU-2', 'AU-12'], stride: ['repudiation'] },
  why: `What was asked and answered is the only evidence when a model is abused, copied or goes wrong. It can't be recorded afterwards. Logged requests may be personal data: keep them encrypted, and for a limited time.`,
  links: ['https://owasp.org/www-project-machine-learning-security-top-10/'],
  looksAt: endpointDefinition,

  *check({ resource, requestLog, responseLog }) {
    for (const [what, log] of [
      ['requests', requestLog],
      ['responses', responseLog],
    ] as const) {
      if (log.is === 'known' ? log.value : !leftOut(log)) continue;
      const state = log.is === 'known' ? `does not log ${what}` : `does not say that it logs ${what}`;
      yield {
        at: log.at,
        message: `Endpoint ${code(resource.name)} ${state}, so abuse of the model can't be traced.`,
        fix: [log.writes(true)],
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'requests are not logged',
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
              request_logging: false # <- finds
              response_logging: true
              log_retention_days: 90
            monitoring:
              latency_alarm_threshold_ms: 500
              error_rate_alarm_threshold: 0.01
        `,
        suggests: '    request_logging: true',
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
              request_logging: \${LOG_REQUESTS}
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
