import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code, list } from '../../src/engine/words.ts';
import { roleRule, type RoleRule } from '../../src/concepts/rbac.ts';
import type { Problem } from '../../src/engine/rule.ts';

export default defineRule({
  id: 'tenancy/wide-role',
  title: 'Kubernetes role grants too much',
  severity: 'high',
  requirements: ['R9', 'R25', 'R38'],
  frameworks: {
    cis: ['Kubernetes 5.1.2', 'Kubernetes 5.1.3'],
    nist: ['AC-6'],
    stride: ['elevation-of-privilege', 'information-disclosure'],
  },
  why: `A role is as strong as its widest rule. Reading secrets everywhere is reading every team's model and cloud keys; \`*\` also grants what is added to the cluster next year; and creating pods is using any service account of the namespace.`,
  links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  looksAt: roleRule,

  *check(rule) {
    const found = wildcard(rule) ?? secrets(rule);
    if (found) yield found;
  },

  examples: {
    bad: [
      {
        name: 'everything on everything',
        files: yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: { name: model-operator }
          rules:
            - apiGroups: ["*"]
              resources: ["*"] # <- finds
              verbs: ["*"]
        `,
      },
      {
        name: 'secrets of every namespace',
        files: yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: { name: notebook-operator }
          rules:
            - apiGroups: [""]
              resources: [pods, secrets] # <- finds
              verbs: [get, list, create, delete]
        `,
      },
      {
        name: 'every verb on pods',
        files: yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: workflow, namespace: training }
          rules:
            - apiGroups: [""]
              resources: [pods, configmaps]
              verbs: ["*"] # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'own kinds everywhere, one named secret in one namespace',
        files: yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: { name: model-operator }
          rules:
            - apiGroups: [models.example.com]
              resources: ["*"]
              verbs: [get, list, watch, update]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: model-operator, namespace: serving }
          rules:
            - apiGroups: [""]
              resources: [secrets]
              resourceNames: [hub-token]
              verbs: [get]
        `,
      },
      {
        name: 'every verb on what holds no secret and runs nothing',
        files: yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: workflow, namespace: training }
          rules:
            - apiGroups: [""]
              resources: [configmaps]
              verbs: ["*"]
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: operator\nversion: 1.0.0\n',
          'chart/templates/role.yaml': [
            'apiVersion: rbac.authorization.k8s.io/v1',
            'kind: ClusterRole',
            'metadata: { name: operator }',
            'rules:',
            '  {{- toYaml .Values.rules | nindent 2 }}',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});

/** Every verb at once is the wildcard's. */
const reads = new Set(['get', 'list', 'watch']);

function wildcard({ of, everywhere, verbs, resources, groups, resourcesAt, verbsAt }: RoleRule): Problem | undefined {
  const where = everywhere ? 'in every namespace' : 'in its namespace';
  const core = groups.includes('*') || groups.includes('');
  if (resources.includes('*') && core)
    return {
      at: resourcesAt,
      severity: everywhere ? 'high' : 'medium',
      message: `${code(of.name)} may ${verbs.includes('*') ? 'do everything' : list(verbs.map(code))} with every kind of resource ${where}, secrets included. Name the resources and verbs that it uses.`,
    };
  const strong = resources.filter((resource) =>
    ['secrets', 'pods', 'pods/exec', 'roles', 'clusterroles', 'rolebindings', 'clusterrolebindings', 'serviceaccounts'].includes(resource),
  );
  if (verbs.includes('*') && strong.length > 0)
    return {
      at: verbsAt,
      severity: everywhere ? 'high' : 'medium',
      message: `${code(of.name)} may do everything with ${list(strong.map(code))} ${where}. Name the verbs that it uses.`,
    };
  return undefined;
}

function secrets({ of, everywhere, verbs, resources, named, resourcesAt }: RoleRule): Problem | undefined {
  if (!everywhere || named || !resources.includes('secrets') || !verbs.some((verb) => reads.has(verb))) return undefined;
  const pods = resources.includes('pods') && verbs.includes('create');
  return {
    at: resourcesAt,
    message: `${code(of.name)} may read the secrets of every namespace${pods ? ' and start pods there, as any of their service accounts' : ''}: whoever takes over its pod has every team’s tokens and keys. Give it a Role in the namespaces that it works in, and name the secrets.`,
  };
}
