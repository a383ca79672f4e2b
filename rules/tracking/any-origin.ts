import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { mended } from '../../src/concepts/container-settings.ts';
import { knownSetting, written } from '../../src/concepts/tracker.ts';

export default defineRule({
  id: 'tracking/any-origin',
  title: 'Tracker or app answers requests of any web page',
  severity: 'medium',
  requirements: ['R5'],
  frameworks: { nist: ['AC-4', 'SC-8'], stride: ['spoofing', 'tampering'] },
  why: `A tracker on an inside network is still reached by every browser on it. The check of hosts and origins is what keeps a web page that a colleague visits from reading and deleting experiments.`,
  links: [
    'https://mlflow.org/docs/latest/self-hosting/security/network/',
    'https://docs.streamlit.io/develop/api-reference/configuration/config.toml',
  ],
  looksAt: knownSetting,

  *check({ setting, row }) {
    if (row.about !== 'origin') return;
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
        name: 'every host and every page',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: mlflow }
          spec:
            containers:
              - name: mlflow
                image: ghcr.io/mlflow/mlflow:v3.15.0
                args:
                  - server
                  - --allowed-hosts=* # <- finds
                  - --cors-allowed-origins=* # <- finds
        `,
        suggests: '        - --allowed-hosts=*',
      },
      {
        name: 'a Streamlit app',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: demo }
          spec:
            containers:
              - name: demo
                image: ghcr.io/acme/demo:1.4.0
                env:
                  - name: STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION
                    value: "false" # <- finds
        `,
        suggests: '      env: []',
      },
    ],
    good: [
      {
        name: 'names',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: mlflow }
          spec:
            containers:
              - name: mlflow
                image: ghcr.io/mlflow/mlflow:v3.15.0
                args:
                  - server
                  - --allowed-hosts=mlflow.example.com
        `,
      },
      {
        name: 'a setting that the rule on prompts in logs speaks of',
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
                    value: "DEBUG"
        `,
      },
    ],
    unknown: [
      {
        name: 'from a ConfigMap that is not here',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: mlflow }
          spec:
            containers:
              - name: mlflow
                image: ghcr.io/mlflow/mlflow:v3.15.0
                env:
                  - name: MLFLOW_SERVER_ALLOWED_HOSTS
                    valueFrom: { configMapKeyRef: { name: settings, key: mlflow-server-allowed-hosts } }
        `,
      },
    ],
  },
});
