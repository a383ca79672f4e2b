import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { agentSandbox } from '../../src/concepts/agent-sandbox.ts';
import { isForTests } from '../../src/concepts/made-for-tests.ts';

export default defineRule({
  id: 'agents/sandbox-token',
  title: 'Sandbox of an agent holds a token of the cluster',
  severity: 'medium',
  requirements: ['R9', 'R14', 'R38'],
  frameworks: { nist: ['AC-6', 'IA-5'], stride: ['elevation-of-privilege', 'spoofing'], owasp: ['LLM06:2025'] },
  why: `The token of a service account lies in the pod as a file, and code that an agent was talked into reads it first. What the account may do in the cluster, a stranger's prompt may do then; a later binding to the same account gives it more without anybody thinking of the sandbox.`,
  links: [
    'https://github.com/kubernetes-sigs/agent-sandbox/blob/main/docs/security/threat_model.md',
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  ],
  looksAt: agentSandbox,

  *check({ of, pod, noun, bare }) {
    const [mounted, account] = [pod.attr('automountServiceAccountToken'), pod.attr('serviceAccountName')];
    const asked = mounted.is === 'known' && mounted.value === true;
    // An account that was chosen is one that has rights, or will have; the namespace's own has none unless somebody binds it.
    const chosen = account.is !== 'absent' && !(account.is === 'known' && account.value === 'default');
    if ((!asked && !(bare && chosen && mounted.is === 'absent')) || isForTests(of)) return;
    yield {
      at: mounted,
      severity: chosen ? 'medium' : 'low',
      message: `${noun} ${code(of.name)} ${asked ? 'mounts' : 'is given'} the token of ${account.is === 'known' ? `the service account ${code(String(account.value))}` : 'its service account'}: whatever an agent runs in it can call the Kubernetes API as that account. Set ${code('automountServiceAccountToken: false')}.`,
      fix: chosen ? [] : [{ do: 'set', at: mounted, to: false }],
    };
  },

  examples: {
    bad: [
      {
        name: 'asked for in a template',
        files: yaml`
          apiVersion: extensions.agents.x-k8s.io/v1beta1
          kind: SandboxTemplate
          metadata: { name: python, namespace: agents }
          spec:
            podTemplate:
              spec:
                serviceAccountName: tools
                automountServiceAccountToken: true # <- finds
                runtimeClassName: gvisor
                containers:
                  - name: runtime
                    image: acme/python-runtime:1.4.0
        `,
      },
      {
        name: 'a sandbox by itself has one unless told otherwise',
        files: yaml`
          apiVersion: agents.x-k8s.io/v1beta1
          kind: Sandbox
          metadata: { name: coder, namespace: agents }
          spec:
            podTemplate:
              spec:
                serviceAccountName: coder # <- finds
                runtimeClassName: gvisor
                containers:
                  - name: coder
                    image: acme/coder:2.0.0
        `,
      },
      {
        name: 'asked for with no account that could need it',
        files: yaml`
          apiVersion: agents.x-k8s.io/v1beta1
          kind: Sandbox
          metadata: { name: coder, namespace: agents }
          spec:
            podTemplate:
              spec:
                automountServiceAccountToken: true # <- finds
                runtimeClassName: gvisor
                containers:
                  - name: coder
                    image: acme/coder:2.0.0
        `,
        suggests: '      automountServiceAccountToken: false',
      },
    ],
    good: [
      {
        name: 'a template has none unless asked, and sandboxes with an account without rights or without its token',
        files: yaml`
          apiVersion: extensions.agents.x-k8s.io/v1beta1
          kind: SandboxTemplate
          metadata: { name: python, namespace: agents }
          spec:
            podTemplate:
              spec:
                runtimeClassName: gvisor
                containers:
                  - name: runtime
                    image: acme/python-runtime:1.4.0
          ---
          apiVersion: agents.x-k8s.io/v1beta1
          kind: Sandbox
          metadata: { name: coder, namespace: agents }
          spec:
            podTemplate:
              spec:
                serviceAccountName: coder
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
                runtimeClassName: gvisor
                containers:
                  - name: reader
                    image: acme/reader:2.0.0
        `,
      },
      {
        name: 'a test',
        files: file('policy/.chainsaw-tests/sandbox.yaml')`
          apiVersion: agents.x-k8s.io/v1beta1
          kind: Sandbox
          metadata: { name: example, namespace: agents }
          spec:
            podTemplate:
              spec:
                serviceAccountName: tools
                runtimeClassName: gvisor
                containers:
                  - name: sleeper
                    image: busybox:1.37.0
        `,
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
                  automountServiceAccountToken: {{ .Values.token }}
                  runtimeClassName: gvisor
                  containers:
                    - name: coder
                      image: acme/coder:2.0.0
          `,
        },
      },
    ],
  },
});
