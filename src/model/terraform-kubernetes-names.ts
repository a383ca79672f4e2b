// How the provider `hashicorp/kubernetes` (2.38) spells what Kubernetes' API has: from the provider's schema and the API reference.

/** Kinds by the provider's resource type without its version (`_v1`, `_v2beta2`). */
export const kinds: ReadonlyMap<string, { readonly apiVersion: string; readonly kind: string }> = new Map(
  [
    [
      'v1',
      'pod Pod',
      'service Service',
      'service_account ServiceAccount',
      'default_service_account ServiceAccount',
      'config_map ConfigMap',
    ],
    ['v1', 'secret Secret', 'namespace Namespace', 'persistent_volume PersistentVolume', 'persistent_volume_claim PersistentVolumeClaim'],
    ['v1', 'replication_controller ReplicationController', 'limit_range LimitRange', 'resource_quota ResourceQuota', 'endpoints Endpoints'],
    ['apps/v1', 'deployment Deployment', 'stateful_set StatefulSet', 'daemonset DaemonSet', 'daemon_set DaemonSet'],
    ['batch/v1', 'job Job', 'cron_job CronJob'],
    ['networking.k8s.io/v1', 'ingress Ingress', 'ingress_class IngressClass', 'network_policy NetworkPolicy'],
    ['rbac.authorization.k8s.io/v1', 'role Role', 'role_binding RoleBinding'],
    ['rbac.authorization.k8s.io/v1', 'cluster_role ClusterRole', 'cluster_role_binding ClusterRoleBinding'],
    ['autoscaling/v2', 'horizontal_pod_autoscaler HorizontalPodAutoscaler'],
    ['policy/v1', 'pod_disruption_budget PodDisruptionBudget'],
    ['storage.k8s.io/v1', 'storage_class StorageClass'],
    ['scheduling.k8s.io/v1', 'priority_class PriorityClass'],
    ['node.k8s.io/v1', 'runtime_class RuntimeClass'],
    ['apiregistration.k8s.io/v1', 'api_service APIService'],
    ['admissionregistration.k8s.io/v1', 'mutating_webhook_configuration MutatingWebhookConfiguration'],
    ['admissionregistration.k8s.io/v1', 'validating_webhook_configuration ValidatingWebhookConfiguration'],
  ].flatMap(([apiVersion = '', ...rows]) =>
    rows.map((row) => {
      const [type = '', kind = ''] = row.split(' ');
      return [type, { apiVersion, kind }] as const;
    }),
  ),
);

/** Blocks of which there may be several, with the name of the list that they make. All other blocks are one map. */
const lists: ReadonlyMap<string, string> = new Map([
  ['container', 'containers'],
  ['init_container', 'initContainers'],
  ['volume', 'volumes'],
  ['volume_mount', 'volumeMounts'],
  ['volume_device', 'volumeDevices'],
  ['volume_claim_template', 'volumeClaimTemplates'],
  ['env', 'env'],
  ['env_from', 'envFrom'],
  ['port', 'ports'],
  ['ports', 'ports'],
  ['toleration', 'tolerations'],
  ['topology_spread_constraint', 'topologySpreadConstraints'],
  ['readiness_gate', 'readinessGates'],
  ['host_aliases', 'hostAliases'],
  ['image_pull_secret', 'imagePullSecrets'],
  ['image_pull_secrets', 'imagePullSecrets'],
  ['http_header', 'httpHeaders'],
  ['option', 'options'],
  ['sysctl', 'sysctls'],
  ['items', 'items'],
  ['sources', 'sources'],
  ['match_expressions', 'matchExpressions'],
  ['match_expression', 'matchExpressions'],
  ['match_fields', 'matchFields'],
  ['node_selector_term', 'nodeSelectorTerms'],
  ['preferred_during_scheduling_ignored_during_execution', 'preferredDuringSchedulingIgnoredDuringExecution'],
  ['required_during_scheduling_ignored_during_execution', 'requiredDuringSchedulingIgnoredDuringExecution'],
  ['rule', 'rules'],
  ['subject', 'subjects'],
  ['cluster_role_selectors', 'clusterRoleSelectors'],
  ['path', 'paths'],
  ['tls', 'tls'],
  ['ingress', 'ingress'],
  ['egress', 'egress'],
  ['from', 'from'],
  ['to', 'to'],
  ['limit', 'limits'],
  ['metric', 'metrics'],
  ['policy', 'policies'],
  ['webhook', 'webhooks'],
  ['subset', 'subsets'],
  ['address', 'addresses'],
  ['not_ready_address', 'notReadyAddresses'],
  ['allowed_topologies', 'allowedTopologies'],
  ['match_label_expressions', 'matchLabelExpressions'],
  ['on_pod_condition', 'onPodConditions'],
]);

