import type { ChartFacts } from './helm-defaults.ts';

const split = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Model servers, Ray, and the controllers that run them. */
export const servingCharts: readonly ChartFacts[] = [
  {
    product: 'the vLLM production stack',
    names: ['vllm-stack'],
    repository: /vllm-project\.github\.io\/production-stack|github\.com\/vllm-project\/production-stack/,
    keys: split(`servingEngineSpec routerSpec cacheserverSpec loraAdapters loraController sharedPvcStorage extraObjects grafanaDashboards
      kube-prometheus-stack prometheus-adapter`),
    telling: ['servingEngineSpec', 'routerSpec', 'cacheserverSpec', 'loraController'],
    source: { repository: 'vllm-project/production-stack', path: 'helm/values.yaml', commit: 'a6c01db0', date: '2026-08-05' },
    exposed: [
      { is: 'service', path: ['routerSpec', 'serviceType'] },
      { is: 'ingress', path: ['routerSpec', 'ingress', 'enabled'] },
    ],
    login: {
      switches: [
        ['servingEngineSpec', 'vllmApiKey'],
        ['routerSpec', 'vllmApiKey'],
      ],
      signs: [
        {
          paths: [
            ['servingEngineSpec', 'modelSpec', '*', 'vllmConfig', 'extraArgs'],
            ['servingEngineSpec', 'modelSpec', '*', 'env'],
            ['routerSpec', 'extraArgs'],
            ['routerSpec', 'env'],
          ],
          text: /^--api-key|^VLLM_API_KEY$/,
        },
      ],
      opens: 'use the models on your GPUs',
      instead: 'set `servingEngineSpec.vllmApiKey` from an existing Secret',
    },
    defaults: [
      {
        // Source: helm/templates/role.yaml of the same commit.
        is: 'strong',
        chosen: true,
        path: ['loraController', 'enableLoraController'],
        value: true,
        unless: [{ path: ['loraController', 'serviceAccountName'], is: 'set' }],
        consequence: 'the controller gets a ClusterRole with which it reads and changes the Secrets and pods of every namespace',
        instead: 'name a service account in `loraController.serviceAccountName` that has a Role in this namespace only',
      },
    ],
  },
  {
    product: 'Ray',
    names: ['ray-cluster'],
    repository: /ray-project\.github\.io\/kuberay-helm|github\.com\/ray-project\/kuberay/,
    keys: split(
      'image nameOverride fullnameOverride imagePullSecrets gcsFaultTolerance common head worker additionalWorkerGroups service annotations',
    ),
    telling: ['additionalWorkerGroups', 'gcsFaultTolerance'],
    source: { repository: 'ray-project/kuberay', path: 'helm-chart/ray-cluster/values.yaml', commit: 'feeaf72fa', date: '2026-08-19' },
    exposed: [{ is: 'service', path: ['service', 'type'] }],
    login: {
      switches: [],
      // Ray asks for a token from 2.52 on when it is told to, and by itself from 2.61 on; the chart runs 2.52. Source: docs.ray.io, "Ray token authentication".
      signs: [
        {
          paths: [
            ['common', 'containerEnv'],
            ['head', 'containerEnv'],
          ],
          text: /^RAY_AUTH_MODE$/,
        },
        { paths: [['image', 'tag']], text: /^(?!1\.|2\.(?:[1-5]?\d|60)\b)/ },
      ],
      perhaps: [
        ['head', 'envFrom'],
        ['head', 'sidecarContainers'],
      ],
      opens: 'run code on every node of the cluster, with the job API behind the dashboard',
      instead: 'keep it at ClusterIP behind a proxy that authenticates, and set `RAY_AUTH_MODE=token` (Ray 2.52 and newer)',
    },
    defaults: [],
  },
  {
    product: 'the KubeRay operator',
    names: ['kuberay-operator'],
    repository: /ray-project\.github\.io\/kuberay-helm|github\.com\/ray-project\/kuberay/,
    keys: split(`nameOverride fullnameOverride componentOverride replicas image imagePullSecrets nodeSelector priorityClassName labels annotations
      affinity tolerations serviceAccount logging batchScheduler configuration featureGates metrics operatorCommand useKubernetesProxy
      leaderElectionEnabled reconcileConcurrency kubeClient rbacEnable crNamespacedRbacEnable singleNamespaceInstall watchNamespace env resources
      livenessProbe readinessProbe podSecurityContext securityContext service`),
    source: { repository: 'ray-project/kuberay', path: 'helm-chart/kuberay-operator/values.yaml', commit: 'feeaf72fa', date: '2026-08-19' },
    exposed: [],
    defaults: [],
  },
  {
    product: 'the KubeRay API server',
    names: ['kuberay-apiserver'],
    repository: /ray-project\.github\.io\/kuberay-helm|github\.com\/ray-project\/kuberay/,
    keys: split(`replicaCount name image cors labels annotations serviceAccount containerPort resources sidecarContainers nodeSelector affinity
      tolerations service ingress route rbacEnable singleNamespaceInstall enableAPIServerV2 security`),
    source: {
      repository: 'ray-project/kuberay',
      path: 'helm-chart/kuberay-apiserver/values.yaml',
      commit: 'feeaf72fa',
      date: '2026-08-19',
    },
    exposed: [
      { is: 'service', path: ['service', 'type'] },
      { is: 'ingress', path: ['ingress', 'enabled'] },
    ],
    defaults: [
      {
        // 1.7.0 ships without a token (7bc6df7b9); 1.6.2 and older with this one.
        is: 'credential',
        path: ['security', 'env', 'SECURITY_TOKEN'],
        value: '12345',
        before: '1.7.0',
        unless: [],
        consequence:
          'the proxy in front of the API, which creates Ray clusters and runs jobs in them, takes the token that is printed in the chart',
        instead: 'take 1.7.0 or newer, which has none, and give it one of your own at install time',
      },
    ],
  },
  {
    product: 'KServe',
    names: ['kserve', 'kserve-resources', 'kserve-llmisvc-resources'],
    repository: /ghcr\.io\/kserve\/charts|github\.com\/kserve\/kserve/,
    shared: true,
    keys: ['kserve'],
    source: { repository: 'kserve/kserve', path: 'charts/kserve-resources/values.yaml', commit: 'aaac4e294', date: '2026-08-21' },
    exposed: [],
    defaults: [
      {
        is: 'unchecked',
        chosen: true,
        path: ['kserve', 'storage', 's3', 'verifySSL'],
        value: '0',
        unless: [],
        consequence: 'every model of the cluster is fetched without checking the store’s certificate, so it can be exchanged on the way',
        instead: 'name the authority in `kserve.storage.s3.CABundleConfigMap`',
        better: '1',
      },
    ],
  },
  {
    product: 'Triton',
    names: ['triton-inference-server'],
    repository: /github\.com\/triton-inference-server\/server/,
    shared: true,
    keys: split('tags replicaCount image service secret serverArgs serviceMonitor autoscaling traefik prometheus-adapter'),
    // The charts for GKE and AWS have the same keys and the same default of the Service; that of Fleet Command has a NodePort.
    source: { repository: 'triton-inference-server/server', path: 'deploy/gcp/values.yaml', commit: 'e1db8a603', date: '2026-08-19' },
    exposed: [{ is: 'service', path: ['service', 'type'] }],
    login: {
      switches: [],
      perhaps: [['serverArgs'], ['image', 'serverArgs']],
      opens: 'run the models on your GPUs and read which there are',
      instead: 'write ClusterIP: Triton has no log-in of its own, so put a gateway or an ingress that authenticates in front',
    },
    defaults: [],
  },
  {
    product: 'NVIDIA NIM',
    names: ['nim-llm'],
    repository: /helm\.ngc\.nvidia\.com\/nim|github\.com\/NVIDIA\/nim-deploy/,
    keys: split(`affinity containerSecurityContext customCommand customArgs env extraVolumes extraVolumeMounts image imagePullSecrets initContainers
      healthPort nodeSelector podAnnotations podSecurityContext replicaCount resources serviceAccount statefulSet tolerations autoscaling ingress
      livenessProbe readinessProbe startupProbe metrics model persistence hostPath nfs service multiNode csi proxyCA podLabels`),
    // The last that NVIDIA kept in a public repository (chart 1.1.2); newer ones are on NGC.
    source: { repository: 'NVIDIA/nim-deploy', path: 'helm/nim-llm/values.yaml', commit: '01f3757', date: '2024-08-22' },
    exposed: [
      { is: 'service', path: ['service', 'type'] },
      { is: 'ingress', path: ['ingress', 'enabled'] },
    ],
    login: {
      switches: [],
      perhaps: [['customCommand'], ['customArgs']],
      signs: [{ paths: [['env']], text: /^NIM_(?:SSL_MODE|MIDDLEWARE|PASSTHROUGH_ARGS)/ }],
      opens: 'use the model on your GPUs',
      instead: 'keep it at ClusterIP: NIM asks for no key, so put a gateway or an ingress that authenticates in front',
    },
    defaults: [],
  },
];
