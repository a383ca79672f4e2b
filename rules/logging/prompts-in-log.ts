import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { mended } from '../../src/concepts/container-settings.ts';
import { knownSetting, written } from '../../src/concepts/tracker.ts';

export default defineRule({
  id: 'logging/prompts-in-log',
  title: 'Prompts are written to the server’s log',
  severity: 'low',
  requirements: ['R22', 'R39'],
  frameworks: { nist: ['AU-3', 'SI-12'], stride: ['information-disclosure'], owasp: ['LLM02:2025'] },
  why: `What people ask a model holds names, secrets and documents. In a server’s log it is kept for as long as logs are, and read by whoever reads logs: other people than those who may read the prompts.`,
  links: ['https://docs.vllm.ai/en/latest/cli/serve/', 'https://docs.litellm.ai/docs/proxy/debugging'],
  looksAt: knownSetting,

  *check({ setting, row }) {
    if (row.about !== 'prompts') return;
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
        name: 'vLLM',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: llm
                image: vllm/vllm-openai:v0.26.0
                args:
                  - --model=/models/assistant
                  - --enable-log-requests # <- finds
        `,
        suggests: '        - --model=/models/assistant',
      },
      {
        name: 'LiteLLM',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: gateway }
          spec:
            containers:
              - name: gateway
                image: ghcr.io/berriai/litellm:v1.92.0
                env:
                  - name: LITELLM_LOG
                    value: "DEBUG" # <- finds
        `,
        suggests: '          value: "INFO"',
      },
    ],
    good: [
      {
        name: 'without',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: gateway }
          spec:
            containers:
              - name: gateway
                image: ghcr.io/berriai/litellm:v1.92.0
                env:
                  - name: LITELLM_LOG
                    value: "ERROR"
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
          metadata: { name: gateway }
          spec:
            containers:
              - name: gateway
                image: ghcr.io/berriai/litellm:v1.92.0
                env:
                  - name: LITELLM_LOG
                    valueFrom: { configMapKeyRef: { name: settings, key: litellm-log } }
        `,
      },
    ],
  },
});
