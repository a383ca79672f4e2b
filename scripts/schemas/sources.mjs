// What the extracts are made of. Versions and commits are pinned, so that the same command makes the same files.

/** Terraform providers, as the packages that describe them to TypeScript (MPL-2.0; frozen by their publisher in December 2025). */
export const terraformPackages = {
  aws: { package: '@cdktf/provider-aws@21.22.1', provider: 'hashicorp/aws 6.25.0' },
  google: { package: '@cdktf/provider-google@16.12.1', provider: 'hashicorp/google 6.50.0' },
  'google-beta': { package: '@cdktf/provider-google-beta@16.12.1', provider: 'hashicorp/google-beta 6.50.0' },
  azurerm: { package: '@cdktf/provider-azurerm@14.23.1', provider: 'hashicorp/azurerm 4.55.0' },
  kubernetes: { package: '@cdktf/provider-kubernetes@12.1.1', provider: 'hashicorp/kubernetes 2.38.0' },
  helm: { package: '@cdktf/provider-helm@12.1.2', provider: 'hashicorp/helm 3.1.1' },
  mongodbatlas: { package: '@cdktf/provider-mongodbatlas@8.6.2', provider: 'mongodb/mongodbatlas 1.41.1' },
  databricks: { package: '@cdktf/provider-databricks@15.16.1', provider: 'databricks/databricks 1.99.0' },
};

/** CloudFormation's resource types (Apache-2.0). */
export const cloudformationPackage = '@aws-cdk/aws-service-spec@0.1.216';
/** Kubernetes' own kinds (Apache-2.0), release 1.36. */
export const kubernetesPackage = '@kubernetes/client-node@2.0.1';

/** Types that the extracts hold although nothing in the repository names them yet: what a rule about AI infrastructure may need next. */
export const wanted = {
  terraform: [
    /^aws_(?:sagemaker|bedrock|bedrockagent|bedrockagentcore|opensearch|opensearchserverless|kendra|comprehend|qbusiness|lexv2models|rekognition|neptunegraph|personalize|s3vectors|eks|ecr|efs|fsx|batch)_/,
    /^aws_(?:s3_bucket\w*|s3_access_point|iam_\w*(?:role|policy)\w*|kms_key\w*|secretsmanager_secret\w*|ssm_parameter|lambda_\w*(?:function|url|permission)\w*)$/,
    /^aws_(?:instance|launch_template|autoscaling_group|security_group\w*|vpc_security_group_\w+|vpc|vpc_endpoint\w*|subnet|flow_log|network_acl\w*)$/,
    /^aws_(?:lb|alb|lb_listener|lb_listener_rule|lb_target_group|apigatewayv2_\w+|api_gateway_(?:rest_api|method|stage|usage_plan|api_key))$/,
    /^aws_(?:ecs_cluster|ecs_service|ecs_task_definition|elasticache_\w+|memorydb_\w+|db_instance|rds_cluster\w*|docdb_\w+|neptune_\w+|cloudwatch_log_\w+|cloudtrail|budgets_\w+|appautoscaling_\w+|ec2_capacity_\w+|capacity_\w+|prometheus_\w+|grafana_\w+|appsync_graphql_api)$/,
    /^google_(?:vertex_ai|notebooks|workbench|colab|dialogflow_cx|discovery_engine|redis|secret_manager|artifact_registry|container)_/,
    /^google_(?:storage_bucket\w*|kms_\w+|compute_(?:instance\w*|firewall|disk|network|subnetwork|reservation|backend_service\w*|security_policy)|cloud_run\w*|tpu_\w+|sql_database_instance|filestore_instance|project_iam\w+|service_account\w*|bigquery_dataset\w*|logging_\w*(?:sink|bucket)\w*|alloydb_\w+|iap_\w+)$/,
    /^google_\w+_iam_(?:member|binding|policy)$/,
    /^azurerm_(?:machine_learning|cognitive|ai_|bot_|search_|container_registry|kubernetes|key_vault|storage_account|private_endpoint|role_|user_assigned|databricks|cosmosdb|redis|network_security|monitor_diagnostic|linux_virtual|container_app|container_group)\w*$/,
    /^(?:kubernetes|helm|databricks|mongodbatlas)_/,
  ],
  cloudformation: [
    /^AWS::(?:SageMaker|Bedrock|BedrockAgentCore|OpenSearchService|OpenSearchServerless|Kendra|QBusiness|Lex|Rekognition|NeptuneGraph|Personalize|Comprehend|S3Vectors|EKS|ECR|EFS|FSx)::/,
    /^AWS::(?:S3::(?:Bucket|BucketPolicy|AccessPoint)|IAM::\w+|KMS::Key|SecretsManager::Secret|SSM::Parameter|Lambda::(?:Function|Url|Permission))$/,
    /^AWS::EC2::(?:Instance|LaunchTemplate|SecurityGroup\w*|VPC|VPCEndpoint|Subnet|FlowLog|Volume|CapacityReservation)$/,
    /^AWS::(?:ElasticLoadBalancingV2::(?:LoadBalancer|Listener|ListenerRule)|ApiGatewayV2::\w+|ApiGateway::(?:RestApi|Method|Stage)|ECS::(?:Cluster|Service|TaskDefinition)|ElastiCache::\w+|MemoryDB::\w+|RDS::DB(?:Instance|Cluster)|DocDB::DBCluster|Neptune::DBCluster|Logs::LogGroup|CloudTrail::Trail|Budgets::Budget|ApplicationAutoScaling::\w+|AutoScaling::\w+|Batch::\w+|SQS::Queue|SNS::Topic)$/,
  ],
};

