import { cloudformation, defineRule, terraform, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { mended, runSetting, type RunSetting } from '../../src/concepts/container-settings.ts';
import { remoteCode, type DangerousSetting } from '../../src/facts/model-flags.ts';

export default defineRule({
  id: 'serving/remote-code',
  title: 'Model server runs code from the model repository',
  severity: 'high',
  requirements: ['R36', 'R2'],
  frameworks: {
    nist: ['SI-7', 'CM-11'],
    stride: ['tampering', 'elevation-of-privilege'],
    atlas: ['AML.T0010', 'AML.T0018'],
    owasp: ['LLM03:2025'],
  },
  why: `With this switch, whoever can change the model repository, or take over its name, runs Python in your server, next to the GPU, the weights and the service account. Most current models need no code of their own.`,
  links: ['https://huggingface.co/docs/transformers/main/en/models#custom-models', 'https://docs.vllm.ai/en/latest/usage/security/'],
  looksAt: runSetting,

  *check(setting) {
    const found = remoteCode.find((row) => matches(row, setting));
    if (!found) return;
    yield {
      at: setting.at,
      subject: found.id,
      message: `${code(setting.owner)} sets ${code(setting.is === 'variable' ? `${setting.text}=${setting.value}` : setting.text.replace(/=.*/s, ''))}: ${found.consequence}. If you can, ${found.instead}.`,
      fix: mended(setting, found.mend),
    };
  },

  examples: {
    bad: [
      {
        name: 'CloudFormation: a component of a SageMaker endpoint',
        files: cloudformation`
          Resources:
            Assistant:
              Type: AWS::SageMaker::InferenceComponent
              Properties:
                EndpointName: assistant
                Specification:
                  Container:
                    Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/djl:0.34.0
                    Environment:
                      OPTION_TRUST_REMOTE_CODE: "true" # <- finds
        `,
        suggests: '          Environment: {}',
      },
      {
        name: 'a vLLM argument',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                args:
                  - --model=acme/chat
                  - --trust-remote-code # <- finds
        `,
        suggests: '        - --model=acme/chat',
      },
      {
        name: 'in a program of its own',
        files: yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata: { name: serve-script }
          data:
            serve.py: |
              from vllm import LLM
              # trust_remote_code=True was needed once
              engine = LLM(
                  model="acme/chat",
                  trust_remote_code=True, # <- finds
              )
        `,
      },
      {
        name: 'in a shell line',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                command: ["sh", "-c", "vllm serve acme/chat --trust-remote-code"] # <- finds
        `,
      },
      {
        name: 'chart values',
        files: values`
          servingEngineSpec:
            modelSpec:
              - name: chat
                vllmConfig:
                  extraArgs: ["--trust-remote-code"] # <- finds
        `,
        suggests: '        extraArgs: []',
      },
      {
        name: 'SageMaker',
        files: terraform`
          resource "aws_sagemaker_model" "chat" {
            name               = "chat"
            execution_role_arn = "arn:aws:iam::111122223333:role/serve"
            primary_container {
              image = "763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.4.0-tgi2.4.0-gpu-py311"
              environment = {
                HF_MODEL_ID                = "acme/chat"
                HF_MODEL_TRUST_REMOTE_CODE = "true" # <- finds
              }
            }
          }
        `,
        suggests: '      HF_MODEL_ID = "acme/chat"',
      },
      {
        name: 'in a script of several lines',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                command: [sh, -c]
                args:
                  - | # <- finds
                    export HF_HOME=/cache
                    vllm serve acme/chat \
                      --trust-remote-code \
                      --max-model-len 8192
        `,
        suggests: '          vllm serve acme/chat \\',
      },
      {
        name: 'at the end of a script',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                command: [sh, -c]
                args:
                  - | # <- finds
                    export HF_HOME=/cache
                    vllm serve acme/chat --trust-remote-code
        `,
        suggests: '          vllm serve acme/chat',
      },
    ],
    good: [
      {
        name: 'left off',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                args: ["--model=/models/chat"]
                env:
                  - { name: TRUST_REMOTE_CODE, value: "false" }
        `,
      },
    ],
    unknown: [
      {
        name: 'a variable decides',
        files: terraform`
          variable "trust" {
            type = string
          }
          resource "aws_sagemaker_model" "chat" {
            name               = "chat"
            execution_role_arn = "arn:aws:iam::111122223333:role/serve"
            primary_container {
              image = "763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.4.0-tgi2.4.0-gpu-py311"
              environment = {
                HF_MODEL_TRUST_REMOTE_CODE = var.trust
              }
            }
          }
        `,
      },
    ],
  },
});

const matches = (row: DangerousSetting, { is, text, value }: RunSetting): boolean =>
  is === 'argument' ? (row.flag?.test(text) ?? false) : row.env?.name === text && row.env.value.test(value);
