import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { mended } from '../../src/concepts/container-settings.ts';
import { knownSetting, written } from '../../src/concepts/tracker.ts';

export default defineRule({
  id: 'vector/open-server',
  title: 'Vector database is opened by a setting',
  severity: 'medium',
  requirements: ['R4'],
  frameworks: { nist: ['AC-3', 'IA-2'], stride: ['tampering', 'information-disclosure', 'denial-of-service'], owasp: ['LLM08:2025'] },
  why: `A vector database holds your documents, and what is in it the model repeats. With its check switched off, everything that reaches it over the network may read, plant and delete.`,
  links: ['https://milvus.io/docs/authenticate.md', 'https://docs.opensearch.org/latest/security/configuration/disable-enable-security/'],
  looksAt: knownSetting,

  *check({ setting, row }) {
    if (row.about !== 'vectors') return;
    yield {
      at: setting.at,
      subject: row.id,
      severity: row.severity,
      message: `${code(setting.owner)} sets ${code(written(setting))}: ${row.consequence}. Better ${row.instead}.`,
      fix: mended(setting, row.mend),
    };
  },

  examples: {
    bad: [
      {
        name: 'Milvus',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: milvus }
          spec:
            containers:
              - name: milvus
                image: milvusdb/milvus:v2.6.15
                env:
                  - name: COMMON_SECURITY_AUTHORIZATIONENABLED
                    value: "false" # <- finds
        `,
        suggests: '          value: "true"',
      },
      {
        name: 'Chroma',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: chroma }
          spec:
            containers:
              - name: chroma
                image: chromadb/chroma:0.6.3
                env:
                  - name: ALLOW_RESET
                    value: "TRUE" # <- finds
        `,
        suggests: '      env: []',
      },
    ],
    good: [
      {
        name: 'switched on',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: milvus }
          spec:
            containers:
              - name: milvus
                image: milvusdb/milvus:v2.6.15
                env:
                  - name: COMMON_SECURITY_AUTHORIZATIONENABLED
                    value: "true"
        `,
      },
      {
        name: 'a setting that the rule on origins speaks of',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: mlflow }
          spec:
            containers:
              - name: mlflow
                image: ghcr.io/mlflow/mlflow:v3.15.0
                args: [server, --allowed-hosts=*]
        `,
      },
    ],
    unknown: [
      {
        name: 'from a ConfigMap that is not here',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: milvus }
          spec:
            containers:
              - name: milvus
                image: milvusdb/milvus:v2.6.15
                env:
                  - name: COMMON_SECURITY_AUTHORIZATIONENABLED
                    valueFrom: { configMapKeyRef: { name: settings, key: common-security-authorizationenabled } }
        `,
      },
    ],
  },
});
