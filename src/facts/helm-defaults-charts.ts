import type { ChartFacts } from './helm-defaults.ts';

const split = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Data stores, trackers, notebooks, applications and what GPU nodes need. Model servers and Ray are in `helm-defaults-serving.ts`. */
export const applicationCharts: readonly ChartFacts[] = [
  {
    product: 'Weaviate',
    names: ['weaviate'],
    repository: /weaviate\.github\.io\/weaviate-helm|github\.com\/weaviate\/weaviate-helm/,
    keys: split(`image command args initContainers replicas podManagementPolicy updateStrategy resources securityContext containerSecurityContext
      serviceAccountName clusterDomain storage service grpcService mcp serviceMonitor startupProbe livenessProbe readinessProbe
      terminationGracePeriodSeconds authentication authorization query_defaults debug namespaces env envSecrets offload usage backups
      collectionExport modules annotations extraVolumeMounts extraVolumes nodeSelector tolerations hostAliases affinity priorityClassName
      globalPriorityClassName podDisruptionBudgets`),
    telling: ['query_defaults'],
    source: { repository: 'weaviate/weaviate-helm', path: 'weaviate/values.yaml', commit: '4213da5', date: '2026-07-01' },
    exposed: [
      { is: 'service', path: ['service', 'type'], byDefault: 'LoadBalancer' },
      { is: 'service', path: ['grpcService', 'type'], byDefault: 'LoadBalancer' },
    ],
    defaults: [
      {
        is: 'open',
        path: ['authentication', 'anonymous_access', 'enabled'],
        value: true,
        unless: [{ path: ['env', 'AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED'], is: 'false' }],
        consequence: 'whoever reaches it reads, changes and deletes the vectors and the documents behind them without a key',
        instead: 'set it to false and switch on API keys or OIDC',
        better: false,
      },
      {
        is: 'published',
        path: ['service', 'type'],
        value: 'LoadBalancer',
        unless: [
          { path: ['service', 'annotations'], is: 'set' },
          { path: ['service', 'loadBalancerSourceRanges'], is: 'set' },
        ],
        consequence: 'the database gets a public address on most clouds',
        instead: 'write ClusterIP, and put what calls it in the same cluster or network',
        better: 'ClusterIP',
      },
      {
        is: 'published',
        path: ['grpcService', 'type'],
        value: 'LoadBalancer',
        unless: [
          { path: ['grpcService', 'enabled'], is: 'false' },
          { path: ['grpcService', 'annotations'], is: 'set' },
          { path: ['grpcService', 'loadBalancerSourceRanges'], is: 'set' },
        ],
        consequence: 'the gRPC interface of the database gets a public address on most clouds',
        instead: 'write ClusterIP, and put what calls it in the same cluster or network',
        better: 'ClusterIP',
      },
      {
        is: 'strong',
        path: ['initContainers', 'sysctlInitContainer', 'enabled'],
        value: true,
        severity: 'low',
        unless: [],
        consequence:
          'before each start of the database a privileged container, of `alpine:latest` unless another is named, changes kernel settings of the node',
        instead: 'set `vm.max_map_count` where the nodes are set up, and switch it off here',
      },
      {
        is: 'strong',
        chosen: true,
        path: ['initContainers', 'ensureFileOwnershipContainer', 'enabled'],
        value: true,
        unless: [],
        consequence: 'a privileged container that runs as root changes the owner of all files, where `fsGroup` would do',
        instead: 'set `securityContext.fsGroup` and switch it off',
      },
    ],
  },
  {
    product: 'JupyterHub',
    names: ['jupyterhub'],
    repository: /hub\.jupyter\.org\/helm-chart|jupyterhub\.github\.io\/helm-chart|github\.com\/jupyterhub\/zero-to-jupyterhub-k8s/,
    shared: true,
    keys: split(
      'fullnameOverride nameOverride enabled custom imagePullSecret imagePullSecrets hub rbac proxy singleuser scheduling prePuller ingress httpRoute cull debug global',
    ),
    telling: ['singleuser'],
    source: { repository: 'jupyterhub/zero-to-jupyterhub-k8s', path: 'jupyterhub/values.yaml', commit: '48ea50e3', date: '2026-07-24' },
    exposed: [
      { is: 'service', path: ['proxy', 'service', 'type'], byDefault: 'LoadBalancer' },
      { is: 'ingress', path: ['ingress', 'enabled'] },
    ],
    defaults: [
      {
        is: 'open',
        path: ['hub', 'config', 'JupyterHub', 'authenticator_class'],
        value: 'dummy',
        unless: [
          { path: ['hub', 'config', 'DummyAuthenticator', 'password'], is: 'set' },
          { path: ['hub', 'config', 'SharedPasswordAuthenticator'], is: 'set' },
          { path: ['hub', 'extraConfig'], is: 'set' },
          { path: ['hub', 'existingSecret'], is: 'set' },
          { path: ['auth'], is: 'set' },
        ],
        consequence: 'any name with any password logs in and gets a notebook, which is running code in the cluster, GPUs included',
        instead: 'use the OAuthenticator of your identity provider and name who may log in',
      },
      {
        is: 'published',
        path: ['proxy', 'service', 'type'],
        value: 'LoadBalancer',
        unless: [
          { path: ['proxy', 'https', 'enabled'], is: 'set' },
          { path: ['proxy', 'service', 'annotations'], is: 'set' },
          { path: ['proxy', 'service', 'loadBalancerSourceRanges'], is: 'set' },
        ],
        consequence:
          'the hub gets a public address on most clouds and, with `proxy.https.enabled` off as it is by default, takes passwords and notebook traffic in clear text',
        instead: 'switch `proxy.https.enabled` on, or write ClusterIP behind an ingress with TLS',
      },
      {
        is: 'lost',
        chosen: true,
        path: ['hub', 'db', 'type'],
        value: 'sqlite-memory',
        unless: [],
        consequence: 'with every restart the hub forgets its users, their tokens and which notebooks run, and these run on unseen',
        instead: 'keep `sqlite-pvc`, or use PostgreSQL',
        better: 'sqlite-pvc',
      },
    ],
  },
  {
    product: 'Qdrant',
    names: ['qdrant'],
    repository: /qdrant\.github\.io\/qdrant-helm|qdrant\.to\/helm|github\.com\/qdrant\/qdrant-helm/,
    keys: split(`replicaCount image imagePullSecrets nameOverride fullnameOverride args env service ingress livenessProbe readinessProbe startupProbe
      additionalLabels additionalAnnotations podAnnotations podLabels resources containerSecurityContext podSecurityContext lifecycle
      updateVolumeFsOwnership updateConfigurationOnChange nodeSelector tolerations affinity topologySpreadConstraints persistence
      snapshotPersistence snapshotRestoration config sidecarContainers metrics serviceAccount priorityClassName shareProcessNamespace
      podManagementPolicy podDisruptionBudget apiKey readOnlyApiKey additionalVolumes additionalVolumeMounts chartTests`),
    telling: ['snapshotPersistence', 'snapshotRestoration', 'readOnlyApiKey'],
    source: { repository: 'qdrant/qdrant-helm', path: 'charts/qdrant/values.yaml', commit: 'fd6321f', date: '2026-08-21' },
    exposed: [
      { is: 'service', path: ['service', 'type'] },
      { is: 'ingress', path: ['ingress', 'enabled'] },
    ],
    login: {
      switches: [['apiKey'], ['config', 'service', 'api_key']],
      perhaps: [['config', 'service', 'jwt_rbac'], ['sidecarContainers']],
      signs: [{ paths: [['env']], text: /^QDRANT__SERVICE__(?:API_KEY|JWT_RBAC)$/ }],
      opens: 'read, change and drop every collection',
      instead: 'set `apiKey` from an existing Secret',
    },
    defaults: [],
  },
  {
    product: 'Milvus',
    names: ['milvus'],
    repository: /(?:zilliztech|milvus-io)\.github\.io\/milvus-helm|github\.com\/(?:zilliztech|milvus-io)\/milvus-helm/,
    shared: true,
    keys: split(`nameOverride fullnameOverride cluster replicaResourceGroups image nodeSelector tolerations affinity containerSecurityContext
      securityContext topologySpreadConstraints labels annotations volumes volumeMounts streaming customConfigMap extraConfigFiles service ingress
      serviceAccount metrics livenessProbe readinessProbe log heaptrack standalone proxy rootCoordinator queryCoordinator queryNode
      indexCoordinator indexNode dataCoordinator dataNode mixCoordinator streamingNode cdc attu minio etcd pulsarv3 pulsar kafka woodpecker
      externalS3 externalGcs externalEtcd externalPulsar externalKafka tei`),
    telling: ['mixCoordinator', 'queryNode', 'dataNode', 'indexNode', 'rootCoordinator', 'pulsarv3'],
    source: { repository: 'zilliztech/milvus-helm', path: 'charts/milvus/values.yaml', commit: '9832476', date: '2026-04-16' },
    exposed: [
      { is: 'service', path: ['service', 'type'] },
      { is: 'ingress', path: ['ingress', 'enabled'] },
      { is: 'ingress', path: ['attu', 'ingress', 'enabled'] },
    ],
    login: {
      switches: [],
      perhaps: [['customConfigMap']],
      signs: [{ paths: [['extraConfigFiles']], text: /^\s*authorizationEnabled:\s*["']?true/im }],
      opens: 'read, change and drop every collection',
      instead: 'set `common.security.authorizationEnabled: true` in `extraConfigFiles` and change the password of `root`',
    },
    defaults: [
      {
        is: 'credential',
        path: ['minio', 'secretKey'],
        value: 'minioadmin',
        unless: [
          { path: ['minio', 'enabled'], is: 'false' },
          { path: ['minio', 'existingSecret'], is: 'set' },
          { path: ['minio', 'useIAM'], is: 'set' },
          { path: ['externalS3', 'enabled'], is: 'set' },
          { path: ['externalGcs', 'enabled'], is: 'set' },
        ],
        consequence: 'the object store that holds all vectors has the access key and secret that everyone knows, `minioadmin`',
        instead: 'name a Secret in `minio.existingSecret`, or use a cloud bucket with an identity (`externalS3.useIAM`)',
      },
      {
        is: 'lost',
        chosen: true,
        path: ['minio', 'persistence', 'enabled'],
        value: false,
        unless: [
          { path: ['minio', 'enabled'], is: 'false' },
          { path: ['externalS3', 'enabled'], is: 'set' },
          { path: ['externalGcs', 'enabled'], is: 'set' },
        ],
        consequence: 'all vectors and indexes go when the pod of the object store is rescheduled',
        instead: 'leave it on, or use a bucket (`externalS3`)',
        better: true,
      },
      {
        is: 'lost',
        chosen: true,
        path: ['etcd', 'persistence', 'enabled'],
        value: false,
        unless: [
          { path: ['etcd', 'enabled'], is: 'false' },
          { path: ['externalEtcd', 'enabled'], is: 'set' },
        ],
        consequence:
          'etcd alone knows which collections there are: when its pods are rescheduled, the stored vectors can no longer be read',
        instead: 'leave it on',
        better: true,
      },
    ],
  },
  {
    product: 'MLflow',
    names: ['mlflow'],
    repository: /community-charts\.github\.io\/helm-charts|github\.com\/community-charts\/helm-charts|ghcr\.io\/community-charts/,
    shared: true,
    keys: split(`replicaCount image initImages strategy imagePullSecrets nameOverride fullnameOverride revisionHistoryLimit serviceAccount
      deploymentAnnotations podAnnotations extraPodLabels podSecurityContext securityContext service log telemetry backendStore postgresql mysql
      artifactRoot flaskServerSecretKey auth ldapAuth autoscaling extraArgs extraFlags extraEnvVars extraSecretNamesForEnvFrom ingress
      corsAllowedOrigins serverAllowedHosts serverHost resources serviceMonitor nodeSelector tolerations affinity priorityClassName extraDeploy
      initContainers extraContainers extraVolumes extraVolumeMounts livenessProbe readinessProbe oauth2Proxy oidcAuth minio`),
    telling: ['backendStore', 'artifactRoot', 'flaskServerSecretKey'],
    source: { repository: 'community-charts/helm-charts', path: 'charts/mlflow/values.yaml', commit: 'ae700ff', date: '2026-08-22' },
    exposed: [
      { is: 'service', path: ['service', 'type'] },
      { is: 'ingress', path: ['ingress', 'enabled'] },
    ],
    login: {
      switches: [
        ['auth', 'enabled'],
        ['ldapAuth', 'enabled'],
        ['oidcAuth', 'enabled'],
        ['oauth2Proxy', 'enabled'],
      ],
      perhaps: [['extraArgs', 'appName'], ['extraArgs', 'app-name'], ['extraFlags'], ['extraContainers']],
      opens: 'read, change and delete experiments, and replace registered models that others then load',
      instead: 'switch on `auth.enabled`, `ldapAuth.enabled` or `oidcAuth.enabled`',
    },
    defaults: [
      {
        is: 'lost',
        path: ['backendStore', 'defaultSqlitePath'],
        value: ':memory:',
        unless: [
          { path: ['backendStore', 'postgres', 'enabled'], is: 'set' },
          { path: ['backendStore', 'mysql', 'enabled'], is: 'set' },
          { path: ['backendStore', 'mssql', 'enabled'], is: 'set' },
          { path: ['postgresql', 'enabled'], is: 'set' },
          { path: ['mysql', 'enabled'], is: 'set' },
          { path: ['extraFlags'], is: 'set' },
          { path: ['extraArgs'], is: 'set' },
        ],
        consequence: 'runs, metrics and the model registry are kept in memory and are gone when the pod restarts',
        instead: 'name a database under `backendStore`, or switch `postgresql.enabled` on',
      },
    ],
  },
  {
    product: 'Ollama',
    names: ['ollama'],
    repository: /otwld\.github\.io\/ollama-helm|helm\.otwld\.com|github\.com\/otwld\/ollama-helm/,
    keys: split(`replicaCount knative image imagePullSecrets nameOverride fullnameOverride namespaceOverride ollama serviceAccount podAnnotations
      podLabels podSecurityContext priorityClassName securityContext runtimeClassName service deployment gateway httpRoute ingress resources
      livenessProbe readinessProbe autoscaling volumes volumeMounts extraArgs extraEnv extraEnvFrom persistentVolume nodeSelector tolerations
      affinity lifecycle updateStrategy topologySpreadConstraints terminationGracePeriodSeconds initContainers hostIPC hostPID hostNetwork
      extraObjects tests podSchedulerName`),
    source: { repository: 'otwld/ollama-helm', path: 'values.yaml', commit: 'eadf03e', date: '2026-08-22' },
    exposed: [
      { is: 'service', path: ['service', 'type'] },
      { is: 'ingress', path: ['ingress', 'enabled'] },
    ],
    login: {
      switches: [],
      perhaps: [['extraObjects']],
      opens: 'run models on your GPUs, and pull and delete models',
      instead: 'keep it at ClusterIP: Ollama has no log-in of its own, so put a gateway or an ingress that authenticates in front',
    },
    defaults: [
      {
        is: 'unchecked',
        chosen: true,
        path: ['ollama', 'insecure'],
        value: true,
        unless: [],
        consequence: 'models are pulled in clear text or with any certificate, so they can be exchanged on the way',
        instead: 'leave it off, and give a registry of your own a certificate that the image trusts',
        better: false,
      },
    ],
  },
  {
    product: 'Chroma',
    names: ['chromadb'],
    repository: /amikos-tech\.github\.io\/chromadb-chart|github\.com\/amikos-tech\/chromadb-chart/,
    keys: split(`global replicaCount image initImage imagePullSecrets nameOverride fullnameOverride commonLabels podLabels serviceAccount service
      ingress resources autoscaling nodeSelector tolerations affinity podSpec readinessProbe livenessProbe startupProbe chromadb`),
    source: { repository: 'amikos-tech/chromadb-chart', path: 'charts/chromadb-chart/values.yaml', commit: 'c4f4a6d', date: '2026-04-15' },
    exposed: [
      { is: 'service', path: ['service', 'type'] },
      { is: 'ingress', path: ['ingress', 'enabled'] },
    ],
    login: {
      switches: [],
      perhaps: [
        ['chromadb', 'apiVersion'],
        ['image', 'tag'],
      ],
      opens: 'read, change and drop every collection',
      instead:
        'keep it at ClusterIP: since 1.0 Chroma has no log-in of its own (`chromadb.auth` is ignored), so put an ingress that authenticates in front',
    },
    defaults: [
      {
        is: 'open',
        chosen: true,
        path: ['chromadb', 'allowReset'],
        value: true,
        unless: [],
        severity: 'medium',
        consequence: 'whoever reaches it empties the whole database with one call',
        instead: 'leave it off outside of tests',
        better: false,
      },
      {
        is: 'lost',
        chosen: true,
        path: ['chromadb', 'isPersistent'],
        value: false,
        unless: [],
        consequence: 'all collections are kept in memory and are gone when the pod restarts',
        instead: 'leave it on',
        better: true,
      },
    ],
  },
  {
    product: 'Open WebUI',
    names: ['open-webui'],
    repository: /helm\.openwebui\.com|open-webui\.github\.io\/helm-charts|github\.com\/open-webui\/helm-charts/,
    keys: split(`nameOverride fullnameOverride namespaceOverride ollama ollamaUrls ollamaUrlsFromExtraEnv pipelines tika terminals websocket workload
      clusterDomain extraLabels annotations podAnnotations podLabels replicaCount revisionHistoryLimit priorityClassName strategy image
      imagePullSecrets command args serviceAccount livenessProbe readinessProbe startupProbe resources copyAppData managedCertificate ingress route
      persistence nodeSelector tolerations affinity topologySpreadConstraints hostAliases service enableOpenaiApi openaiBaseApiUrl
      openaiBaseApiUrls openaiApiKey openaiApiKeyExistingSecret openaiApiKeyExistingSecretKey openaiApiKeys openaiApiKeysExistingSecret
      openaiApiKeysExistingSecretKey databaseUrl extraEnvVars commonEnvVars extraEnvFrom runtimeClassName volumeMounts extraInitContainers
      volumes podSecurityContext containerSecurityContext sso extraResources logging`),
    telling: ['ollamaUrls', 'ollamaUrlsFromExtraEnv', 'openaiBaseApiUrl', 'openaiBaseApiUrls', 'enableOpenaiApi'],
    source: { repository: 'open-webui/helm-charts', path: 'charts/open-webui/values.yaml', commit: 'a6305e7', date: '2026-07-30' },
    exposed: [
      { is: 'service', path: ['service', 'type'] },
      { is: 'ingress', path: ['ingress', 'enabled'] },
    ],
    defaults: [
      {
        is: 'credential',
        path: ['openaiApiKey'],
        value: '0p3n-w3bu!',
        unless: [
          { path: ['pipelines', 'enabled'], is: 'false' },
          { path: ['pipelines', 'extraEnvVars'], is: 'set' },
          { path: ['openaiApiKeyExistingSecret'], is: 'set' },
          { path: ['openaiApiKeysExistingSecret'], is: 'set' },
          { path: ['openaiApiKeys'], is: 'set' },
          { path: ['extraEnvVars'], is: 'set' },
        ],
        consequence:
          'the pipelines server, which runs Python code that its callers upload, accepts the key that is printed in the chart; every pod of the cluster can use it',
        instead:
          'give both an own key from a Secret (`openaiApiKeyExistingSecret`, `PIPELINES_API_KEY`), or switch `pipelines.enabled` off when nothing uses it',
      },
      {
        is: 'open',
        chosen: true,
        path: ['sso', 'trustedHeader', 'enabled'],
        value: true,
        unless: [{ path: ['sso', 'enabled'], is: 'false' }],
        severity: 'medium',
        consequence:
          'whoever reaches the Service past the proxy logs in as anybody, administrators too, by writing their address into a header',
        instead: 'use `sso.oidc`, or let a NetworkPolicy admit nothing but the proxy',
      },
      {
        is: 'open',
        chosen: true,
        path: ['sso', 'mergeAccountsByEmail'],
        value: true,
        unless: [{ path: ['sso', 'enabled'], is: 'false' }],
        severity: 'low',
        consequence:
          'an account of the provider with somebody’s address takes over that person’s account, and not every provider checks who owns an address',
        instead: 'leave it off unless your provider verifies addresses',
      },
      {
        is: 'lost',
        chosen: true,
        path: ['persistence', 'enabled'],
        value: false,
        unless: [
          { path: ['databaseUrl'], is: 'set' },
          { path: ['volumes'], is: 'set' },
          { path: ['extraEnvVars'], is: 'set' },
          { path: ['extraEnvFrom'], is: 'set' },
        ],
        consequence: 'accounts, chats and uploaded documents are gone when the pod restarts',
        instead: 'leave it on, or name a database in `databaseUrl` and a bucket in `persistence.provider`',
        better: true,
      },
    ],
  },
  {
    product: 'Langflow',
    names: ['langflow-ide'],
    repository: /langflow-ai\.github\.io\/langflow-helm-charts|github\.com\/langflow-ai\/langflow-helm-charts/,
    keys: split(
      'imagePullSecrets nameOverride fullnameOverride serviceAccount ingress securityContext podSecurityContext langflow secretProvider postgresql',
    ),
    source: {
      repository: 'langflow-ai/langflow-helm-charts',
      path: 'charts/langflow-ide/values.yaml',
      commit: '5265500',
      date: '2025-01-24',
    },
    exposed: [
      { is: 'service', path: ['langflow', 'frontend', 'service', 'type'] },
      { is: 'service', path: ['langflow', 'backend', 'service', 'type'] },
      { is: 'ingress', path: ['ingress', 'enabled'] },
    ],
    login: {
      switches: [],
      offSwitches: [['langflow', 'backend', 'autoLogin']],
      signs: [{ paths: [['langflow', 'backend', 'env']], text: /^LANGFLOW_AUTO_LOGIN$/ }],
      opens: 'build and run flows, which is running code with the keys that are stored in it',
      instead: 'set `langflow.backend.autoLogin: false` with a superuser from a Secret',
    },
    defaults: [],
  },
  {
    product: 'Langfuse',
    names: ['langfuse'],
    repository: /langfuse\.github\.io\/langfuse-k8s|github\.com\/langfuse\/langfuse-k8s/,
    keys: split('global nameOverride fullnameOverride langfuse postgresql redis clickhouse s3 extraManifests'),
    source: { repository: 'langfuse/langfuse-k8s', path: 'charts/langfuse/values.yaml', commit: 'f5e4abf', date: '2026-08-20' },
    exposed: [
      { is: 'ingress', path: ['langfuse', 'ingress', 'enabled'] },
      { is: 'service', path: ['langfuse', 'web', 'service', 'type'] },
    ],
    defaults: [],
  },
  {
    product: 'Argo Workflows',
    names: ['argo-workflows'],
    repository: /argoproj\.github\.io\/argo-helm|ghcr\.io\/argoproj\/argo-helm|github\.com\/argoproj\/argo-helm/,
    keys: split(`images crds createAggregateRoles nameOverride fullnameOverride namespaceOverride commonLabels kubeVersionOverride apiVersionOverrides singleNamespace
      workflow controller mainContainer executor server extraObjects useDefaultArtifactRepo useStaticCredentials artifactRepository
      customArtifactRepository artifactRepositoryRef emissary`),
    source: { repository: 'argoproj/argo-helm', path: 'charts/argo-workflows/values.yaml', commit: 'af0a9310', date: '2026-07-02' },
    exposed: [
      { is: 'ingress', path: ['server', 'ingress', 'enabled'] },
      { is: 'service', path: ['server', 'serviceType'] },
    ],
    defaults: [],
  },
  {
    product: 'the NVIDIA GPU Operator',
    names: ['gpu-operator'],
    repository: /helm\.ngc\.nvidia\.com\/nvidia|github\.com\/NVIDIA\/gpu-operator/,
    keys: split(`platform nfd psa cdi sandboxWorkloads hostPaths daemonsets validator operator mig driver toolkit devicePlugin dcgm dcgmExporter gfd
      migManager nodeStatusExporter gds gdrcopy vgpuManager vgpuDeviceManager vfioManager kataManager sandboxDevicePlugin kataSandboxDevicePlugin
      ccManager clusterPolicy gpuCluster draDriver extraObjects node-feature-discovery`),
    telling: ['dcgmExporter', 'migManager', 'sandboxWorkloads', 'nodeStatusExporter', 'vgpuManager', 'ccManager'],
    source: { repository: 'NVIDIA/gpu-operator', path: 'deployments/gpu-operator/values.yaml', commit: 'a22dbf671', date: '2026-08-21' },
    exposed: [],
    defaults: [],
  },
  {
    product: 'the NVIDIA device plugin',
    names: ['nvidia-device-plugin'],
    repository: /nvidia\.github\.io\/k8s-device-plugin|github\.com\/NVIDIA\/k8s-device-plugin/,
    keys: split(`config compatWithCPUManager migStrategy failOnInitError deviceListStrategy deviceIDStrategy nvidiaDriverRoot gdrcopyEnabled
      gdsEnabled mofedEnabled deviceDiscoveryStrategy nameOverride fullnameOverride namespaceOverride selectorLabelsOverride
      allowDefaultNamespace imagePullSecrets image updateStrategy podAnnotations podSecurityContext securityContext resources nodeSelector affinity
      tolerations priorityClassName runtimeClassName devicePlugin gfd nfd mps cdi`),
    telling: ['deviceListStrategy', 'failOnInitError', 'compatWithCPUManager', 'migStrategy'],
    source: {
      repository: 'NVIDIA/k8s-device-plugin',
      path: 'deployments/helm/nvidia-device-plugin/values.yaml',
      commit: '1b826acc6',
      date: '2026-08-19',
    },
    exposed: [],
    defaults: [],
  },
];
