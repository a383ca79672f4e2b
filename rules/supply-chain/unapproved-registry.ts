import { defineRule, file, terraform, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { distinctImage, isRealName, type RunImage } from '../../src/concepts/image.ts';
import { addressOf } from '../../src/concepts/image-name.ts';

const settings = file('.github/plumbline.yml');

export default defineRule({
  id: 'supply-chain/unapproved-registry',
  title: 'Image comes from a registry that is not approved',
  severity: 'medium',
  requirements: ['R20', 'R36', 'R8'],
  frameworks: { nist: ['SR-3', 'CM-7', 'SI-7'], stride: ['tampering'], atlas: ['AML.T0010'], owasp: ['LLM03:2025'] },
  why: `Your settings list the registries that images may come from. What is pulled from elsewhere has passed none of the scans, mirrors and signatures that those have, and runs with the data and the identity of the workload. The rule speaks only where \`approved-registries\` is set.`,
  links: ['https://kubernetes.io/docs/concepts/containers/images/', 'https://slsa.dev/spec/v1.0/threats-overview'],
  looksAt: distinctImage,

  *check(image, world) {
    const isApproved = world.approved?.registry;
    if (!isApproved || !isWhole(image)) return;
    const address = addressOf(image.name);
    if (isApproved(address)) return;
    yield {
      at: image.named,
      subject: address,
      message: `${code(address)} (${image.runs}) comes from no place that ${code('approved-registries')} in your settings lists, so nothing of yours has looked at what it runs. Take it from an approved registry, or have this one approved.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'another registry, another part of an approved one, and Docker Hub',
        files: {
          ...settings`
            approved-registries:
              - nvcr.io/nvidia
              - "*.dkr.ecr.eu-central-1.amazonaws.com"
          `,
          ...yaml`
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: chat }
            spec:
              template:
                spec:
                  initContainers:
                    - name: weights
                      image: nvcr.io/partner/loader:1.0.0 # <- finds
                  containers:
                    - name: server
                      image: ghcr.io/someone/vllm@sha256:880e63f94b145e46f1b1082bb71b85e21f16b99b180b9996407d61240ceb9830 # <- finds
                    - name: cache
                      image: redis:7.4 # <- finds
                    - name: log
                      image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/log:1 # <- finds
          `,
        },
      },
      {
        name: 'the registry in chart values',
        files: {
          ...settings`
            approved-registries: [ghcr.io/acme]
          `,
          ...values`
            image:
              registry: quay.io # <- finds
              repository: acme/llm
              tag: 1.2.0
            router:
              image: docker.io/acme/router:1.0.0 # <- finds
          `,
        },
      },
      {
        name: 'a model in Terraform',
        files: {
          ...settings`
            approved-registries: ["*.dkr.ecr.*.amazonaws.com"]
          `,
          ...terraform`
            resource "aws_sagemaker_model" "rank" {
              name               = "rank"
              execution_role_arn = "arn:aws:iam::123456789012:role/rank"
              primary_container {
                image = "public.ecr.aws/someone/rank:1" # <- finds
              }
            }
          `,
        },
      },
      {
        name: 'one registry for all images, left empty',
        files: {
          ...settings`
            approved-registries: [ghcr.io/acme]
          `,
          ...values`
            global:
              imageRegistry: ""
            image:
              registry: quay.io # <- finds
              repository: acme/llm
              tag: 1.2.0
          `,
        },
      },
    ],
    good: [
      {
        name: 'approved ones, however they are written',
        files: {
          ...settings`
            approved-registries:
              - docker.io/library
              - docker.io/vllm
              - NVCR.io/nvidia/**
              - registry.acme.example:5000
          `,
          ...yaml`
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: chat }
            spec:
              template:
                spec:
                  containers:
                    - { name: a, image: "redis:7.4.1" }
                    - { name: b, image: "index.docker.io/library/redis:7.4.1" }
                    - { name: c, image: "vllm/vllm-openai:v0.26.0" }
                    - { name: d, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.5.1" }
                    - { name: e, image: "registry.acme.example:5000/team/app:1.0.0" }
          `,
        },
      },
      {
        name: 'without the setting images come from anywhere',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: chat }
          spec:
            containers:
              - { name: server, image: "ghcr.io/someone/server:1.0.0" }
        `,
      },
    ],
    unknown: [
      {
        name: 'a name that something else completes',
        files: {
          ...settings`
            approved-registries: [ghcr.io/acme]
          `,
          ...yaml`
            apiVersion: v1
            kind: Pod
            metadata: { name: chat }
            spec:
              containers:
                - { name: server, image: "$REGISTRY/server:1.0.0" }
                - { name: controller, image: "controller:1.0.0" }
          `,
        },
      },
      {
        name: 'values whose registry the chart, or one for all images, decides',
        files: {
          ...settings`
            approved-registries: [ghcr.io/acme]
          `,
          'a/values.yaml': `image:\n  repository: someone/llm\n  tag: 1.2.0\n`,
          'b/values.yaml': `global:\n  imageRegistry: mirror.acme.example\nimage:\n  registry: docker.io\n  repository: someone/llm\n  tag: 1.2.0\n`,
        },
      },
    ],
  },
});

/** In a chart's values a name without a host may be completed by its templates, and one registry for all images goes before each image's own. */
function isWhole(image: RunImage): boolean {
  if (!isRealName(image)) return false;
  if (image.of.dialect !== 'helm-values') return true;
  const forAll = [image.of.attr('global', 'imageRegistry'), image.of.attr('global', 'image', 'registry')];
  return image.name.host !== undefined && forAll.every((one) => one.is === 'absent' || (one.is === 'known' && !one.value));
}
