import { defineRule, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { openAccess } from '../../src/concepts/container-authentication.ts';

export default defineRule({
  id: 'serving/authentication-off',
  title: 'Authentication is switched off',
  severity: 'high',
  requirements: ['R4', 'R5', 'R36'],
  frameworks: { nist: ['AC-3', 'IA-2'], stride: ['spoofing', 'tampering', 'information-disclosure'], atlas: ['AML.T0020'] },
  why: `Vector databases, trackers and the stores behind them believe whoever reaches them when authentication is off. A stranger reads the documents that were embedded, plants text that the model will later quote, or deletes the experiments.`,
  links: [
    'https://docs.weaviate.io/deploy/configuration/authentication',
    'https://qdrant.tech/documentation/guides/security/',
    'https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/',
  ],
  looksAt: openAccess,

  *check({ at, name, kind, what, published }) {
    yield {
      at,
      severity: kind === 'anonymous' || published ? 'high' : 'low',
      message:
        kind === 'anonymous'
          ? `${code(name)} lets anyone who reaches ${what} read and change its data without a key. Switch it off and use API keys or OIDC.`
          : `${code(name)} leaves ${what} without authentication${published ? ', and these values publish it' : ': whatever runs in the cluster may use it'}. Switch it on, with its credentials from an existing Secret.`,
      // Nothing but a key or a log-in gets in then; what is switched on here would need its credentials.
      fix: kind === 'anonymous' ? [{ do: 'set', at, to: false }] : [],
    };
  },

  examples: {
    bad: [
      {
        name: 'the configuration file of a template, between actions',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: weaviate\nversion: 1.0.0\n',
          'chart/templates/config.yaml': [
            'apiVersion: v1',
            'kind: ConfigMap',
            'metadata: { name: weaviate-config }',
            'data:',
            '  conf.yaml: |-',
            '    url: http://{{ template "database.fullname" . }}:8182',
            '    authentication:',
            '      anonymous_access:',
            '        enabled: true # <- finds',
            '    index: "{{ .Values.index }}"',
            '',
          ].join('\n'),
        },
      },
      {
        name: 'anonymous access in chart values',
        files: values`
          image:
            repository: semitechnologies/weaviate
            tag: 1.38.0
          authentication:
            anonymous_access:
              enabled: true # <- finds
        `,
        suggests: '    enabled: false',
      },
      {
        name: 'a tracker without a log-in behind an ingress, and its cache',
        files: values`
          image:
            repository: ghcr.io/mlflow/mlflow
            tag: v3.15.0
          auth:
            enabled: false # <- finds
          ingress:
            enabled: true
            tls: true
          redis:
            auth:
              enabled: false # <- finds
        `,
      },
      {
        name: 'in a configuration file that a ConfigMap holds',
        files: yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata: { name: weaviate }
          data:
            conf.yaml: |
              authentication:
                anonymous_access:
                  enabled: true # <- finds
              telemetry:
                disabled: true
        `,
        suggests: '        enabled: false',
      },
    ],
    good: [
      {
        name: 'switched on',
        files: values`
          image:
            repository: semitechnologies/weaviate
            tag: 1.38.0
          authentication:
            anonymous_access:
              enabled: false
            apikey:
              enabled: true
        `,
      },
    ],
    unknown: [
      {
        name: 'one branch of a template, and what an action decides',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: weaviate\nversion: 1.0.0\n',
          'chart/templates/config.yaml': [
            'apiVersion: v1',
            'kind: ConfigMap',
            'metadata: { name: weaviate-config }',
            'data:',
            '  one.yaml: |-',
            '    authentication:',
            '      {{- if .Values.development }}',
            '      anonymous_access:',
            '        enabled: true',
            '      {{- end }}',
            '  other.yaml: |-',
            '    authentication:',
            '      anonymous_access:',
            '        enabled: {{ .Values.open }}',
            '',
          ].join('\n'),
        },
      },
      {
        name: 'the chart decides',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: weaviate\nversion: 1.0.0\n',
          'chart/templates/config.yaml': [
            'apiVersion: v1',
            'kind: ConfigMap',
            'metadata: { name: weaviate }',
            'data:',
            '  conf.yaml: |',
            '    authentication:',
            '      anonymous_access:',
            '        enabled: {{ .Values.anonymous }}',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});
