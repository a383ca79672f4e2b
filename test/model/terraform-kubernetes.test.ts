import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { podSpecs } from '../../src/model/kubernetes/pod-specs.ts';
import type { Key } from '../../src/model/resource.ts';
import { brief } from './support.ts';
import { listed, modelOf, only, traced, worldNamed } from './lines.ts';

const numbered = (text: string): string => text.replace(/^\n/, '');

describe('typed resources', () => {
  const files = {
    'infra/main.tf': numbered(`
variable "tag" { default = "v0.6.0" }
locals { user = "0" }
resource "kubernetes_deployment_v1" "llm" {
  metadata {
    name      = "llm"
    namespace = "serving-prod"
    labels    = { "app.kubernetes.io/name" = "llm" }
  }
  wait_for_rollout = false
  spec {
    replicas = "2"
    selector { match_labels = { app = "llm" } }
    template {
      metadata { labels = { app = "llm" } }
      spec {
        host_network         = true
        service_account_name = kubernetes_service_account.llm.metadata[0].name
        security_context { run_as_user = local.user }
        init_container {
          name  = "download"
          image = "busybox"
        }
        container {
          name  = "server"
          image = "vllm/vllm-openai:\${var.tag}"
          args  = ["--trust-remote-code"]
          env {
            name = "TOKEN"
            value_from { secret_key_ref {
              name = "hub"
              key  = "token"
            } }
          }
          port { container_port = 8000 }
          resources { limits = { "nvidia.com/gpu" = 1 } }
          security_context {
            privileged                 = "true"
            allow_privilege_escalation = false
            capabilities { add = ["SYS_ADMIN"] }
          }
          volume_mount {
            name       = "cache"
            mount_path = "/cache"
          }
          liveness_probe { http_get {
            path = "/health"
            port = "http"
          } }
        }
        volume {
          name = "cache"
          host_path { path = "/var/cache" }
        }
        toleration { operator = "Exists" }
      }
    }
  }
}
resource "kubernetes_service_account" "llm" {
  metadata { name = "llm" }
  automount_service_account_token = true
  secret { name = "old" }
}
`),
  };
  const world = worldNamed(files, 'terraform:infra');
  const deployment = only(world, 'kubernetes', 'Deployment');

  test('stand beside what carries them, under its address', () => {
    expect(deployment).toMatchObject({
      address: 'kubernetes_deployment_v1.llm',
      name: 'llm',
      scope: 'infra',
      environment: { stage: 'prod' },
    });
    expect(world.graph.get('kubernetes_deployment_v1.llm')?.type).toBe('kubernetes_deployment_v1');
    expect(deployment.attr('wait_for_rollout').is).toBe('absent');
  });

  const inSpec: readonly (readonly [readonly Key[], string])[] = [
    [['hostNetwork'], 'true < infra/main.tf:16*'],
    [['securityContext', 'runAsUser'], '0 < infra/main.tf:18 infra/main.tf:2*'],
    [['initContainers', 0, 'name'], '"download" < infra/main.tf:20*'],
    [['containers', 0, 'image'], '"vllm/vllm-openai:v0.6.0" < infra/main.tf:25 infra/main.tf:1'],
    [['containers', 0, 'args', 0], '"--trust-remote-code" < infra/main.tf:26*'],
    [['containers', 0, 'env', 0, 'valueFrom', 'secretKeyRef', 'name'], '"hub" < infra/main.tf:30*'],
    [['containers', 0, 'ports', 0, 'containerPort'], '8000 < infra/main.tf:34*'],
    [['containers', 0, 'resources', 'limits', 'nvidia.com/gpu'], '1 < infra/main.tf:35*'],
    [['containers', 0, 'securityContext', 'privileged'], 'true < infra/main.tf:37*'],
    [['containers', 0, 'securityContext', 'allowPrivilegeEscalation'], 'false < infra/main.tf:38*'],
    [['containers', 0, 'securityContext', 'capabilities', 'add', 0], '"SYS_ADMIN" < infra/main.tf:39*'],
    [['containers', 0, 'securityContext', 'runAsNonRoot'], 'absent < infra/main.tf:36'],
    [['containers', 0, 'volumeMounts', 0, 'mountPath'], '"/cache" < infra/main.tf:43*'],
    [['containers', 0, 'livenessProbe', 'httpGet', 'port'], '"http" < infra/main.tf:47*'],
    [['volumes', 0, 'hostPath', 'path'], '"/var/cache" < infra/main.tf:52*'],
    [['tolerations', 0, 'operator'], '"Exists" < infra/main.tf:54*'],
  ];
  test.each(inSpec)('%j', (path, expected) => {
    expect(traced(files, deployment.attr('spec', 'template', 'spec', ...path))).toBe(expected);
  });
  test('are pods, and refer to what Terraform refers to', () => {
    expect(podSpecs(deployment).map((pod) => pod.path.join('.'))).toEqual(['spec.template.spec']);
    expect(world.graph.dependencies(deployment).map((r) => `${r.type} ${r.address}`)).toEqual([
      'ServiceAccount kubernetes_service_account.llm',
    ]);
    const [account] = world.resources.filter((r) => r.type === 'kubernetes_service_account');
    expect(account && world.graph.dependents(account).map((r) => r.type)).toEqual(['kubernetes_deployment_v1']);
    expect(brief(only(world, 'kubernetes', 'ServiceAccount').attr('secrets'))).toBe('[{name: "old"}]');
  });

  test.each([
    [
      'service',
      'spec { \n port { \n port = 80 \n } \n selector = { app = "x" } \n cluster_ip = "None" \n }',
      '{selector: {app: "x"}, clusterIP: "None", ports: [{port: 80}]}',
    ],
    [
      'ingress_v1',
      'spec { \n rule { \n http { \n path { \n backend { \n service { \n name = "s" \n port { number = 80 } \n } \n } \n } \n } \n } \n tls { secret_name = "t" } \n }',
      '{rules: [{http: {paths: [{backend: {service: {name: "s", port: {number: 80}}}}]}}], tls: [{secretName: "t"}]}',
    ],
    [
      'network_policy',
      'spec { \n pod_selector {} \n ingress { \n from { \n namespace_selector { match_labels = { a = "b" } } \n } \n ports { port = "80" } \n } \n policy_types = ["Ingress"] \n }',
      '{policyTypes: ["Ingress"], podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {a: "b"}}}], ports: [{port: "80"}]}]}',
    ],
    [
      'stateful_set',
      'spec { \n update_strategy { \n rolling_update { partition = 1 } \n } \n volume_claim_template { \n metadata { name = "d" } \n } \n }',
      '{updateStrategy: {rollingUpdate: {partition: 1}}, volumeClaimTemplates: [{metadata: {name: "d"}}]}',
    ],
    [
      'persistent_volume',
      'spec { \n persistent_volume_source { \n host_path { path = "/d" } \n } \n access_modes = ["ReadWriteOnce"] \n }',
      '{accessModes: ["ReadWriteOnce"], hostPath: {path: "/d"}}',
    ],
    [
      'api_service',
      'spec { \n insecure_skip_tls_verify = true \n service { port = 443 } \n }',
      '{insecureSkipTLSVerify: true, service: {port: 443}}',
    ],
  ])('%s', (type, body, expected) => {
    const [made] = worldNamed(
      { 'main.tf': `resource "kubernetes_${type}" "x" {\n${body.replaceAll(' \n ', '\n')}\n}\n` },
      'terraform:.',
    ).resources.filter((r) => r.dialect === 'kubernetes');
    expect(made && brief(made.attr('spec'))).toBe(expected);
  });

  test('a secret’s data is text, a role’s blocks are lists', () => {
    const carried = worldNamed(
      {
        'main.tf': `resource "kubernetes_secret" "s" {\n  metadata { name = "s" }\n  data = { token = "x" }\n}\nresource "kubernetes_cluster_role" "r" {\n  rule {\n    api_groups = [""]\n    verbs      = ["*"]\n  }\n}\nresource "kubernetes_role_binding" "b" {\n  role_ref { name = "r" }\n  subject { kind = "User" }\n}\n`,
      },
      'terraform:.',
    );
    expect(brief(only(carried, 'kubernetes', 'Secret').value)).toBe(
      '{apiVersion: "v1", kind: "Secret", stringData: {token: "x"}, metadata: {name: "s"}}',
    );
    expect(brief(only(carried, 'kubernetes', 'ClusterRole').attr('rules'))).toBe('[{apiGroups: [""], verbs: ["*"]}]');
    expect(brief(only(carried, 'kubernetes', 'RoleBinding').attr('subjects', 0, 'kind'))).toBe('"User"');
  });

  test('what a dynamic block may make is not known to be there', () => {
    const text =
      'variable "on" {}\nresource "kubernetes_pod" "p" {\n  spec {\n    dynamic "security_context" {\n      for_each = var.on\n      content {\n        run_as_non_root = true\n      }\n    }\n    dynamic "container" {\n      for_each = var.on\n      content {\n        image = "a"\n      }\n    }\n  }\n}\n';
    const pod = only(worldNamed({ 'main.tf': text }, 'terraform:.'), 'kubernetes', 'Pod');
    expect(pod.attr('spec', 'securityContext', 'runAsNonRoot').is).toBe('unknown');
    expect(pod.attr('spec', 'containers')).toMatchObject({ is: 'list', open: true });
  });

  test('an attribute in the API’s spelling means nothing to the provider', () => {
    const text =
      'resource "kubernetes_pod" "p" {\n  spec {\n    container {\n      securityContext = { privileged = false }\n    }\n  }\n}\n';
    expect(brief(only(worldNamed({ 'main.tf': text }, 'terraform:.'), 'kubernetes', 'Pod').attr('spec'))).toBe('{containers: [{}]}');
  });

  test('each instance is an object of its own; a data source is none', () => {
    const text =
      'resource "kubernetes_namespace" "n" {\n  for_each = toset(["a", "b"])\n  metadata { name = each.key }\n}\ndata "kubernetes_secret" "s" {\n  metadata { name = "s" }\n}\n';
    expect(listed(worldNamed({ 'main.tf': text }, 'terraform:.'), 'kubernetes')).toEqual([
      'Namespace kubernetes_namespace.n["a"]',
      'Namespace kubernetes_namespace.n["b"]',
    ]);
  });
});