/** Kinds of Kubernetes itself, by API version. The model class is `V1Deployment` for `apps/v1` and so on. */
export const kubernetesKinds = {
  v1: 'Pod PodTemplate ReplicationController Service ServiceAccount Secret ConfigMap Namespace Node PersistentVolume PersistentVolumeClaim ResourceQuota LimitRange Endpoints',
  'apps/v1': 'Deployment StatefulSet DaemonSet ReplicaSet',
  'batch/v1': 'Job CronJob',
  'networking.k8s.io/v1': 'NetworkPolicy Ingress IngressClass',
  'rbac.authorization.k8s.io/v1': 'Role ClusterRole RoleBinding ClusterRoleBinding',
  'autoscaling/v2': 'HorizontalPodAutoscaler',
  'policy/v1': 'PodDisruptionBudget',
  'scheduling.k8s.io/v1': 'PriorityClass',
  'storage.k8s.io/v1': 'StorageClass CSIDriver',
  'node.k8s.io/v1': 'RuntimeClass',
  'admissionregistration.k8s.io/v1': 'ValidatingWebhookConfiguration MutatingWebhookConfiguration ValidatingAdmissionPolicy',
  'apiregistration.k8s.io/v1': 'APIService',
  'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
  'resource.k8s.io/v1': 'ResourceClaim ResourceClaimTemplate DeviceClass',
  'resource.k8s.io/v1beta1': 'ResourceClaim ResourceClaimTemplate DeviceClass',
};

/**
 * Custom resource definitions, as the projects keep them. `dataset` files are JSON Schemas named `group/kind_version.json`; the others are
 * CustomResourceDefinition manifests. No package of the npm registry carries these.
 */
