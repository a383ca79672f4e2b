import { defineRule, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { mended, runSetting, type RunSetting } from '../../src/concepts/container-settings.ts';
import { openFlags, type DangerousSetting } from '../../src/facts/model-flags.ts';

export default defineRule({
  id: 'serving/open-setting',
  title: 'A setting opens the server to whoever reaches it',
  severity: 'high',
  requirements: ['R36', 'R4', 'R31', 'R5'],
  frameworks: { nist: ['AC-3', 'IA-2'], stride: ['spoofing', 'tampering', 'elevation-of-privilege'] },
  why: `Notebooks, model servers and vector databases ship with a log-in, a token or a check that someone switched off here, usually to make a first try easier. The network in front is then the only wall.`,
  links: [
    'https://jupyter-server.readthedocs.io/en/latest/operators/security.html',
    'https://docs.vllm.ai/en/latest/usage/security/',
    'https://docs.weaviate.io/deploy/configuration/authentication',
  ],
  looksAt: runSetting,

  *check(setting) {
    const found = openFlags.find((row) => matches(row, setting));
    if (!found) return;
    yield {
      at: setting.at,
      subject: found.id,
      severity: found.severity,
      message: `${code(setting.owner)} sets ${code(setting.is === 'variable' ? `${setting.text}=${setting.value}` : setting.text)}: ${found.consequence}. Better ${found.instead}.`,
      fix: mended(setting, found.mend),
    };
  },

  examples: {
    bad: [
      {
        name: 'Jupyter without a token',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: lab }
          spec:
            containers:
              - name: lab
                image: quay.io/jupyter/scipy-notebook:2026-05-04
                args:
                  - start-notebook.py
                  - --NotebookApp.token='' # <- finds
        `,
        suggests: '        - start-notebook.py',
      },
      {
        name: 'anonymous access to the vector database',
        files: values`
          image:
            repository: semitechnologies/weaviate
            tag: 1.38.0
          env:
            AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: "true" # <- finds
        `,
        suggests: '  AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: "false"',
      },
      {
        name: 'adapters at run time',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                env:
                  - name: VLLM_ALLOW_RUNTIME_LORA_UPDATING
                    value: "True" # <- finds
        `,
        suggests: '      env: []',
      },
    ],
    good: [
      {
        name: 'the token from a Secret',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: lab }
          spec:
            containers:
              - name: lab
                image: quay.io/jupyter/scipy-notebook:2026-05-04
                args: [start-notebook.py]
                env:
                  - name: JUPYTER_TOKEN
                    valueFrom: { secretKeyRef: { name: lab, key: token } }
                  - name: AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED
                    value: "false"
        `,
      },
    ],
    unknown: [
      {
        name: 'a value from elsewhere',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: vectors }
          spec:
            containers:
              - name: weaviate
                image: semitechnologies/weaviate:1.38.0
                env:
                  - name: AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED
                    valueFrom: { configMapKeyRef: { name: weaviate, key: anonymous } }
        `,
      },
    ],
  },
});

const matches = (row: DangerousSetting, { is, text, value }: RunSetting): boolean =>
  is === 'argument' ? (row.flag?.test(text) ?? false) : row.env?.name === text && row.env.value.test(value);
