import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { mended } from '../../src/concepts/container-settings.ts';
import { knownSetting, written } from '../../src/concepts/tracker.ts';

export default defineRule({
  id: 'tracking/open-signup',
  title: 'Whoever reaches the page lets themselves in',
  severity: 'low',
  requirements: ['R5'],
  frameworks: { nist: ['AC-2', 'IA-8'], stride: ['spoofing', 'elevation-of-privilege'] },
  why: `Tools that hold prompts, traces and labels have a log-in, and a switch that lets strangers make one for themselves. Behind an inside network that may do; published, it is no log-in.`,
  links: [
    'https://langfuse.com/self-hosting/security/authentication-and-sso',
    'https://docs.openwebui.com/getting-started/env-configuration/',
  ],
  looksAt: knownSetting,

  *check({ setting, row }) {
    if (row.about !== 'sign-up') return;
    yield {
      at: setting.at,
      subject: row.id,
      severity: row.severity,
      message: `${code(setting.owner)} sets ${code(written(setting))}: ${row.consequence}. Better ${row.instead}.`,
      fix: mended(setting, row.mend),
    };
  },

  examples: {
    bad: [
      {
        name: 'administrators by default',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: webui }
          spec:
            containers:
              - name: webui
                image: ghcr.io/open-webui/open-webui:v0.9.1
                env:
                  - name: DEFAULT_USER_ROLE
                    value: "admin" # <- finds
        `,
        suggests: '          value: "pending"',
      },
      {
        name: 'a tracker',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: langfuse }
          spec:
            containers:
              - name: langfuse
                image: langfuse/langfuse:3.140.0
                env:
                  - name: AUTH_DISABLE_SIGNUP
                    value: "false" # <- finds
        `,
        suggests: '          value: "true"',
      },
    ],
    good: [
      {
        name: 'closed',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: langfuse }
          spec:
            containers:
              - name: langfuse
                image: langfuse/langfuse:3.140.0
                env:
                  - name: AUTH_DISABLE_SIGNUP
                    value: "true"
        `,
      },
      {
        name: 'a setting that the rule on prompts in logs speaks of',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: gateway }
          spec:
            containers:
              - name: gateway
                image: ghcr.io/berriai/litellm:v1.92.0
                env:
                  - name: LITELLM_LOG
                    value: "DEBUG"
        `,
      },
    ],
    unknown: [
      {
        name: 'from a ConfigMap that is not here',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: langfuse }
          spec:
            containers:
              - name: langfuse
                image: langfuse/langfuse:3.140.0
                env:
                  - name: AUTH_DISABLE_SIGNUP
                    valueFrom: { configMapKeyRef: { name: settings, key: auth-disable-signup } }
        `,
      },
    ],
  },
});
