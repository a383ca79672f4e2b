import { test } from 'vitest';
import { checkRow, type Row } from './origins.ts';

const endpoint = (open: string, above = ''): string => `${above}model_endpoint:
  name: ranker
  model_source: s3://acme-models/ranker/1.4.2/model.tar.gz
  model_hash: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
  instance_type: ml.g5.xlarge
  min_instances: 2
  max_instances: 6
  authentication: iam
  network:
    vpc_endpoint: vpce-0a1b2c3d
${open}
  logging:
    request_logging: true
    response_logging: true
    log_retention_days: 90
  monitoring:
    latency_alarm_threshold_ms: 500
    error_rate_alarm_threshold: 0.01
`;
const rule = 'definitions/endpoint-public-access';

const rows: readonly Row[] = [
  {
    name: 'a line of a definition',
    before: { 'serving.yaml': endpoint('    public_access: false') },
    changes: { 'serving.yaml': endpoint('    public_access: true') },
    says: [`${rule} serving.yaml:11`],
    mends: ['suggestion serving.yaml:11 public_access: false'],
  },
  {
    name: 'a value behind an anchor',
    before: { 'serving.yaml': endpoint('    public_access: *public', 'x-public: &public false\n') },
    changes: { 'serving.yaml': endpoint('    public_access: *public', 'x-public: &public true\n') },
    says: [`${rule} serving.yaml:1`],
    mends: ['suggestion serving.yaml:1 x-public: &public false'],
  },
  {
    name: 'shared settings by a merge key',
    before: { 'serving.yaml': endpoint('    <<: *network', 'x-network: &network\n  public_access: false\n') },
    changes: { 'serving.yaml': endpoint('    <<: *network', 'x-network: &network\n  public_access: true\n') },
    says: [`${rule} serving.yaml:2`],
    mends: ['suggestion serving.yaml:2 public_access: false'],
  },
];

test.each(rows)('$name', checkRow);
