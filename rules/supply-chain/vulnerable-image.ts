import { defineRule, terraform, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { distinctImage } from '../../src/concepts/image.ts';
import { vulnerabilityOf } from '../../src/facts/versions.ts';

export default defineRule({
  id: 'supply-chain/vulnerable-image',
  title: 'Image has a known vulnerability',
  severity: 'high',
  requirements: ['R26', 'R1'],
  frameworks: { nist: ['SI-2', 'RA-5'], stride: ['elevation-of-privilege'], atlas: ['AML.T0010'] },
  why: `Model servers, GPU tooling and AI front ends move fast, and their advisories are often about running code from a request or a model file. The tag alone tells which ones hold.`,
  links: ['https://nvd.nist.gov/', 'https://www.nvidia.com/en-us/security/', 'https://github.com/pypa/advisory-database'],
  looksAt: distinctImage,

  *check(image) {
    const { tag, path } = image.name;
    const found = tag === undefined ? undefined : vulnerabilityOf(path, tag);
    if (!found || tag === undefined) return;
    const { worst, software } = found;
    const suffix = /^v?[\d.]+$/.test(tag);
    yield {
      at: image.at,
      severity: worst.severity === 'critical' ? 'high' : 'medium',
      message: `${code(`${image.repository}:${tag}`)} (${image.runs}) has ${worst.id}, rated ${worst.severity}: ${worst.summary}. It is fixed in ${worst.fixedIn}; move to ${software.moveTo} or newer${suffix ? '' : ' in the same variant'}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a model server in a manifest',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.6.3 # <- finds
        `,
      },
      {
        name: 'the tag in chart values',
        files: values`
          image:
            registry: nvcr.io
            repository: nvidia/tritonserver
            tag: 24.05-py3 # <- finds
        `,
      },
      {
        name: 'an old release of Open WebUI',
        files: values`
          image:
            repository: ghcr.io/open-webui/open-webui
            tag: v0.3.1 # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'the clients of a server, which serve nobody',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: load }
          spec:
            containers:
              - name: perf
                image: nvcr.io/nvidia/tritonserver:24.12-py3-sdk
                command: [sleep, infinity]
        `,
      },
      {
        name: 'releases without known vulnerabilities of that weight',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
              - name: router
                image: acme/router:0.1.0
        `,
      },
    ],
    unknown: [
      {
        name: 'a tag that the caller passes',
        files: terraform`
          variable "tag" {
            type = string
          }
          resource "kubernetes_pod" "llm" {
            metadata {
              name = "llm"
            }
            spec {
              container {
                name  = "server"
                image = "vllm/vllm-openai:\${var.tag}"
              }
            }
          }
        `,
      },
    ],
  },
});
