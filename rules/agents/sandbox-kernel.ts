import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { agentSandbox, isolates, isolatingClass } from '../../src/concepts/agent-sandbox.ts';
import type { Pod } from '../../src/concepts/container.ts';
import { isForOwnMachine, isForTests } from '../../src/concepts/made-for-tests.ts';
import { textOf } from '../../src/concepts/setting.ts';
import type { Value } from '../../src/model/value.ts';

export default defineRule({
  id: 'agents/sandbox-kernel',
  title: 'Sandbox of an agent shares the kernel of its node',
  severity: 'medium',
  requirements: ['R25', 'R38', 'R36'],
  frameworks: { nist: ['SC-39', 'AC-6'], stride: ['elevation-of-privilege'], owasp: ['LLM06:2025'] },
  why: `A sandbox runs code that a model wrote, or that a document talked it into. The agent sandbox of Kubernetes only starts the pod: what holds the code inside is the runtime (gVisor, Kata Containers), and without one a single bug in the kernel gives it the node and every other sandbox there.`,
  links: [
    'https://github.com/kubernetes-sigs/agent-sandbox/blob/main/docs/security/threat_model.md',
    'https://kubernetes.io/docs/concepts/containers/runtime-class/',
  ],
  looksAt: agentSandbox,

  *check({ of, pod, noun }, world) {
    const runtime = pod.attr('runtimeClassName');
    const shares = runtime.is === 'absent' || (runtime.is === 'known' && /^(?:nvidia|runc|crun)?$/.test(String(runtime.value)));
    if (!shares || isPlacedOnRuntime(pod) || isWindows(pod) || startsMachine(pod) || isForTests(of) || isForOwnMachine(of)) return;
    const known = isolatingClass(world);
    yield {
      at: runtime,
      message: `${noun} ${code(of.name)} names no runtime that isolates it${runtime.is === 'known' ? ` (${code(String(runtime.value))} does not)` : ''}, so what an agent runs in it shares the kernel of the node with everything else there. Set ${code('runtimeClassName')} to ${known === undefined ? 'a class of your cluster for gVisor or Kata Containers' : code(known)}.`,
      fix: known === undefined ? [] : [{ do: 'set', at: runtime, to: known }],
    };
  },

  examples: {
    bad: [
      {
        name: 'no runtime, where the cluster has one',
        files: yaml`
          apiVersion: extensions.agents.x-k8s.io/v1beta1
          kind: SandboxTemplate
          metadata: { name: python, namespace: agents }
          spec:
            podTemplate:
              spec:
                automountServiceAccountToken: false # <- finds
                containers:
                  - name: runtime
                    image: acme/python-runtime:1.4.0
          ---
          apiVersion: node.k8s.io/v1
          kind: RuntimeClass
          metadata: { name: gvisor }
          handler: runsc
        `,
        suggests: '          image: acme/python-runtime:1.4.0\n      runtimeClassName: gvisor',
      },
      {
        name: 'a runtime that isolates nothing',
        files: yaml`
          apiVersion: agents.x-k8s.io/v1alpha1
          kind: Sandbox
          metadata: { name: coder, namespace: agents }
          spec:
            podTemplate:
              spec:
                automountServiceAccountToken: false
                runtimeClassName: nvidia # <- finds
                containers:
                  - name: coder
                    image: acme/coder:2.0.0
        `,
      },
    ],
    good: [
      {
        name: 'gVisor, by the class or by the nodes, and Windows',
        files: yaml`
          apiVersion: agents.x-k8s.io/v1beta1
          kind: Sandbox
          metadata: { name: coder, namespace: agents }
          spec:
            podTemplate:
              spec:
                automountServiceAccountToken: false
                runtimeClassName: gvisor
                containers:
                  - name: coder
                    image: acme/coder:2.0.0
          ---
          apiVersion: agents.x-k8s.io/v1beta1
          kind: Sandbox
          metadata: { name: reader, namespace: agents }
          spec:
            podTemplate:
              spec:
                automountServiceAccountToken: false
                nodeSelector: { sandbox.gke.io/runtime: gvisor }
                containers:
                  - name: reader
                    image: acme/reader:2.0.0
          ---
          apiVersion: agents.x-k8s.io/v1beta1
          kind: Sandbox
          metadata: { name: desktop, namespace: agents }
          spec:
            podTemplate:
              spec:
                automountServiceAccountToken: false
                nodeSelector: { kubernetes.io/os: windows }
                containers:
                  - name: desktop
                    image: acme/desktop:2.0.0
        `,
      },
      {
        name: 'a pod that starts a virtual machine of its own',
        files: yaml`
          apiVersion: agents.x-k8s.io/v1beta1
          kind: Sandbox
          metadata: { name: desktop, namespace: agents }
          spec:
            podTemplate:
              spec:
                automountServiceAccountToken: false
                containers:
                  - name: desktop
                    image: dockurr/windows:6.00
                    volumeMounts: [{ name: kvm, mountPath: /dev/kvm }]
                volumes:
                  - { name: kvm, hostPath: { path: /dev/kvm, type: CharDevice } }
          ---
          apiVersion: agents.x-k8s.io/v1beta1
          kind: Sandbox
          metadata: { name: machine, namespace: agents }
          spec:
            podTemplate:
              spec:
                automountServiceAccountToken: false
                containers:
                  - name: machine
                    image: acme/machine:1.0.0
                    resources: { limits: { devices.kubevirt.io/kvm: 1 } }
        `,
      },
      {
        name: 'a cluster on one’s own machine, and a load test',
        files: {
          ...file('client/gateway-kind/template.yaml')`
            apiVersion: extensions.agents.x-k8s.io/v1beta1
            kind: SandboxTemplate
            metadata: { name: python }
            spec:
              podTemplate:
                spec:
                  containers:
                    - name: runtime
                      image: acme/python-runtime:1.4.0
          `,
          ...file('dev/load-test/sandbox.yaml')`
            apiVersion: agents.x-k8s.io/v1beta1
            kind: Sandbox
            metadata: { name: load }
            spec:
              podTemplate:
                spec:
                  automountServiceAccountToken: false
                  containers:
                    - name: sleeper
                      image: alpine:3.22
          `,
        },
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          ...file('chart/Chart.yaml')`
            apiVersion: v2
            name: agents
            version: 1.0.0
          `,
          ...file('chart/templates/sandbox.yaml')`
            apiVersion: agents.x-k8s.io/v1beta1
            kind: Sandbox
            metadata: { name: coder }
            spec:
              podTemplate:
                spec:
                  automountServiceAccountToken: false
                  runtimeClassName: {{ .Values.runtimeClass }}
                  containers:
                    - name: coder
                      image: acme/coder:2.0.0
            ---
            apiVersion: agents.x-k8s.io/v1beta1
            kind: Sandbox
            metadata: { name: reader }
            spec:
              podTemplate:
                spec:
                  automountServiceAccountToken: false
                  nodeSelector: {{ toJson .Values.nodes }}
                  containers:
                    - name: reader
                      image: acme/reader:2.0.0
          `,
        },
      },
    ],
  },
});

/** Nodes that were made for such a runtime. */
const isPlacedOnRuntime = (pod: Pod): boolean => ['nodeSelector', 'affinity', 'tolerations'].some((key) => names(pod.attr(key)));

/** A value that names an isolating runtime, or that nobody knows. */
function names(value: Value): boolean {
  if (value.is === 'unknown') return true;
  if (value.is === 'known') return isolates(String(value.value));
  if (value.is === 'list') return value.items.some(names);
  return value.is === 'map' && (value.open === true || [...value.entries].some(([key, item]) => isolates(key) || names(item)));
}

const isWindows = (pod: Pod): boolean =>
  [pod.attr('nodeSelector', 'kubernetes.io/os'), pod.attr('os', 'name')].some((at) => textOf(at) === 'windows');

/** A pod that is given the processor's virtualization runs the agent in a machine of its own, and gVisor has no such device for it. */
const startsMachine = (pod: Pod): boolean =>
  pod.items('volumes').some((volume) => textOf(volume.attr('hostPath', 'path')) === '/dev/kvm') ||
  pod.containers.some((container) => container.attr('resources', 'limits', 'devices.kubevirt.io/kvm').is !== 'absent');
