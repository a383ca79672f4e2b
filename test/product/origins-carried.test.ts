import { test } from 'vitest';
import { checkRow, type Row } from './origins.ts';

const privileged = 'gpu/privileged-container';
const both = (
  path: string,
  make: (value: boolean) => string,
  others: Readonly<Record<string, string>> = {},
): Pick<Row, 'before' | 'changes'> => ({ before: { ...others, [path]: make(false) }, changes: { [path]: make(true) } });

const release = (rest: string): string => `resource "helm_release" "llm" {
  name       = "llm"
  repository = "https://charts.example.com"
  chart      = "llm"
  version    = "1.0.0"
${rest}}
`;
const image = 'image:\n  repository: vllm/vllm-openai\n  tag: v0.26.0\n';
const indented = (text: string, by: string): string => text.replace(/^(?=.)/gm, by);

/** The containers' part of a pod, in YAML. */
const pod = (value: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llm
spec:
  template:
    spec:
      containers:
        - name: server
          image: vllm/vllm-openai:v0.26.0
          resources:
            limits:
              nvidia.com/gpu: 1
              memory: 32Gi
          securityContext:
            runAsNonRoot: true
            privileged: ${value}
`;

const rows: readonly Row[] = [
  {
    name: 'values of a release in a heredoc',
    ...both('llm.tf', (v) =>
      release(`  values = [<<-YAML\n${indented(`${image}securityContext:\n  privileged: ${v}\n`, '    ')}  YAML\n  ]\n`),
    ),
    says: [`${privileged} llm.tf:11`],
    mends: ['suggestion llm.tf:11 privileged: false'],
  },
  {
    name: 'a local in a heredoc of values',
    ...both('locals.tf', (v) => `locals {\n  privileged = ${v}\n}\n`, {
      'llm.tf': release(
        `  values = [<<-YAML\n${indented(`${image}securityContext:\n  privileged: \${local.privileged}\n`, '    ')}  YAML\n  ]\n`,
      ),
    }),
    says: [`${privileged} locals.tf:2`],
    mends: ['suggestion locals.tf:2 privileged = false'],
  },
  {
    name: 'values of a release by yamlencode',
    ...both('llm.tf', (v) =>
      release(
        `  values = [yamlencode({\n    image = {\n      repository = "vllm/vllm-openai"\n      tag        = "v0.26.0"\n    }\n    securityContext = {\n      privileged = ${v}\n    }\n  })]\n`,
      ),
    ),
    says: [`${privileged} llm.tf:12`],
    mends: ['suggestion llm.tf:12 privileged = false'],
  },
  {
    name: 'values by yamlencode of a local',
    ...both(
      'locals.tf',
      (v) =>
        `locals {\n  values = {\n    image           = { repository = "vllm/vllm-openai", tag = "v0.26.0" }\n    securityContext = { privileged = ${v} }\n  }\n}\n`,
      { 'llm.tf': release('  values = [yamlencode(local.values)]\n') },
    ),
    says: [`${privileged} locals.tf:4`],
    mends: ['suggestion locals.tf:4 securityContext = { privileged = false }'],
  },
  {
    name: 'a values file that a release reads',
    ...both('values/llm.yaml', (v) => `${image}securityContext:\n  privileged: ${v}\n`, {
      'llm.tf': release('  values = [file("${path.module}/values/llm.yaml")]\n'),
    }),
    says: [`${privileged} values/llm.yaml:5`],
    mends: ['suggestion values/llm.yaml:5 privileged: false'],
  },
  {
    name: 'a set of a release over its values',
    before: {
      'llm.tf': release(`  values = [<<-YAML\n${indented(`${image}securityContext:\n  privileged: false\n`, '    ')}  YAML\n  ]\n`),
    },
    changes: {
      'llm.tf': release(
        `  values = [<<-YAML\n${indented(`${image}securityContext:\n  privileged: false\n`, '    ')}  YAML\n  ]\n  set {\n    name  = "securityContext.privileged"\n    value = "true"\n  }\n`,
      ),
    },
    says: [`${privileged} llm.tf:16`],
    mends: ['suggestion llm.tf:16 value = false'],
  },
  {
    name: 'a manifest in a heredoc',
    ...both('llm.tf', (v) => `resource "kubectl_manifest" "llm" {\n  yaml_body = <<-YAML\n${indented(pod(String(v)), '    ')}  YAML\n}\n`),
    says: [`${privileged} llm.tf:19`],
    mends: ['suggestion llm.tf:19 privileged: false'],
  },
  {
    name: 'a manifest in a file with a variable of Terraform in it',
    ...both('terraform.tfvars', (v) => `privileged = ${v}\n`, {
      'llm.tf':
        'variable "privileged" {\n  type = bool\n}\n\nresource "kubectl_manifest" "llm" {\n  yaml_body = templatefile("${path.module}/llm.yaml", { privileged = var.privileged })\n}\n',
      'llm.yaml': pod('${privileged}'),
    }),
    says: [`${privileged} terraform.tfvars:1`],
    mends: ['suggestion terraform.tfvars:1 privileged = false'],
  },
  {
    name: 'a manifest as an object',
    ...both('variables.tf', (v) => `variable "privileged" {\n  default = ${v}\n}\n`, {
      'llm.tf': `resource "kubernetes_manifest" "llm" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "Deployment"
    metadata   = { name = "llm" }
    spec = {
      template = {
        spec = {
          containers = [{
            name            = "server"
            image           = "vllm/vllm-openai:v0.26.0"
            resources       = { limits = { "nvidia.com/gpu" = 1, memory = "32Gi" } }
            securityContext = { runAsNonRoot = true, privileged = var.privileged }
          }]
        }
      }
    }
  }
}
`,
    }),
    says: [`${privileged} variables.tf:2`],
    mends: ['suggestion variables.tf:2 default = false'],
  },
  {
    name: 'a typed resource, by the default of a variable',
    ...both('variables.tf', (v) => `variable "privileged" {\n  type    = bool\n  default = ${v}\n}\n`, {
      'llm.tf': `resource "kubernetes_deployment_v1" "llm" {
  metadata {
    name = "llm"
  }
  spec {
    template {
      spec {
        container {
          name  = "server"
          image = "vllm/vllm-openai:v0.26.0"
          resources {
            limits = { "nvidia.com/gpu" = 1, memory = "32Gi" }
          }
          security_context {
            run_as_non_root = true
            privileged      = var.privileged
          }
        }
      }
    }
  }
}
`,
    }),
    says: [`${privileged} variables.tf:3`],
    mends: ['suggestion variables.tf:3 default = false'],
  },
];

test.each(rows)('$name', checkRow);
