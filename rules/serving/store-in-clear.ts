import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { isOfCluster, modelStoreLogin } from '../../src/concepts/model-store-login.ts';
import { textOf } from '../../src/concepts/setting.ts';

const off = /^(?:0|false)$/i;

/** Stores that are known to answer with a certificate that everybody trusts. */
const publicStore = /(?:^|[./])(?:amazonaws\.com(?:\.cn)?|storage\.googleapis\.com|r2\.cloudflarestorage\.com)(?:[:/]|$)/;

export default defineRule({
  id: 'serving/store-in-clear',
  title: 'KServe loads models from a store that nobody checks',
  severity: 'medium',
  requirements: ['R2', 'R36', 'R39'],
  frameworks: { nist: ['SC-8', 'SC-23', 'SI-7'], stride: ['tampering', 'information-disclosure'], atlas: ['AML.T0010'] },
  why: `KServe's storage initializer loads whatever the store sends and starts the server with it. Without TLS, or with a certificate that is not looked at, whoever stands between the cluster and the store hands over another model, or takes a copy of yours.`,
  links: ['https://kserve.github.io/website/docs/model-serving/storage/providers/s3'],
  looksAt: modelStoreLogin,

  *check({ of, endpoint, encrypted, checked }) {
    // Where nothing is said, KServe takes the endpoint from its own configuration.
    if (endpoint.is !== 'known' || isOfCluster(endpoint)) return;
    const where = code(String(endpoint.value));
    const certified = publicStore.test(String(endpoint.value));
    if (off.test(textOf(encrypted) ?? ''))
      yield {
        at: encrypted,
        message: `${of.type} ${code(of.name)} makes KServe load models from ${where} in clear text: they can be read and exchanged on the way. Leave ${code('s3-usehttps')} at ${code('1')}.`,
        fix: certified ? [{ do: 'set', at: encrypted, to: '1' }] : [],
      };
    else if (off.test(textOf(checked) ?? ''))
      yield {
        at: checked,
        message: `${of.type} ${code(of.name)} makes KServe take any certificate for ${where}: whoever answers in its place hands over the model. Leave ${code('s3-verifyssl')} at ${code('1')}; for a CA of your own, name its ConfigMap with ${code('serving.kserve.io/s3-cabundle-configmap')}.`,
        fix: certified ? [{ do: 'set', at: checked, to: '1' }] : [],
      };
  },

  examples: {
    bad: [
      {
        name: 'Amazon S3 in clear text, and a store with any certificate',
        files: yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: models
            annotations:
              serving.kserve.io/s3-endpoint: s3.eu-west-1.amazonaws.com
              serving.kserve.io/s3-usehttps: "0" # <- finds
          ---
          apiVersion: v1
          kind: Secret
          metadata:
            name: archive
            annotations:
              serving.kserve.io/s3-endpoint: s3.acme.com
              serving.kserve.io/s3-verifyssl: "0" # <- finds
        `,
        suggests: '    serving.kserve.io/s3-usehttps: "1"',
      },
      {
        name: 'Amazon S3 with any certificate',
        files: yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: models
            annotations:
              serving.kserve.io/s3-endpoint: s3.amazonaws.com
              serving.kserve.io/s3-verifyssl: "0" # <- finds
        `,
        suggests: '    serving.kserve.io/s3-verifyssl: "1"',
      },
    ],
    good: [
      {
        name: 'checked, or a store of the cluster',
        files: yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: models
            annotations:
              serving.kserve.io/s3-endpoint: s3.acme.com
              serving.kserve.io/s3-usehttps: "1"
              serving.kserve.io/s3-verifyssl: "1"
          ---
          apiVersion: v1
          kind: Secret
          metadata:
            name: minio
            annotations:
              serving.kserve.io/s3-endpoint: minio-service.kubeflow:9000
              serving.kserve.io/s3-usehttps: "0"
          ---
          apiVersion: v1
          kind: Secret
          metadata:
            name: somewhere
            annotations:
              serving.kserve.io/s3-usehttps: "0"
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides where it is',
        files: {
          ...file('chart/Chart.yaml')`
            apiVersion: v2
            name: models
            version: 1.0.0
          `,
          ...file('chart/templates/secret.yaml')`
            apiVersion: v1
            kind: Secret
            metadata:
              name: models
              annotations:
                serving.kserve.io/s3-endpoint: {{ .Values.endpoint }}
                serving.kserve.io/s3-usehttps: "0"
          `,
        },
      },
    ],
  },
});
