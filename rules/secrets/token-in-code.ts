import { defineRule, terraform, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { literalSecret } from '../../src/concepts/secret.ts';

export default defineRule({
  id: 'secrets/token-in-code',
  title: 'Access token is written into the configuration',
  severity: 'critical',
  requirements: ['R10', 'R16'],
  frameworks: { nist: ['IA-5', 'SC-28'], stride: ['spoofing', 'information-disclosure'], atlas: ['AML.T0055'] },
  why: `A token in a commit is readable by everyone who can read the repository, its forks, its backups and its build logs, for good: deleting the line leaves it in the history. Model hub and inference tokens are found and used within minutes, at your cost.`,
  links: [
    'https://docs.github.com/en/code-security/secret-scanning/introduction/about-secret-scanning',
    'https://external-secrets.io/latest/',
    'https://kubernetes.io/docs/concepts/configuration/secret/',
  ],
  looksAt: literalSecret,

  *check({ at, name, kind, format, where }) {
    if (kind !== 'token' || !format) return;
    const what = format.issuer === 'private key' ? 'a private key' : `${article(format.issuer)} ${format.issuer} token`;
    yield {
      at,
      message: `${code(name)} holds ${what} in plain text: whoever reads this repository can ${format.opens}. Revoke it now, since it stays in the history, and ${instead(where)}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a Hugging Face token in the environment',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                env:
                  - name: HF_TOKEN
                    value: hf_abcdefghijklmnopqrstuvwxyzabcdefgh # <- finds
        `,
      },
      {
        name: 'a token in chart values',
        files: values`
          modelSpec:
            hf_token: hf_abcdefghijklmnopqrstuvwxyzabcdefgh # <- finds
        `,
      },
      {
        name: 'a token in a model’s environment',
        files: terraform`
          resource "aws_sagemaker_model" "chat" {
            name               = "chat"
            execution_role_arn = "arn:aws:iam::111122223333:role/serve"
            primary_container {
              image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/chat:1.0.0"
              environment = {
                HUGGING_FACE_HUB_TOKEN = "hf_abcdefghijklmnopqrstuvwxyzabcdefgh" # <- finds
              }
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'from a Secret',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                env:
                  - name: HF_TOKEN
                    valueFrom: { secretKeyRef: { name: hugging-face, key: hf_token } }
        `,
      },
      {
        name: 'an instruction where the token goes',
        files: values`
          modelSpec:
            hf_token: hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
        `,
      },
    ],
    unknown: [
      {
        name: 'a variable',
        files: terraform`
          variable "hf_token" {
            type      = string
            sensitive = true
          }
          resource "kubernetes_secret" "hub" {
            metadata {
              name = "hub"
            }
            data = {
              token = var.hf_token
            }
          }
        `,
      },
    ],
  },
});

const article = (issuer: string): string => (/^(?:[AEIO]|NVIDIA)/.test(issuer) ? 'an' : 'a');

function instead(where: string): string {
  if (where === 'environment' || where === 'argument' || where === 'ConfigMap')
    return 'read the new one from a Secret with `valueFrom.secretKeyRef`, filled by External Secrets or your secret manager';
  if (where === 'Secret') return 'let External Secrets or Sealed Secrets fill the new one in';
  if (where === 'values') return 'name an existing Secret in the values instead';
  if (where === 'workflow') return 'read the new one from `secrets`';
  return 'keep the new one in the secret manager and refer to it';
}
