import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { mended } from '../../src/concepts/container-settings.ts';
import { knownSetting, written } from '../../src/concepts/tracker.ts';

export default defineRule({
  id: 'tracking/public-tunnel',
  title: 'App opens a public tunnel to itself',
  severity: 'high',
  requirements: ['R3', 'R17', 'R31'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure', 'spoofing'], atlas: ['AML.T0049'] },
  why: `A share link is made for showing a demo from a laptop. In a cluster it takes a service with its credentials and its network past every firewall and puts it on the internet, without a log-in.`,
  links: ['https://www.gradio.app/guides/sharing-your-app'],
  looksAt: knownSetting,

  *check({ setting, row }) {
    if (row.about !== 'tunnel') return;
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
        name: 'a Gradio app',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: demo }
          spec:
            containers:
              - name: demo
                image: ghcr.io/acme/demo:1.4.0
                env:
                  - name: GRADIO_SHARE
                    value: "True" # <- finds
        `,
        suggests: '      env: []',
      },
    ],
    good: [
      {
        name: 'without',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: demo }
          spec:
            containers:
              - name: demo
                image: ghcr.io/acme/demo:1.4.0
                env:
                  - name: GRADIO_SHARE
                    value: "False"
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
          metadata: { name: demo }
          spec:
            containers:
              - name: demo
                image: ghcr.io/acme/demo:1.4.0
                env:
                  - name: GRADIO_SHARE
                    valueFrom: { configMapKeyRef: { name: settings, key: gradio-share } }
        `,
      },
    ],
  },
});
