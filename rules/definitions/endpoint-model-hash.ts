import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointDefinition, isNone, leftOut } from '../../src/concepts/definition.ts';

/** A digest in hexadecimal, with or without its algorithm's name: SHA-256 or longer. */
const digest = /^(?:sha(?:256|384|512)[:-])?[0-9a-f]{64,128}$/i;

export default defineRule({
  id: 'definitions/endpoint-model-hash',
  title: 'Model artifact is not verified',
  severity: 'high',
  requirements: ['R2', 'R11'],
  frameworks: { nist: ['SI-7'], stride: ['tampering'] },
  why: `A hash ties the endpoint to the exact artifact that was reviewed. Without it whoever can write to the model's storage decides what is served, and many model formats run code when they are loaded.`,
  links: ['https://owasp.org/www-project-machine-learning-security-top-10/'],
  looksAt: endpointDefinition,

  *check({ resource, hash }) {
    if (leftOut(hash) || (hash.is === 'known' && isNone(hash.value))) {
      yield {
        at: hash.at,
        message: `Endpoint ${code(resource.name)} gives no ${code('model_hash')}: it serves whatever lies at the model's address, also after someone replaced it.`,
      };
    } else if (hash.is === 'known' && !digest.test(hash.value)) {
      yield {
        at: hash.at,
        severity: 'medium',
        message: `${code('model_hash')} of endpoint ${code(resource.name)} is not a SHA-256 digest, so the artifact can't be verified with it.`,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'left out',
        files: definition`
          model_endpoint: # <- finds
            name: ranker
            model_source: s3://acme-models/ranker/1.4.2/model.tar.gz
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
      {
        name: 'not a digest',
        files: definition`
          model_endpoint:
            name: ranker
            model_source: s3://acme-models/ranker/1.4.2/model.tar.gz
            model_hash: latest # <- finds
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
            model_hash: \${MODEL_HASH}
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
  },
});
