import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { agentSandbox, fencedOtherwise, reachesMetadata } from '../../src/concepts/agent-sandbox.ts';

export default defineRule({
  id: 'agents/sandbox-network',
  title: 'Sandbox of an agent reaches the inside of your network',
  severity: 'medium',
  requirements: ['R38', 'R19', 'R25'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure', 'elevation-of-privilege'], owasp: ['LLM06:2025'] },
  why: `By default the controller fences the sandboxes of a template: in from the router alone, out to the public internet and neither to private addresses nor to the metadata service. Taken away, code that an agent was talked into calls your databases, other sandboxes, and the metadata service for the credentials of the node.`,
  links: [
    'https://github.com/kubernetes-sigs/agent-sandbox/blob/main/docs/security/threat_model.md',
    'https://agent-sandbox.sigs.k8s.io/docs/',
  ],
  looksAt: agentSandbox,

  *check({ of, noun }, world) {
    const management = of.attr('spec', 'networkPolicyManagement');
    if (management.is === 'known' && management.value === 'Unmanaged') {
      if (fencedOtherwise(of, world)) return;
      yield {
        at: management,
        message: `${noun} ${code(of.name)} switches off the policy that fences its sandboxes, and no other policy here stands in for it: what an agent runs reaches private addresses and the metadata service of the node. Leave it ${code('Managed')} and open under ${code('networkPolicy')} what it needs.`,
      };
      return;
    }
    if (management.is === 'unknown') return;
    for (const rule of of.items('spec', 'networkPolicy', 'egress'))
      if (reachesMetadata(rule)) {
        yield {
          at: rule,
          message: `${noun} ${code(of.name)} lets its sandboxes out to every address, the metadata service of the node (${code('169.254.169.254')}) and private networks among them. Leave those out with ${code('except')}, or name what an agent has to reach.`,
        };
        return;
      }
  },

  examples: {
    bad: [
      {
        name: 'without the controller’s policy',
        files: yaml`
          apiVersion: extensions.agents.x-k8s.io/v1beta1
          kind: SandboxTemplate
          metadata: { name: python, namespace: agents }
          spec:
            networkPolicyManagement: Unmanaged # <- finds
            podTemplate:
              spec:
                runtimeClassName: gvisor
                containers:
                  - name: runtime
                    image: acme/python-runtime:1.4.0
        `,
      },
      {
        name: 'out to everywhere',
        files: yaml`
          apiVersion: extensions.agents.x-k8s.io/v1beta1
          kind: SandboxTemplate
          metadata: { name: python, namespace: agents }
          spec:
            networkPolicy:
              egress:
                - ports: [{ protocol: UDP, port: 53 }]
                - to: # <- finds
                    - ipBlock:
                        cidr: 0.0.0.0/0
                        except: [10.0.0.0/8]
            podTemplate:
              spec:
                runtimeClassName: gvisor
                containers:
                  - name: runtime
                    image: acme/python-runtime:1.4.0
        `,
      },
    ],
    good: [
      {
        name: 'the default, exceptions, single ports, and a policy of one’s own',
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
          apiVersion: extensions.agents.x-k8s.io/v1beta1
          kind: SandboxTemplate
          metadata: { name: browser, namespace: agents }
          spec:
            networkPolicyManagement: Managed
            networkPolicy:
              egress:
                - ports: [{ protocol: TCP, port: 443 }]
                - to:
                    - ipBlock:
                        cidr: 0.0.0.0/0
                        except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16]
            podTemplate:
              spec:
                runtimeClassName: gvisor
                containers:
                  - name: browser
                    image: acme/browser:1.4.0
          ---
          apiVersion: extensions.agents.x-k8s.io/v1beta1
          kind: SandboxTemplate
          metadata: { name: shell, namespace: shells }
          spec:
            networkPolicyManagement: Unmanaged
            podTemplate:
              spec:
                runtimeClassName: gvisor
                containers:
                  - name: shell
                    image: acme/shell:1.4.0
          ---
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: fence, namespace: shells }
          spec:
            podSelector: {}
            policyTypes: [Ingress, Egress]
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
            apiVersion: extensions.agents.x-k8s.io/v1beta1
            kind: SandboxTemplate
            metadata: { name: python }
            spec:
              networkPolicyManagement: {{ .Values.management }}
              networkPolicy:
                egress: [{}]
              podTemplate:
                spec:
                  runtimeClassName: gvisor
                  containers:
                    - name: runtime
                      image: acme/python-runtime:1.4.0
          `,
        },
      },
    ],
  },
});
