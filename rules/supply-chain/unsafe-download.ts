import { belongsToAi } from '../../src/concepts/ai-surroundings.ts';
import { containerScript } from '../../src/concepts/container-script.ts';
import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { publicSuffixes } from '../../src/facts/public-names.ts';

/** Ways to fetch something from whoever answers. Each command is looked at up to its end (`;`, `|`, `&` or a new line). */
const ways: readonly { readonly id: string; readonly pattern: RegExp; readonly means: string }[] = [
  {
    id: 'unchecked',
    pattern: /\bcurl\b[^\n;|&]{0,400}?\s(?:-[a-zA-Z]{0,8}k[a-zA-Z]{0,8}|--insecure)(?=\s|$)/,
    means: 'downloads with `curl` and checks no certificate',
  },
  {
    id: 'unchecked',
    pattern: /\bwget\b[^\n;|&]{0,400}?\s--no-check-certificate\b/,
    means: 'downloads with `wget` and checks no certificate',
  },
  {
    id: 'unchecked',
    // Not what it sends: `aws s3 cp FILE s3://...`, and `aws s3 mb`.
    pattern:
      /\baws\b(?![^\n;|&]{0,200}?\ss3\s+(?:(?:cp|sync|mv)\s+(?:--[\w-]+\s+)*(?!s3:)[^\s-]|mb|rb|rm|ls)\b)[^\n;|&]{0,400}?\s--no-verify-ssl\b/,
    means: 'downloads with `aws` and checks no certificate',
  },
  {
    id: 'unchecked',
    pattern: /\bpip3?\b[^\n;|&]{0,400}?\s--trusted-host\b/,
    means: 'installs packages with `pip` and checks no certificate',
  },
  {
    id: 'unchecked',
    pattern: /\bgit\b[^\n;|&]{0,200}?\bhttp\.sslVerify[= ]false\b/i,
    means: 'clones with `git` and checks no certificate',
  },
  {
    id: 'clear-text',
    // Only public names: a name without a dot, `service.namespace`, `.svc`, `.internal` and private addresses stay inside.
    pattern: new RegExp(
      String.raw`\b(?:curl|wget)\b[^\n;|&]{0,400}?\shttp:\/\/(?!(?:localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.))[\w-]+(?:\.[\w-]+)*\.(?:${publicSuffixes})(?=[:/\s"']|$)`,
    ),
    means: 'downloads in clear text',
  },
];

export default defineRule({
  id: 'supply-chain/unsafe-download',
  title: 'Something is downloaded from whoever answers',
  severity: 'medium',
  requirements: ['R2', 'R36', 'R39'],
  frameworks: { nist: ['SI-7', 'SC-8'], stride: ['tampering'], atlas: ['AML.T0010'] },
  why: `Weights, code and packages that are fetched without a checked certificate can be exchanged on the way: whoever controls the network, a proxy or a name then decides what runs beside your data, and nothing shows that it was changed.`,
  links: ['https://curl.se/docs/sslcerts.html'],
  looksAt: containerScript,

  *check({ of, line, itemAt, owner }, world) {
    const [found] = ways.flatMap(({ pattern, ...way }) => {
      const match = pattern.exec(line);
      return match ? [{ ...way, end: match.index + match[0].length - 1 }] : [];
    });
    if (!found || !belongsToAi(of, world)) return;
    yield {
      at: itemAt(found.end),
      subject: found.id,
      message: `${code(owner)} ${found.means}: what it fetches can be exchanged on the way. Use \`https\` with its certificate checked, and compare a checksum.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'weights without a checked certificate',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm }
          spec:
            template:
              spec:
                initContainers:
                  - name: weights
                    image: curlimages/curl:8.16.0
                    command: [sh, -c, "curl -fsSLk https://models.acme.com/llm.tar -o /models/llm.tar"] # <- finds
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
        `,
      },
      {
        name: 'in clear text',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: triton }
          spec:
            initContainers:
              - name: weights
                image: busybox:1.37.0
                args:
                  - wget
                  - -O
                  - /models/ranker.onnx
                  - http://models.acme.com/ranker.onnx # <- finds
            containers:
              - name: triton
                image: nvcr.io/nvidia/tritonserver:26.02-py3
        `,
      },
      {
        name: 'packages, buckets and code',
        files: yaml`
          apiVersion: batch/v1
          kind: Job
          metadata: { name: finetune-llm }
          spec:
            template:
              spec:
                containers:
                  - name: packages
                    image: python:3.13.1
                    command: [sh, -c, "pip install --trusted-host pypi.acme.com trainer==1.4.0 && python train.py"] # <- finds
                  - name: weights
                    image: amazon/aws-cli:2.31.0
                    command: [sh, -c, "aws s3 cp --no-verify-ssl s3://acme-models/base /models --recursive"] # <- finds
                  - name: code
                    image: alpine/git:2.49.1
                    command: [sh, -c, "git -c http.sslVerify=false clone https://git.acme.com/trainer.git"] # <- finds
                  - name: data
                    image: alpine:3.22.1
                    command: [sh, -c, "wget --no-check-certificate https://data.acme.com/train.parquet"] # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'checked, or inside the cluster',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            initContainers:
              - name: weights
                image: curlimages/curl:8.16.0
                command: [sh, -c, "curl -fsSL https://models.acme.com/llm.tar -o /models/llm.tar && sha256sum -c /models/llm.sha256"]
              - name: wait
                image: curlimages/curl:8.16.0
                command: [sh, -c, "until curl -s http://minio.storage.svc:9000/minio/health/live; do sleep 1; done; curl -s http://registry:5000/v2/; curl -X POST http://embedder.ml:8000/embed; kubectl get pods -k"]
              - name: publish
                image: amazon/aws-cli:2.31.0
                command: [sh, -c, "aws s3 mb s3://models --no-verify-ssl; aws s3 cp /tmp/model.joblib s3://models/model.joblib --no-verify-ssl"]
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
        `,
      },
      {
        name: 'a shop that is not about AI',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: shop }
          spec:
            initContainers:
              - name: pictures
                image: curlimages/curl:8.16.0
                command: [sh, -c, "curl -k https://pictures.acme.com/all.tar -o /pictures/all.tar"]
            containers:
              - name: shop
                image: ghcr.io/acme/shop:2.4.1
        `,
      },
    ],
    unknown: [
      {
        name: 'the address comes from outside',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            initContainers:
              - name: weights
                image: curlimages/curl:8.16.0
                command: [sh, -c, "curl -fsSL $MODEL_URL -o /models/llm.tar"]
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
        `,
      },
    ],
  },
});
