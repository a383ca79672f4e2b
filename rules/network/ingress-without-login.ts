import { defineRule, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { aiIngress } from '../../src/concepts/kubernetes-ingress.ts';

export default defineRule({
  id: 'network/ingress-without-login',
  title: 'Ingress leads to an AI service without a log-in',
  severity: 'high',
  requirements: ['R3', 'R17', 'R23', 'R5'],
  frameworks: {
    nist: ['AC-3', 'IA-2', 'SC-7'],
    stride: ['spoofing', 'denial-of-service', 'information-disclosure'],
    atlas: ['AML.T0040', 'AML.T0049'],
  },
  why: `Model servers, vector databases and trackers ask for no credential by default, so the ingress is the only place where one can be asked for. Without it, whoever finds the host name uses your GPUs and can copy the model through its answers.`,
  links: [
    'https://kubernetes.github.io/ingress-nginx/examples/auth/oauth-external-auth/',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#authentication',
    'https://oauth2-proxy.github.io/oauth2-proxy/',
  ],
  looksAt: aiIngress,

  *check({ name, ai, header, reach, publicAt, authenticated, tls, ofChart }) {
    // charts/exposed-without-login says it with the name of the switch.
    if (ofChart) return;
    if (authenticated !== 'no' || reach === 'internal' || ai.product?.auth === 'sign-in') return;
    // What an application of one's own asks for is not known.
    const own = ai.role === 'AI application' && !ai.product;
    const plain = tls === 'no' ? ', in plain HTTP' : '';
    yield {
      at: publicAt ?? header,
      severity: reach === 'internet' ? (own ? 'medium' : 'high') : own && tls !== 'no' ? 'low' : 'medium',
      message: `Ingress ${code(name)} opens ${ai.what} to ${reach === 'internet' ? 'the internet' : 'whoever reaches the ingress controller, which is commonly public'}${plain}, and ${own ? 'the ingress asks for no log-in' : 'nothing asks for a log-in'}. Put an authenticating proxy in front (${code('auth-url')} with OAuth2 Proxy, ${code('alb.ingress.kubernetes.io/auth-type: oidc')}), or make it internal.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'an internet-facing load balancer',
        files: yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: llm
            annotations:
              alb.ingress.kubernetes.io/scheme: internet-facing # <- finds
              alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:us-east-1:111122223333:certificate/1
          spec:
            ingressClassName: alb
            rules:
              - http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend:
                        service:
                          name: nim-llm
                          port: { number: 8000 }
        `,
      },
      {
        name: 'chart values of a tracker',
        files: values`
          image:
            repository: ghcr.io/mlflow/mlflow
            tag: v3.15.0
          ingress:
            enabled: true # <- finds
            annotations: {}
            tls:
              - hosts: [mlflow.example.com]
                secretName: mlflow-tls
        `,
      },
    ],
    good: [
      {
        name: 'behind OAuth2 Proxy',
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
      {
        name: 'inside the network, and a chart whose ingress is off',
        files: yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: llm
            annotations:
              alb.ingress.kubernetes.io/scheme: internal
              alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS": 443}]'
          spec:
            rules:
              - http:
                  paths:
                    - { path: /, pathType: Prefix, backend: { service: { name: vllm, port: { number: 8000 } } } }
        `,
      },
      {
        name: 'Open WebUI has a log-in of its own',
        files: values`
          image:
            repository: ghcr.io/open-webui/open-webui
            tag: 0.11.0
          ingress:
            enabled: true
            annotations: {}
            tls:
              - hosts: [chat.example.com]
                secretName: chat-tls
        `,
      },
    ],
    unknown: [
      {
        name: 'a middleware that this repository does not show',
        files: yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: llm
            annotations:
              traefik.ingress.kubernetes.io/router.middlewares: edge-login@kubernetescrd
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
  },
});
