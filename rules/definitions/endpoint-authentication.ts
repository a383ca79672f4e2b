import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointDefinition, isNone, leftOut } from '../../src/concepts/definition.ts';

export default defineRule({
  id: 'definitions/endpoint-authentication',
  title: 'Model endpoint asks nobody who they are',
  severity: 'critical',
  requirements: ['R3', 'R11', 'R39'],
  frameworks: { nist: ['AC-3', 'IA-2'], stride: ['spoofing', 'denial-of-service'] },
  why: `Without authentication anyone who reaches the endpoint can use the model: copy it by asking enough questions, look for inputs that fool it, or run up the bill. Nothing in the logs then says who it was.`,
  links: ['https://owasp.org/www-project-machine-learning-security-top-10/'],
  looksAt: endpointDefinition,

  *check({ resource, authentication, publicAccess, onSageMaker }) {
    const none = authentication.is === 'known' && isNone(authentication.value);
    if (!none && !leftOut(authentication)) return;
    const open = publicAccess.is === 'known' && publicAccess.value;
    const state = none ? 'has no authentication' : "does not say how callers are authenticated, which means that they aren't";
    yield {
      at: authentication.at,
      severity: none || open ? 'critical' : 'high',
      message: `Endpoint ${code(resource.name)} ${state}${open ? ', and it is public' : ''}. Anyone who reaches it can use and copy the model.`,
      // SageMaker's instances come with IAM in front of the endpoint; what another platform offers is not known here.
      fix: onSageMaker ? [authentication.writes('iam')] : [],
    };
  },

  examples: {
    bad: [
      {
        name: 'none',
        files: definition`
          model_endpoint:
            name: ranker
            model_source: s3://acme-models/ranker/1.4.2/model.tar.gz
            model_hash: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            instance_type: ml.g5.xlarge
            min_instances: 2
            max_instances: 6
            authentication: none # <- finds
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
        suggests: '  authentication: iam',
      },
      {
        name: 'none, on a platform that is not known',
        files: definition`
          model_endpoint:
            name: ranker
            model_source: s3://acme-models/ranker/1.4.2/model.tar.gz
            model_hash: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            instance_type: g2-standard-8
            min_instances: 2
            max_instances: 6
            authentication: none # <- finds
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
        name: 'left out',
        files: definition`
          model_endpoint: # <- finds
            name: ranker
            model_source: s3://acme-models/ranker/1.4.2/model.tar.gz
            model_hash: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            instance_type: ml.g5.xlarge
            min_instances: 2
            max_instances: 6
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
        suggests: ['    error_rate_alarm_threshold: 0.01', '  authentication: iam'].join('\n'),
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
            authentication: \${AUTHENTICATION}
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