/** The same word elsewhere, by `block around it.name`: one map under this name, or a list under another. The resource itself is `Kind`. */
const inside: ReadonlyMap<string, { readonly name: string; readonly list: boolean }> = new Map([
  ['service.port', { name: 'port', list: false }],
  ['ephemeral.volume_claim_template', { name: 'volumeClaimTemplate', list: false }],
  [
    'node_affinity.required_during_scheduling_ignored_during_execution',
    { name: 'requiredDuringSchedulingIgnoredDuringExecution', list: false },
  ],
  ['ServiceAccount.secret', { name: 'secrets', list: true }],
  ['Secret.data', { name: 'stringData', list: false }],
  ['Secret.binary_data', { name: 'data', list: false }],
  ['StorageClass.storage_provisioner', { name: 'provisioner', list: false }],
  ['external.metric', { name: 'metric', list: false }],
  ['object.metric', { name: 'metric', list: false }],
  ['pods.metric', { name: 'metric', list: false }],
]);

const irregular: ReadonlyMap<string, string> = new Map([
  ['cluster_ip', 'clusterIP'],
  ['cluster_ips', 'clusterIPs'],
  ['external_ips', 'externalIPs'],
  ['load_balancer_ip', 'loadBalancerIP'],
  ['host_ip', 'hostIP'],
  ['client_ip', 'clientIP'],
  ['host_ipc', 'hostIPC'],
  ['host_pid', 'hostPID'],
  ['non_resource_urls', 'nonResourceURLs'],
  ['ceph_fs', 'cephfs'],
  ['run_as_username', 'runAsUserName'],
  ['timezone', 'timeZone'],
  ['insecure_skip_tls_verify', 'insecureSkipTLSVerify'],
  ['target_cpu_utilization_percentage', 'targetCPUUtilizationPercentage'],
]);

/** What is Terraform's or the provider's own and no part of the object. */
const terraformOnly = new Set([
  'id', 'depends_on', 'provider', 'lifecycle', 'provisioner', 'connection', 'timeouts', 'wait', 'wait_for_completion', 'wait_for_default_service_account',
  'wait_for_load_balancer', 'wait_for_rollout', 'wait_for_service_account_token', 'wait_until_bound', 'default_secret_name', 'status', 'data_wo',
  'data_wo_revision', 'binary_data_wo', 'binary_data_wo_revision',
]); // prettier-ignore

/** The API's name of an attribute or block; undefined for what the API has not. `around` is the block that it stands in, or the kind. */
export function apiName(name: string, around: string): { readonly name: string; readonly list: boolean } | undefined {
  // The provider has no name with a capital letter: what is written so means nothing to it.
  if (/[A-Z]/.test(name) || (/^[A-Z]/.test(around) && terraformOnly.has(name))) return undefined;
  const exception = inside.get(`${around}.${name}`);
  if (exception) return exception;
  const list = lists.get(name);
  return list === undefined ? { name: attributeName(name), list: false } : { name: list, list: true };
}

/** The API's name of an attribute that holds a plain value. */
export const attributeName = (name: string): string =>
  irregular.get(name) ?? name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Attributes that are a number in the API and a text in the provider. */
export const numbers = new Set(['run_as_user', 'run_as_group', 'fs_group', 'replicas', 'ttl_seconds_after_finished', 'toleration_seconds']);

/** Attributes that are true or false; Terraform takes the words as text too. */
export const switches = new Set([
  'allow_privilege_escalation', 'automount_service_account_token', 'enable_service_links', 'host_ipc', 'host_network', 'host_pid', 'immutable',
  'insecure_skip_tls_verify', 'optional', 'privileged', 'publish_not_ready_addresses', 'read_only', 'read_only_root_filesystem', 'run_as_non_root',
  'share_process_namespace', 'stdin', 'suspend', 'tty',
]); // prettier-ignore
