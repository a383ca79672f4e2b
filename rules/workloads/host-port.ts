import { defineRule, terraform, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { aiPod, isGpuInfrastructure, isNodeAgent } from '../../src/concepts/ai-workload.ts';
import { container, type Pod } from '../../src/concepts/container.ts';
import { called, sameNamespace, selects } from '../../src/concepts/mesh-policy.ts';
import { textOf } from '../../src/concepts/setting.ts';
import type { World } from '../../src/model/world.ts';

export default defineRule({
  id: 'workloads/host-port',
  title: 'AI server opens a port of its node',
  severity: 'medium',
  requirements: ['R36', 'R17', 'R38'],
  frameworks: { nist: ['SC-7', 'CM-7'], stride: ['information-disclosure', 'spoofing'] },
  why: `A host port is a door beside the one you guard: whoever reaches the node reaches the server, without the Service, the ingress and the log-in in front of it. On a node with a public address that is everybody. It also lets only one such pod onto each node.`,
  links: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
    'https://kubernetes.io/docs/concepts/configuration/overview/',
  ],
  looksAt: container,

  *check(subject, world) {
    const { pod, name } = subject;
    const ai = aiPod(pod);
    if (!ai || !called.has(ai.role) || isGpuInfrastructure(ai, pod) || isNodeAgent(ai, pod)) return;
    // On the network of the node every port is the node's, and that is said already.
    if (pod.attr('hostNetwork').is !== 'absent' && textOf(pod.attr('hostNetwork')) !== 'false') return;
    for (const port of subject.items('ports')) {
      const [at, address] = (pod.of.dialect === 'terraform' ? ['host_port', 'host_ip'] : ['hostPort', 'hostIP']).map((key) =>
        port.attr(key),
      );
      if (at?.is !== 'known' || !(Number(at.value) > 0) || !address || address.is === 'unknown') continue;
      if (/^(?:127\.|::1)/.test(textOf(address) ?? '')) continue;
      yield {
        at,
        message: `Container ${code(name || pod.of.name)} (${ai.what}) opens port ${code(at.value)} of its node: whoever reaches the node is served, past the Service and what guards it. Leave out the host port and publish the pod through a Service.`,
        fix: hasService(pod, world) ? [{ do: 'remove', at }] : [],
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'a model server that has a Service',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm, namespace: serving }
          spec:
            template:
              metadata:
                labels: { app: llm }
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
                    ports:
                      - containerPort: 8000
                        hostPort: 8000 # <- finds
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: llm, namespace: serving }
          spec:
            selector: { app: llm }
            ports: [{ port: 8000 }]
        `,
        suggests: '            - containerPort: 8000',
      },
      {
        name: 'a notebook that has none',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: lab }
          spec:
            hostNetwork: false
            containers:
              - name: lab
                image: quay.io/jupyter/scipy-notebook:2026-05-04
                ports:
                  - { containerPort: 8888, hostPort: 80 } # <- finds
        `,
      },
      {
        name: 'Terraform',
        files: terraform`
          resource "kubernetes_pod" "vectors" {
            metadata {
              name = "vectors"
            }
            spec {
              container {
                name  = "qdrant"
                image = "qdrant/qdrant:v1.17.0"
                port {
                  container_port = 6333
                  host_port      = 6333 # <- finds
                }
              }
            }
          }
        `,
      },
      {
        name: 'a notebook, beside a server that is on the network of the node anyway',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: lab }
          spec:
            containers:
              - name: lab
                image: quay.io/jupyter/scipy-notebook:2026-05-04
                ports:
                  - { containerPort: 8888, hostPort: 80 } # <- finds
          ---
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            hostNetwork: true
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                ports:
                  - { containerPort: 8000, hostPort: 8000 }
        `,
      },
      {
        name: 'a model server that is selected by what keeps it running, and by no Service',
        files: yaml`
          apiVersion: v1
          kind: ReplicationController
          metadata: { name: llm, namespace: serving }
          spec:
            replicas: 2
            selector: { app: llm }
            template:
              metadata:
                labels: { app: llm }
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
                    ports:
                      - containerPort: 8000
                        hostPort: 8000 # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'none, on the node’s own address, and what watches the node',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            securityContext: { runAsNonRoot: true, runAsUser: 1000 }
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                ports:
                  - { containerPort: 8000 }
                  - { containerPort: 8001, hostPort: 8001, hostIP: 127.0.0.1 }
                  - { containerPort: 8002, hostPort: 0 }
          ---
          apiVersion: apps/v1
          kind: DaemonSet
          metadata: { name: dcgm-exporter }
          spec:
            template:
              spec:
                containers:
                  - name: exporter
                    image: nvcr.io/nvidia/k8s/dcgm-exporter:4.5.1
                    ports: [{ containerPort: 9400, hostPort: 9400 }]
        `,
      },
      {
        name: 'a shop',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: shop }
          spec:
            containers:
              - name: shop
                image: ghcr.io/acme/shop:2.4.1
                ports: [{ containerPort: 8080, hostPort: 80 }]
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: llm\nversion: 1.0.0\n',
          'chart/templates/pod.yaml': [
            'apiVersion: v1',
            'kind: Pod',
            'metadata: { name: llm }',
            'spec:',
            '  securityContext: { runAsNonRoot: true, runAsUser: 1000 }',
            '  containers:',
            '    - name: server',
            '      image: vllm/vllm-openai:v0.26.0',
            '      ports:',
            '        - containerPort: 8000',
            '          hostPort: {{ .Values.hostPort }}',
            '        - containerPort: 8001',
            '          hostPort: 8001',
            '          hostIP: {{ .Values.hostIP }}',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});

/** Whether a Service of the configuration leads to the pod already. */
const hasService = (pod: Pod, world: World): boolean =>
  world.resources.some((other) => other.type === 'Service' && sameNamespace(other, pod.of) && selects(other.attr('spec', 'selector'), pod));