describe('manifests', () => {
  const files = {
    'main.tf': numbered(`
variable "image" { default = "rayproject/ray:2.9.0" }
variable "secret" {}
resource "kubernetes_manifest" "object" {
  manifest = {
    apiVersion = "ray.io/v1"
    kind       = "RayCluster"
    metadata   = { name = "ray", namespace = "dev" }
    spec = {
      headGroupSpec = { template = { spec = { hostNetwork = true } } }
    }
  }
}
resource "kubectl_manifest" "heredoc" {
  yaml_body = <<-YAML
    apiVersion: v1
    kind: Pod
    metadata:
      name: ray
    spec:
      nodeName: \${var.secret}
      containers:
        - name: ray
          image: \${var.image}
          securityContext:
            privileged: true
  YAML
}
resource "kubectl_manifest" "encoded" {
  yaml_body = yamlencode({
    apiVersion = "v1"
    kind       = "Service"
    metadata   = { name = "ray" }
    spec       = { type = "LoadBalancer" }
  })
}
resource "kubectl_manifest" "several" {
  yaml_body = "apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: a}\\n---\\napiVersion: v1\\nkind: Secret\\nmetadata: {name: b}\\n"
}
resource "kubectl_manifest" "rendered" {
  yaml_body = templatefile("\${path.module}/job.yaml", { image = var.image })
}
resource "kubernetes_manifest" "decoded" {
  manifest = yamldecode(file("\${path.module}/claim.yaml"))
}
resource "kubectl_manifest" "unknown" {
  yaml_body = var.secret
}
`),
    'job.yaml':
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: train}\nspec:\n  template:\n    spec:\n      containers:\n        - image: ${image}\n          name: t\n',
    'claim.yaml': 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec:\n  storageClassName: gp2\n',
  };
  const { worlds } = modelOf(files);
  const world = worldNamed(files, 'terraform:.');

  test('become resources; a file that is read here is not read a second time', () => {
    expect(listed(world, 'kubernetes')).toEqual([
      'RayCluster kubernetes_manifest.object',
      'Pod kubectl_manifest.heredoc',
      'Service kubectl_manifest.encoded',
      'ConfigMap kubectl_manifest.several#ConfigMap/a',
      'Secret kubectl_manifest.several#Secret/b',
      'Job kubectl_manifest.rendered',
      'PersistentVolumeClaim kubernetes_manifest.decoded',
    ]);
    expect(worlds.filter((w) => w.id === 'kubernetes').flatMap((w) => w.resources)).toEqual([]);
  });

  const values: readonly (readonly [string, readonly Key[], string])[] = [
    ['RayCluster', ['spec', 'headGroupSpec', 'template', 'spec', 'hostNetwork'], 'true < main.tf:9*'],
    ['RayCluster', ['spec', 'headGroupSpec', 'template', 'spec', 'hostPID'], 'absent < main.tf:9*'],
    ['Pod', ['spec', 'containers', 0, 'securityContext', 'privileged'], 'true < main.tf:25* main.tf:14'],
    ['Pod', ['spec', 'containers', 0, 'image'], '"rayproject/ray:2.9.0" < main.tf:23 main.tf:1'],
    ['Pod', ['spec', 'nodeName'], 'unknown: the variable `secret` has no value here -> var.secret < main.tf:20 main.tf:2'],
    ['Service', ['spec', 'type'], '"LoadBalancer" < main.tf:33*'],
    ['Job', ['spec', 'template', 'spec', 'containers', 0, 'image'], '"rayproject/ray:2.9.0" < job.yaml:8 main.tf:40 main.tf:1 job.yaml:1'],
    ['PersistentVolumeClaim', ['spec', 'storageClassName'], '"gp2" < main.tf:43 claim.yaml:5* claim.yaml:1'],
  ];
  test.each(values)('%s %j', (type, path, expected) => {
    const [value, places = ''] = traced(files, only(world, 'kubernetes', type).attr(...path)).split(' < ');
    const [wanted, wantedPlaces = ''] = expected.split(' < ');
    expect(value).toBe(wanted);
    const [own, ...others] = wantedPlaces.split(' ');
    // Places that everything in one text has come behind those of the value itself.
    expect(places.split(' ')[0]).toBe(own);
    expect(places.split(' ')).toEqual(expect.arrayContaining(others));
  });
});

test('nothing throws, whatever is written', () => {
  const base = [
    'resource "kubernetes_deployment" "a" {\n  spec {\n    template {\n      spec {\n        container {\n          image = "x"\n        }\n      }\n    }\n  }\n}\n',
    'resource "kubectl_manifest" "b" {\n  yaml_body = <<EOT\napiVersion: v1\nkind: Pod\nspec: {a: [1]}\nEOT\n}\n',
    'resource "helm_release" "c" {\n  chart  = "x"\n  values = ["a: {b: 1}"]\n  set {\n    name  = "a.b[0]"\n    value = "{1,2}"\n  }\n}\n',
  ].join('');
  fc.assert(
    fc.property(
      fc.nat(base.length),
      fc.nat(40),
      fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('{', '}', '[]', 'null', 'var.x', '<<E', ': ', '- ', '${', '"')),
      (at, cut, put) => {
        const text = base.slice(0, at) + put + base.slice(at + cut);
        for (const world of modelOf({ 'main.tf': text }).worlds) for (const resource of world.resources) world.graph.dependents(resource);
      },
    ),
    { numRuns: 300 },
  );
});
