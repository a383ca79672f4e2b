import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointDefinition, leftOut, overHttps } from '../../src/concepts/definition.ts';

export default defineRule({
  id: 'definitions/endpoint-model-source',
  title: 'Model artifact comes from a place that can change',
  severity: 'medium',
  requirements: ['R2', 'R11'],
  frameworks: { nist: ['SI-7', 'SC-8'], stride: ['tampering'] },
  why: `An address without encryption lets anyone on the way replace the model. An address that always means the newest artifact makes two deployments of the same definition serve different models, and a rollback impossible.`,
  links: ['https://owasp.org/www-project-machine-learning-security-top-10/'],
  looksAt: endpointDefinition,

  *check({ resource, source }) {
    if (leftOut(source)) yield { at: source.at, message: `Endpoint ${code(resource.name)} does not say which model it serves.` };
    if (source.is !== 'known') return;
    if (/^http:\/\//i.test(source.value)) {
      yield {
        at: source.at,
        severity: 'high',
        message: `Endpoint ${code(resource.name)} loads its model over plain HTTP, where anyone on the way can replace it.`,
        fix: overHttps(source),
      };
    } else if (/(?:^|[/:@])latest(?:$|[/.])/i.test(source.value)) {
      yield {
        at: source.at,
        message: `Endpoint ${code(resource.name)} serves ${code('latest')}: what it runs changes without this file changing. Name a version.`,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'plain HTTP',
        files: definition`
          model_endpoint:
            name: ranker
            model_source: http://models.acme.example/ranker.tar.gz # <- finds
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
      {
        name: 'plain HTTP to the hub',
        files: definition`
          model_endpoint:
            name: ranker
            model_source: http://huggingface.co/acme/ranker/resolve/1f2e3d4c/model.safetensors # <- finds
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
        suggests: '  model_source: https://huggingface.co/acme/ranker/resolve/1f2e3d4c/model.safetensors',
      },
      {
        name: 'the newest',
        files: definition`
          model_endpoint:
            name: ranker
            model_source: s3://acme-models/ranker/latest/model.tar.gz # <- finds
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
            model_source: \${MODEL_SOURCE}
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
  },
});
