import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { openManagement } from '../../src/concepts/torchserve.ts';

export default defineRule({
  id: 'serving/open-management',
  title: 'Management of TorchServe listens on every address',
  severity: 'medium',
  requirements: ['R36', 'R17', 'R39'],
  frameworks: { nist: ['AC-3', 'CM-7', 'SC-7'], stride: ['tampering', 'elevation-of-privilege'], atlas: ['AML.T0010'] },
  why: `Whoever may call TorchServe's management API registers a model from an address of their choice, and a model archive is Python that the server runs. It listens on the pod alone unless it is told otherwise; the project is no longer maintained, so a hole in it stays.`,
  links: [
    'https://github.com/pytorch/serve/blob/master/SECURITY.md',
    'https://pytorch.org/serve/configuration.html',
    'https://nvd.nist.gov/vuln/detail/CVE-2023-43654',
  ],
  looksAt: openManagement,

  *check({ of, at, line, file: name, withoutToken, fix }) {
    yield {
      at,
      severity: withoutToken ? 'high' : 'medium',
      message: `${code(name)} of ${code(of.name)} sets ${code(line)}: every pod that reaches this one may ask it to load a model, which runs the model’s code${withoutToken ? `, without a token (${code('disable_token_authorization')})` : ''}. Let it listen on ${code('127.0.0.1')}, and name your store in ${code('allowed_urls')}.`,
      fix,
    };
  },

  examples: {
    bad: [
      {
        name: 'every address',
        files: yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata: { name: torchserve }
          data:
            config.properties: |
              inference_address=http://0.0.0.0:8080
              management_address=http://0.0.0.0:8081 # <- finds
              metrics_address=http://0.0.0.0:8082
        `,
        suggests: '    management_address=http://127.0.0.1:8081',
      },
      {
        name: 'without a token, and a Service that leads to it',
        files: yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata: { name: torchserve }
          data:
            config.properties: |
              disable_token_authorization=true
              grpc_management_address=0.0.0.0 # <- finds
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: torchserve }
          spec:
            selector: { app: torchserve }
            ports: [{ name: management, port: 7071 }]
        `,
      },
    ],
    good: [
      {
        name: 'the pod alone',
        files: yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata: { name: torchserve }
          data:
            config.properties: |
              inference_address=http://0.0.0.0:8080
              management_address=http://127.0.0.1:8081
            notes.txt: |
              management_address=http://0.0.0.0:8081
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          ...file('chart/Chart.yaml')`
            apiVersion: v2
            name: torchserve
            version: 1.0.0
          `,
          ...file('chart/templates/config.yaml')`
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: torchserve }
            data:
              config.properties: |
                management_address={{ .Values.management }}
          `,
        },
      },
    ],
  },
});
