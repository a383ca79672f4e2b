import { belongsToAi } from '../../src/concepts/ai-surroundings.ts';
import { mended, runSetting } from '../../src/concepts/container-settings.ts';
import { defineRule, terraform, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { tlsChecksOff } from '../../src/facts/tls-checks.ts';

export default defineRule({
  id: 'serving/unchecked-certificates',
  title: 'Certificates are not checked where models are loaded',
  severity: 'medium',
  requirements: ['R36', 'R2', 'R39'],
  frameworks: { nist: ['SC-8', 'SC-23'], stride: ['tampering', 'information-disclosure'], atlas: ['AML.T0010'] },
  why: `A server that takes any certificate loads its model, its packages and its settings from whoever answers first. One machine in between is enough to put another model in its place or to read the token that it logs in with.`,
  links: ['https://requests.readthedocs.io/en/latest/user/advanced/#ssl-cert-verification'],
  looksAt: runSetting,

  *check(setting, world) {
    const found = tlsChecksOff.find(({ env }) => env?.name === setting.text && env.value.test(setting.value));
    if (!found || !belongsToAi(setting.of, world)) return;
    yield {
      at: setting.at,
      subject: found.id,
      severity: found.severity,
      message: `${code(setting.owner)} sets ${code(`${setting.text}=${setting.value}`)}: ${found.consequence}. Better ${found.instead}.`,
      fix: mended(setting, found.mend),
    };
  },

  examples: {
    bad: [
      {
        name: 'requests told to check nothing',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm }
          spec:
            template:
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
                    env:
                      - name: HF_HOME
                        value: /cache
                      - name: CURL_CA_BUNDLE
                        value: "" # <- finds
        `,
        suggests: `              value: /cache`,
      },
      {
        name: 'the hub’s mirror in clear text',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: embedder }
          spec:
            containers:
              - name: embedder
                image: ghcr.io/huggingface/text-embeddings-inference:1.8
                env:
                  - name: HF_ENDPOINT
                    value: http://hub.acme.internal # <- finds
        `,
      },
      {
        name: 'chart values',
        files: values`
          image:
            repository: vllm/vllm-openai
            tag: v0.26.0
          env:
            HF_HOME: /cache
            GIT_SSL_NO_VERIFY: "true" # <- finds
        `,
        suggests: `  HF_HOME: /cache`,
      },
      {
        name: 'Terraform: the container of a SageMaker model',
        files: terraform`
          resource "aws_sagemaker_model" "ranker" {
            name               = "ranker"
            execution_role_arn = "arn:aws:iam::123456789012:role/ranker"

            primary_container {
              image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/ranker@sha256:0000000000000000000000000000000000000000000000000000000000000000"

              environment = {
                LOG_LEVEL_OF_ROOT = "info"
                PYTHONHTTPSVERIFY = "0" # <- finds
              }
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'checked, or told whom to trust',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                env:
                  - name: CURL_CA_BUNDLE
                    value: /etc/ssl/certs/acme.pem
                  - name: GIT_SSL_NO_VERIFY
                    value: "false"
                  - name: HF_ENDPOINT
                    value: https://hub.acme.internal
                  - name: S3_VERIFY_SSL
                    value: "1"
        `,
      },
      {
        name: 'a shop that is not about AI',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: shop }
          spec:
            containers:
              - name: shop
                image: ghcr.io/acme/shop:2.4.1
                env:
                  - name: NODE_TLS_REJECT_UNAUTHORIZED
                    value: "0"
        `,
      },
    ],
    unknown: [
      {
        name: 'from a ConfigMap',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                env:
                  - name: CURL_CA_BUNDLE
                    valueFrom:
                      configMapKeyRef: { name: llm, key: bundle }
        `,
      },
    ],
  },
});
