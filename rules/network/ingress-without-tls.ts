import { defineRule, file, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { aiIngress } from '../../src/concepts/kubernetes-ingress.ts';

export default defineRule({
  id: 'network/ingress-without-tls',
  title: 'Ingress to an AI service has no TLS',
  severity: 'medium',
  requirements: ['R3', 'R4', 'R5'],
  frameworks: { nist: ['SC-8'], stride: ['information-disclosure', 'tampering'] },
  why: `Without TLS, prompts, answers, log-ins and API keys cross the network as readable text, and whoever is on the way can change them.`,
  links: [
    'https://kubernetes.io/docs/concepts/services-networking/ingress/#tls',
    'https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration',
  ],
  looksAt: aiIngress,

  *check({ name, ai, header, tlsAt, tls, reach, publicAt, authenticated, plainToo }) {
    if (plainToo && reach !== 'internal')
      yield {
        at: tlsAt.is === 'absent' ? header : tlsAt,
        subject: 'plain too',
        severity: 'low',
        message: `Ingress ${code(name)} has a certificate, and GKE’s load balancer goes on serving ${ai.what} in plain HTTP beside it: who follows an old link logs in unencrypted. Name a ${code('FrontendConfig')} with ${code('redirectToHttps')}, or set ${code('kubernetes.io/ingress.allow-http: "false"')}; annotations of other controllers do nothing here.`,
      };
    if (tls !== 'no') return;
    // The missing log-in is the bigger problem of the same place, and its message names the plain HTTP.
    if (authenticated === 'no' && ai.product?.auth !== 'sign-in' && (publicAt || tlsAt.is === 'absent')) return;
    yield {
      at: tlsAt.is === 'absent' ? header : tlsAt,
      severity: reach === 'internal' ? 'low' : 'medium',
      message: `Ingress ${code(name)} serves ${ai.what} without TLS: prompts, answers and keys cross the network in plain HTTP. Add a certificate under ${code('tls')}, or the controller's own annotation for one.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a certificate of GKE, and plain HTTP beside it',
        files: values`
          image:
            repository: ghcr.io/open-webui/open-webui
            tag: 0.11.0
          ingress:
            enabled: true
            annotations:
              kubernetes.io/ingress.class: gce
              networking.gke.io/managed-certificates: chat
              nginx.ingress.kubernetes.io/ssl-redirect: "true"
            tls: false # <- finds
        `,
      },
      {
        name: 'one host of two is on the machine of its author',
        files: values`
          image:
            repository: ghcr.io/open-webui/open-webui
            tag: 0.11.0
          ingress:
            enabled: true # <- finds
            hosts:
              - host: open-webui.minikube.local
              - host: chat.example.com
        `,
      },
      {
        name: 'no certificate',
        files: yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress # <- finds
          metadata:
            name: llm
            annotations:
              nginx.ingress.kubernetes.io/auth-url: https://login.example.com/oauth2/auth
          spec:
            rules:
              - host: llm.example.com
                http:
                  paths:
                    - { path: /, pathType: Prefix, backend: { service: { name: vllm, port: { number: 8000 } } } }
        `,
      },
      {
        name: 'switched off in chart values',
        files: values`
          image:
            repository: ghcr.io/open-webui/open-webui
            tag: 0.11.0
          ingress:
            enabled: true
            annotations: {}
            tls: false # <- finds
        `,
      },
      {
        name: 'in front of a log-in',
        files: yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress # <- finds
          metadata:
            name: chat
          spec:
            rules:
              - host: chat.example.com
                http:
                  paths:
                    - { path: /, pathType: Prefix, backend: { service: { name: open-webui, port: { number: 8080 } } } }
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: open-webui }
          spec:
            selector: { app: open-webui }
            ports: [{ port: 8080 }]
          ---
          apiVersion: v1
          kind: Pod
          metadata: { name: open-webui, labels: { app: open-webui } }
          spec:
            containers:
              - { name: open-webui, image: "ghcr.io/open-webui/open-webui:0.11.0" }
        `,
      },
    ],
    good: [
      {
        name: 'a certificate of GKE, and plain HTTP sent on or switched off',
        files: {
          ...file('a/values.yaml')`
            image:
              repository: ghcr.io/open-webui/open-webui
              tag: 0.11.0
            ingress:
              enabled: true
              annotations:
                networking.gke.io/managed-certificates: chat
                networking.gke.io/v1beta1.FrontendConfig: to-https
          `,
          ...file('b/values.yaml')`
            image:
              repository: ghcr.io/open-webui/open-webui
              tag: 0.11.0
            ingress:
              enabled: true
              annotations:
                networking.gke.io/managed-certificates: chat
                kubernetes.io/ingress.allow-http: "false"
          `,
        },
      },
      {
        name: 'a certificate on GKE’s load balancer inside of the network',
        files: values`
          image:
            repository: ghcr.io/open-webui/open-webui
            tag: 0.11.0
          ingress:
            enabled: true
            annotations:
              kubernetes.io/ingress.class: gce-internal
              ingress.gcp.kubernetes.io/pre-shared-cert: chat
        `,
      },
      {
        name: 'on the machine of whoever tries it out',
        files: {
          ...yaml`
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: { name: chat }
            spec:
              rules:
                - host: chat.localhost
                  http:
                    paths:
                      - { path: /, pathType: Prefix, backend: { service: { name: open-webui, port: { number: 8080 } } } }
          `,
          ...values`
            image:
              repository: ghcr.io/open-webui/open-webui
              tag: 0.11.0
            ingress:
              enabled: true
              host: open-webui.minikube.local
          `,
        },
      },
      {
        name: 'a certificate',
        files: yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: llm
            annotations:
              nginx.ingress.kubernetes.io/auth-url: https://login.example.com/oauth2/auth
          spec:
            tls: [{ hosts: [llm.example.com], secretName: llm-tls }]
            rules:
              - host: llm.example.com
                http:
                  paths:
                    - { path: /, pathType: Prefix, backend: { service: { name: vllm, port: { number: 8000 } } } }
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: vllm\nversion: 1.0.0\n',
          'chart/templates/ingress.yaml': [
            'apiVersion: networking.k8s.io/v1',
            'kind: Ingress',
            'metadata:',
            '  name: llm',
            '  annotations:',
            '    {{- toYaml .Values.ingress.annotations | nindent 4 }}',
            'spec:',
            '  tls: {{ .Values.ingress.tls }}',
            '  rules:',
            '    - http:',
            '        paths:',
            '          - { path: /, pathType: Prefix, backend: { service: { name: vllm, port: { number: 8000 } } } }',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});
