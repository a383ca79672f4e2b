import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { triton } from '../../src/concepts/container-triton.ts';

export default defineRule({
  id: 'serving/remote-model-control',
  title: 'Clients may load models into Triton',
  severity: 'medium',
  requirements: ['R36', 'R40'],
  frameworks: { nist: ['AC-3', 'SI-7'], stride: ['tampering', 'elevation-of-privilege'], atlas: ['AML.T0018'] },
  why: `In explicit model control every client of the inference port may load and unload models. A Python-backend model is code, so a client that may load one and can write to the repository runs code in the server; one that may unload takes the service down.`,
  links: [
    'https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/customization_guide/deploy.html',
    'https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/customization_guide/inference_protocols.html#limit-endpoint-access-beta',
  ],
  looksAt: triton,

  *check({ name, modelControl, restricted, fix }) {
    if (restricted) return;
    yield {
      at: modelControl,
      message: `Triton in ${code(name)} lets every client load and unload models. Restrict that API (${code('--http-restricted-api=model-repository:admin-key=…')} and ${code('--grpc-restricted-protocol')}), or load the models at start and leave model control off.`,
      fix,
    };
  },

  examples: {
    bad: [
      {
        name: 'explicit model control',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: triton }
          spec:
            containers:
              - name: triton
                image: nvcr.io/nvidia/tritonserver:26.06-py3
                args:
                  - tritonserver
                  - --model-repository=/models
                  - --model-control-mode=explicit # <- finds
        `,
        suggests: '        - "--model-control-mode=none"',
      },
      {
        name: 'the models to load are named, which needs this mode',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: triton }
          spec:
            containers:
              - name: triton
                image: nvcr.io/nvidia/tritonserver:26.06-py3
                args:
                  - tritonserver
                  - --model-repository=/models
                  - --model-control-mode=explicit # <- finds
                  - --load-model=ranker
        `,
      },
    ],
    good: [
      {
        name: 'restricted to whoever has the key, and left off',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: triton }
          spec:
            containers:
              - name: triton
                image: nvcr.io/nvidia/tritonserver:26.06-py3
                args:
                  - tritonserver
                  - --model-repository=/models
                  - --model-control-mode=explicit
                  - --http-restricted-api=model-repository:admin-key=$(ADMIN_KEY)
                  - --grpc-restricted-protocol=model-repository:admin-key=$(ADMIN_KEY)
              - name: other
                image: nvcr.io/nvidia/tritonserver:26.06-py3
                args: [tritonserver, --model-repository=/models]
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart gives the arguments',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: triton\nversion: 1.0.0\n',
          'chart/templates/pod.yaml': [
            'apiVersion: v1',
            'kind: Pod',
            'metadata: { name: triton }',
            'spec:',
            '  containers:',
            '    - name: triton',
            '      image: nvcr.io/nvidia/tritonserver:26.06-py3',
            '      args: {{ .Values.args }}',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});