export const crds = [
  {
    repository: 'datreeio/CRDs-catalog', // MIT
    commit: '7b1e26ef9deea49293714d204c1a2270aab1178f',
    dataset: {
      'argoproj.io': 'application_v1alpha1 applicationset_v1alpha1 appproject_v1alpha1 rollout_v1alpha1',
      'bitnami.com': 'sealedsecret_v1alpha1',
      'cilium.io': 'ciliumnetworkpolicy_v2 ciliumclusterwidenetworkpolicy_v2',
      'external-secrets.io': 'externalsecret_v1 secretstore_v1 clustersecretstore_v1 externalsecret_v1beta1',
      'gateway.networking.k8s.io': 'gateway_v1 httproute_v1 referencegrant_v1beta1 grpcroute_v1 tlsroute_v1alpha2 tcproute_v1alpha2',
      'helm.toolkit.fluxcd.io': 'helmrelease_v2',
      'karpenter.k8s.aws': 'ec2nodeclass_v1',
      'karpenter.sh': 'nodepool_v1 provisioner_v1alpha5',
      'keda.sh': 'scaledobject_v1alpha1 scaledjob_v1alpha1 triggerauthentication_v1alpha1',
      'kubeflow.org': 'profile_v1 poddefault_v1alpha1',
      'kueue.x-k8s.io': 'clusterqueue_v1beta1 localqueue_v1beta1 resourceflavor_v1beta1',
      'kustomize.toolkit.fluxcd.io': 'kustomization_v1',
      'kyverno.io': 'clusterpolicy_v1 policy_v1',
      'monitoring.coreos.com': 'servicemonitor_v1 podmonitor_v1',
      'networking.istio.io': 'destinationrule_v1 gateway_v1 virtualservice_v1 serviceentry_v1 sidecar_v1',
      'nvidia.com': 'clusterpolicy_v1 nvidiadriver_v1alpha1',
      'secrets-store.csi.x-k8s.io': 'secretproviderclass_v1',
      'security.istio.io': 'authorizationpolicy_v1 peerauthentication_v1 requestauthentication_v1',
      'serving.kserve.io': 'clusterstoragecontainer_v1alpha1',
      'serving.knative.dev': 'service_v1 configuration_v1 revision_v1',
      'source.toolkit.fluxcd.io': 'helmrepository_v1 gitrepository_v1 ocirepository_v1',
      'sparkoperator.k8s.io': 'sparkapplication_v1beta2 scheduledsparkapplication_v1beta2',
      'templates.gatekeeper.sh': 'constrainttemplate_v1',
      'traefik.io': 'ingressroute_v1alpha1 middleware_v1alpha1',
    },
  },
  {
    repository: 'kserve/kserve', // Apache-2.0, as all below
    commit: 'aaac4e294dae2c7b1aa1886447793f3aa1c30912',
    files: [
      'config/crd/full/serving.kserve.io_inferenceservices.yaml',
      'config/crd/full/serving.kserve.io_servingruntimes.yaml',
      'config/crd/full/serving.kserve.io_clusterservingruntimes.yaml',
      'config/crd/full/serving.kserve.io_inferencegraphs.yaml',
      'config/crd/full/llmisvc/serving.kserve.io_llminferenceservices.yaml',
    ],
  },
  {
    repository: 'ray-project/kuberay',
    commit: 'feeaf72facab4881ba2b179248bb67315634e229',
    files: ['rayclusters', 'rayjobs', 'rayservices', 'raycronjobs'].map((name) => `ray-operator/config/crd/bases/ray.io_${name}.yaml`),
  },
  {
    repository: 'kubeflow/manifests',
    commit: '009c88084074904c7743384ff50d3bd70012ef55',
    files: [
      'applications/jupyter/notebook-controller/upstream/crd/bases/kubeflow.org_notebooks.yaml',
      ...['jaxjobs', 'mpijobs', 'paddlejobs', 'pytorchjobs', 'tfjobs', 'xgboostjobs'].map(
        (name) => `applications/training-operator/upstream/base/crds/kubeflow.org_${name}.yaml`,
      ),
    ],
  },
  {
    repository: 'kubeflow/trainer',
    commit: '8c0f5059bd51ec3ba6d6a6a7b2e1471de7bc13b3',
    files: ['clustertrainingruntimes', 'trainingruntimes', 'trainjobs'].map(
      (name) => `manifests/base/crds/trainer.kubeflow.org_${name}.yaml`,
    ),
  },
  {
    repository: 'kubeflow/mpi-operator',
    commit: 'caa3c47fc42eb762635f78045ec0fcd1a89eb038',
    files: ['manifests/base/kubeflow.org_mpijobs.yaml'],
  },
  {
    repository: 'kubernetes-sigs/agent-sandbox',
    commit: '2fd412d55ecae90861a101a5424a75473de97c36',
    files: [
      'agents.x-k8s.io_sandboxes',
      ...['sandboxclaims', 'sandboxtemplates', 'sandboxwarmpools'].map((name) => `extensions.agents.x-k8s.io_${name}`),
    ].map((name) => `k8s/crds/${name}.yaml`),
  },
  {
    repository: 'kubernetes-sigs/jobset',
    commit: '08dfbdfd682714a9ab929633eca8dc95315187e7',
    files: ['config/components/crd/bases/jobset.x-k8s.io_jobsets.yaml'],
  },
  {
    repository: 'kubernetes-sigs/lws',
    commit: '060ab4da17eea1f0865fcbd3236bb1075e2cea32',
    files: ['config/crd/bases/leaderworkerset.x-k8s.io_leaderworkersets.yaml'],
  },
  {
    repository: 'kubernetes-sigs/gateway-api-inference-extension',
    commit: '84436a96b9e6ce2b59ddacd3d04c31b4fbd442de',
    files: ['config/crd/bases/inference.networking.k8s.io_inferencepools.yaml'],
  },
  {
    repository: 'volcano-sh/volcano',
    commit: 'ed72c7c815a9fd547a787134676f73d42e9d049c',
    files: ['batch.volcano.sh_jobs', 'scheduling.volcano.sh_queues'].map((name) => `config/crd/volcano/bases/${name}.yaml`),
  },
  {
    repository: 'NVIDIA/k8s-nim-operator',
    commit: 'f63f74d7ad22eaea7943cc640e545f4ccdbb8077',
    files: ['nimservices', 'nimcaches', 'nimpipelines'].map((name) => `config/crd/bases/apps.nvidia.com_${name}.yaml`),
  },
  {
    repository: 'SeldonIO/seldon-core', // names of fields only; the project is under the Business Source License
    commit: '7b77f8b78e87f6d03030174570707eee00d5202e',
    files: ['models', 'servers', 'serverconfigs'].map((name) => `operator/config/crd/bases/mlops.seldon.io_${name}.yaml`),
  },
];
