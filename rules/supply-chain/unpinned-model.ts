import { cloudformation, defineRule, terraform, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { hubModel } from '../../src/concepts/container-model.ts';

export default defineRule({
  id: 'supply-chain/unpinned-model',
  title: 'Model is loaded without a revision',
  severity: 'low',
  requirements: ['R2', 'R8', 'R36'],
  frameworks: { nist: ['SI-7', 'CM-2'], stride: ['tampering'], atlas: ['AML.T0010', 'AML.T0018'] },
  why: `A name on the hub means whatever its owner pushed last. The next restart can serve other weights than were tested, and whoever takes over the account serves theirs.`,
  links: [
    'https://docs.vllm.ai/en/latest/configuration/engine_args/',
    'https://huggingface.co/docs/huggingface_hub/guides/download#from-specific-version',
    'https://kserve.github.io/website/docs/model-serving/storage/providers/hf',
  ],
  looksAt: hubModel,

  *check({ at, model, owner, revision, pin }) {
    if (revision !== 'no') return;
    yield {
      at,
      message: `${code(owner)} loads ${code(model)} from the hub as it is at the moment of the start. Name a commit with ${code(pin)}, or serve a copy from your own bucket.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'on SageMaker',
        files: terraform`
          resource "aws_sagemaker_model" "assistant" {
            name               = "assistant"
            execution_role_arn = "arn:aws:iam::111122223333:role/serving"

            primary_container {
              image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/tgi:3.3.4"
              environment = {
                HF_MODEL_ID = "acme/assistant" # <- finds
              }
            }
          }
        `,
      },
      {
        name: 'CloudFormation: on SageMaker',
        files: cloudformation`
          Resources:
            Assistant:
              Type: AWS::SageMaker::Model
              Properties:
                ExecutionRoleArn: arn:aws:iam::111122223333:role/serving
                PrimaryContainer:
                  Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/tgi:3.3.4
                  Environment:
                    HF_MODEL_ID: acme/assistant # <- finds
        `,
      },
      {
        name: 'a name without a revision',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                args: ["--model", "acme/chat-8b"] # <- finds
        `,
      },
      {
        name: 'KServe, without a revision or with a branch',
        files: yaml`
          apiVersion: serving.kserve.io/v1beta1
          kind: InferenceService
          metadata: { name: chat, namespace: serving }
          spec:
            predictor:
              model:
                modelFormat: { name: huggingface }
                storageUri: hf://acme/chat-8b # <- finds
          ---
          apiVersion: serving.kserve.io/v1alpha1
          kind: LLMInferenceService
          metadata: { name: code, namespace: serving }
          spec:
            model:
              uri: hf://acme/code-30b:main # <- finds
              name: code
        `,
      },
    ],
    good: [
      {
        name: 'on SageMaker with a revision, or from a bucket',
        files: terraform`
          resource "aws_sagemaker_model" "assistant" {
            name               = "assistant"
            execution_role_arn = "arn:aws:iam::111122223333:role/serving"

            primary_container {
              image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/tgi:3.3.4"
              environment = {
                HF_MODEL_ID       = "acme/assistant"
                HF_MODEL_REVISION = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
              }
            }
          }

          resource "aws_sagemaker_model" "own" {
            name               = "own"
            execution_role_arn = "arn:aws:iam::111122223333:role/serving"

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/tgi:3.3.4"
              model_data_url = "s3://acme-models/own/1.2.0/model.tar.gz"
              environment    = { HF_MODEL_ID = "/opt/ml/model" }
            }
          }
        `,
      },
      {
        name: 'a commit, and a copy of one’s own',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                args: ["--model=acme/chat-8b", "--revision=5f0b02c75b57c5855da9ae460ce51323ea669d8a"]
              - name: second
                image: vllm/vllm-openai:v0.26.0
                args: ["--model=/models/chat-8b"]
        `,
      },
      {
        name: 'KServe with a commit, and from a bucket',
        files: yaml`
          apiVersion: serving.kserve.io/v1beta1
          kind: InferenceService
          metadata: { name: chat, namespace: serving }
          spec:
            predictor:
              model:
                modelFormat: { name: huggingface }
                storageUri: hf://acme/chat-8b:5f0b02c75b57c5855da9ae460ce51323ea669d8a
          ---
          apiVersion: serving.kserve.io/v1alpha1
          kind: LLMInferenceService
          metadata: { name: code, namespace: serving }
          spec:
            model:
              uri: s3://acme-models/code-30b/3
              name: code
        `,
      },
    ],
    unknown: [
      {
        name: 'a model that a variable names',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                args: ["--model=$(MODEL)"]
        `,
      },
    ],
  },
});
