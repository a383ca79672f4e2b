import { defineRule, file, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import type { Severity } from '../../src/engine/rule.ts';
import { publishedService, type PublishedService } from '../../src/concepts/kubernetes-service.ts';

const settings = file('.github/plumbline.yml');

export default defineRule({
  id: 'network/public-service',
  title: 'AI service is published outside the cluster',
  severity: 'high',
  requirements: ['R17', 'R23', 'R3', 'R4', 'R5', 'R41'],
  frameworks: {
    nist: ['SC-7', 'AC-3'],
    stride: ['spoofing', 'information-disclosure', 'denial-of-service'],
    atlas: ['AML.T0049', 'AML.T0040'],
  },
  why: `A LoadBalancer Service gets a public address on most clouds, and anyone who finds it talks straight to the server: past the ingress, its log-in, its TLS and its rate limits. Model servers, vector databases and Ray ask for no credential by default.`,
  links: [
    'https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer',
    'https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer',
    'https://oauth2-proxy.github.io/oauth2-proxy/',
  ],
  looksAt: publishedService,

  *check(service) {
    if (service.restricted !== 'no') return;
    yield {
      at: service.type,
      severity: severityOf(service),
      message: service.how === 'LoadBalancer' ? balanced(service) : onNodes(service),
      related: service.sourceRanges.origins.map((origin) => origin.span),
      fix: [{ do: 'set', at: service.type, to: 'ClusterIP' }],
    };
  },

  examples: {
    bad: [
      {
        name: 'TensorFlow Serving behind a public load balancer',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: classifier }
          spec:
            template:
              metadata:
                labels: { app: classifier }
              spec:
                containers:
                  - name: serving
                    image: tensorflow/serving:2.19.0
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: classifier }
          spec:
            type: LoadBalancer # <- finds
            selector: { app: classifier }
            ports:
              - port: 80
                targetPort: 8501
        `,
        suggests: '  type: ClusterIP',
      },
      {
        name: 'the head of a Ray cluster',
        files: yaml`
          apiVersion: ray.io/v1
          kind: RayCluster
          metadata: { name: training }
          spec:
            headGroupSpec:
              serviceType: NodePort # <- finds
              template:
                spec:
                  containers:
                    - name: ray-head
                      image: rayproject/ray:2.56.0
        `,
        suggests: '    serviceType: ClusterIP',
      },
      {
        name: 'chart values of a vector database',
        files: values`
          image:
            repository: semitechnologies/weaviate
            tag: 1.38.0
          grpcService:
            enabled: true
            type: LoadBalancer # <- finds
            loadBalancerSourceRanges: []
            annotations: {}
        `,
        suggests: '  type: ClusterIP',
      },
      {
        name: 'a load balancer, where only high findings get a comment',
        files: {
          ...settings`
            comment-at: high
          `,
          ...values`
            image:
              repository: vllm/vllm-openai
              tag: v0.26.0
            service:
              type: LoadBalancer # <- finds
              port: 8000
          `,
        },
        suggests: '  type: ClusterIP',
      },
      {
        name: 'a port of every node, where only high findings get a comment',
        files: {
          ...settings`
            comment-at: high
          `,
          ...values`
            image:
              repository: vllm/vllm-openai
              tag: v0.26.0
            service:
              type: NodePort # <- finds
              port: 8000
          `,
        },
      },
    ],
    good: [
      {
        name: 'a port that a notebook uses, too, in front of something else',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: front }
          spec:
            template:
              metadata: { labels: { app: front } }
              spec:
                containers:
                  - name: server
                    image: acme/front:2.4.0
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: front }
          spec:
            type: NodePort
            selector: { app: front }
            ports: [{ port: 8888 }]
        `,
      },
      {
        name: 'other software in a chart with a notebook',
        files: values`
          jupyterNotebook:
            image: { repository: quay.io/jupyter/base-notebook, tag: 2026-01-05 }
          minio:
            service: { type: NodePort }
        `,
      },
      {
        name: 'an internal load balancer, and one for a known range',
        files: yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: vllm
            annotations:
              networking.gke.io/load-balancer-type: Internal
          spec:
            type: LoadBalancer
            selector: { app: vllm }
            ports: [{ port: 80, targetPort: 8000 }]
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: vllm-partners }
          spec:
            type: LoadBalancer
            loadBalancerSourceRanges: [198.51.100.0/24]
            selector: { app: vllm }
            ports: [{ port: 443, targetPort: 8443 }]
        `,
      },
      {
        name: 'something that is no AI service',
        files: yaml`
          apiVersion: v1
          kind: Service
          metadata: { name: shop }
          spec:
            type: LoadBalancer
            selector: { app: shop }
            ports: [{ port: 443, targetPort: 8443 }]
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides the annotations',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: vllm\nversion: 1.0.0\n',
          'chart/templates/service.yaml': [
            'apiVersion: v1',
            'kind: Service',
            'metadata:',
            '  name: vllm',
            '  annotations:',
            '    {{- toYaml .Values.service.annotations | nindent 4 }}',
            'spec:',
            '  type: LoadBalancer',
            '  selector: { app: vllm }',
            '  ports: [{ port: 80, targetPort: 8000 }]',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});

function severityOf({ how, ai, login }: PublishedService): Severity {
  if (login) return how === 'LoadBalancer' ? 'medium' : 'low';
  // What an application of one's own asks for is not known.
  if (how === 'LoadBalancer') return ai.role === 'AI application' && !ai.product ? 'medium' : 'high';
  return ai.product?.auth === 'none' || ai.role === 'Ray cluster' ? 'medium' : 'low';
}

function balanced({ name, ai, login }: PublishedService): string {
  const open = login
    ? 'and try keys at its log-in, which protects no traffic that runs in clear text'
    : ai.product?.auth === 'none' || ai.role === 'Ray cluster'
      ? 'and by default it asks nobody for a credential'
      : 'past any ingress in front, with its log-in, TLS and limits';
  return `Service ${code(name)} puts ${ai.what} on a public load balancer: anyone can reach it, ${open}. Use ${code('ClusterIP')} behind an ingress that authenticates, or make the load balancer internal, or list the callers in ${code('loadBalancerSourceRanges')}.`;
}

const onNodes = ({ name, ai }: PublishedService): string =>
  `Service ${code(name)} opens ${ai.what} on a port of every node, so whatever reaches a node reaches it, past ingress and log-in. Use ${code('ClusterIP')} behind an ingress that authenticates.`;
