import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointDefinition, leftOut } from '../../src/concepts/definition.ts';

export default defineRule({
  id: 'definitions/endpoint-public-access',
  title: 'Model endpoint is public',
  severity: 'high',
  requirements: ['R3', 'R11'],
  frameworks: { nist: ['SC-7', 'AC-17'], stride: ['information-disclosure', 'denial-of-service'] },
  why: `A public endpoint can be reached by everyone who finds it, and endpoints are found quickly. A stolen credential then works from anywhere, and the model can be flooded with requests. Callers inside your network don't need it.`,
  links: ['https://owasp.org/www-project-machine-learning-security-top-10/'],
  looksAt: endpointDefinition,

  *check({ resource, publicAccess }) {
    if (publicAccess.is === 'known' ? !publicAccess.value : !leftOut(publicAccess)) return;
    const said = publicAccess.is === 'known';
    yield {
      at: publicAccess.at,
      severity: said ? 'high' : 'medium',
      message: said
        ? `Endpoint ${code(resource.name)} is reachable from the public internet.`
        : `Endpoint ${code(resource.name)} does not say whether it is public. Say ${code('public_access: false')}, so that no tool decides otherwise.`,
      fix: [publicAccess.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'public',
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
              public_access: true # <- finds
            logging:
              request_logging: true
              response_logging: true
              log_retention_days: 90
            monitoring:
              latency_alarm_threshold_ms: 500
              error_rate_alarm_threshold: 0.01
        `,
        suggests: '    public_access: false',
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
              public_access: \${PUBLIC}
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
