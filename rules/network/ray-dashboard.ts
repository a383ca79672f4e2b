import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { rayDashboard } from '../../src/concepts/ray-dashboard.ts';

export default defineRule({
  id: 'network/ray-dashboard',
  title: 'Ray dashboard listens for everybody',
  severity: 'medium',
  requirements: ['R17', 'R6', 'R36'],
  frameworks: { nist: ['SC-7', 'AC-3'], stride: ['elevation-of-privilege', 'spoofing'], atlas: ['AML.T0049'] },
  why: `Ray's dashboard takes jobs, and a job is any code, from whoever reaches it: it asks for no credential unless token authentication is on. On all interfaces that is every pod of the cluster, and with a public Service it is the internet.`,
  links: [
    'https://docs.ray.io/en/latest/ray-security/index.html',
    'https://docs.ray.io/en/latest/cluster/kubernetes/user-guides/kuberay-auth.html',
  ],
  looksAt: rayDashboard,

  *check({ host, name, service, mayAskForToken, fenced }) {
    if (host.is !== 'known' || !/^(0\.0\.0\.0|::)$/.test(String(host.value)) || mayAskForToken) return;
    const type = service?.is === 'known' ? String(service.value) : '';
    const published = type === 'LoadBalancer' || type === 'NodePort';
    if (fenced && !published) return;
    yield {
      at: host,
      severity: published ? 'medium' : 'low',
      message: published
        ? `The dashboard of ${code(name)} listens on every interface (${code(String(host.value))}) and its Service is exposed as ${code(type)}: whoever reaches it runs jobs, which is any code, without a credential. Keep the Service ${code('ClusterIP')} and turn on token authentication (${code('authOptions.mode: token')}).`
        : `The dashboard of ${code(name)} listens on every interface (${code(String(host.value))}), so every pod of the cluster can submit jobs without a credential. Expose it to fewer: a NetworkPolicy for the head, or token authentication (${code('authOptions.mode: token')}).`,
    };
  },

  examples: {
    bad: [
      {
        name: 'inside the cluster',
        files: yaml`
          apiVersion: ray.io/v1
          kind: RayCluster
          metadata: { name: training }
          spec:
            headGroupSpec:
              rayStartParams:
                dashboard-host: "0.0.0.0" # <- finds
              template:
                spec:
                  containers:
                    - name: ray-head
                      image: rayproject/ray:2.56.0
        `,
      },
      {
        name: 'a policy in the resource, and a Service that goes around it',
        files: yaml`
          apiVersion: ray.io/v1
          kind: RayCluster
          metadata: { name: training }
          spec:
            networkPolicy: { mode: DenyAll }
            headGroupSpec:
              serviceType: LoadBalancer
              rayStartParams:
                dashboard-host: "0.0.0.0" # <- finds
              template:
                spec:
                  containers:
                    - name: ray-head
                      image: rayproject/ray:2.56.0
        `,
      },
    ],
    good: [
      {
        name: 'on the loopback interface; with a token',
        files: yaml`
          apiVersion: ray.io/v1
          kind: RayCluster
          metadata: { name: training }
          spec:
            headGroupSpec:
              rayStartParams: { dashboard-host: 127.0.0.1 }
              template:
                spec:
                  containers:
                    - name: ray-head
                      image: rayproject/ray:2.56.0
          ---
          apiVersion: ray.io/v1
          kind: RayCluster
          metadata: { name: serving }
          spec:
            authOptions: { mode: token }
            headGroupSpec:
              rayStartParams: { dashboard-host: 0.0.0.0 }
              template:
                spec:
                  containers:
                    - name: ray-head
                      image: rayproject/ray:2.56.0
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: training\nversion: 1.0.0\n',
          'chart/templates/cluster.yaml': [
            'apiVersion: ray.io/v1',
            'kind: RayCluster',
            'metadata: { name: training }',
            'spec:',
            '  headGroupSpec:',
            '    rayStartParams:',
            '      {{- toYaml .Values.head.rayStartParams | nindent 6 }}',
            '    template:',
            '      spec:',
            '        containers:',
            '          - name: ray-head',
            '            image: rayproject/ray:2.56.0',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});
