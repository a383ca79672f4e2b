import { defineRule, definition } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointDefinition, isNone, leftOut } from '../../src/concepts/definition.ts';

export default defineRule({
  id: 'definitions/endpoint-network',
  title: 'Model endpoint is in no network of yours',
  severity: 'medium',
  requirements: ['R7', 'R11'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure'] },
  why: `Without a VPC endpoint requests and answers travel over public addresses, and no endpoint policy or flow log of yours sees them. Prompts and predictions are often the most private data that a model handles.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/interface-vpc-endpoint.html'],
  looksAt: endpointDefinition,

  *check({ resource, vpcEndpoint }) {
    const none = vpcEndpoint.is === 'known' && isNone(vpcEndpoint.value);
    if (!none && !leftOut(vpcEndpoint)) return;
    yield {
      at: vpcEndpoint.at,
      message: `Endpoint ${code(resource.name)} names no VPC endpoint, so requests reach it over public addresses.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'left out',
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
              public_access: false # <- finds
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
            model_hash: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            instance_type: ml.g5.xlarge
            min_instances: 2
            max_instances: 6
            authentication: iam
            network:
              vpc_endpoint: \${VPC_ENDPOINT}
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
