import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { modelSource } from '../../src/concepts/model-source.ts';
import { isInside } from '../../src/facts/public-names.ts';

/** Addresses on code hosts that follow a branch. */
const branches = [
  /^https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/(?:refs\/heads\/[^/]+|main|master|HEAD)\//,
  /^https:\/\/github\.com\/[^/]+\/[^/]+\/(?:raw|blob)\/(?:refs\/heads\/[^/]+|main|master|HEAD)\//,
  /^https:\/\/huggingface\.co\/[^/]+\/[^/]+\/(?:resolve|raw)\/(?:main|master)\//,
  /^https:\/\/[^/]+\/.+\/-\/raw\/(?:main|master)\//,
];

export default defineRule({
  id: 'supply-chain/model-from-web',
  title: 'Model is fetched from an address whose content can change',
  severity: 'medium',
  requirements: ['R2', 'R8', 'R36'],
  frameworks: { nist: ['SI-7', 'SC-8'], stride: ['tampering'], atlas: ['AML.T0010', 'AML.T0018'] },
  why: `KServe downloads the model at every start and compares it with nothing. In clear text whoever stands on the way can hand over another one; behind a branch it is whatever was pushed last. Pickled models run code when they are loaded, so that is more than a wrong answer.`,
  links: ['https://kserve.github.io/website/docs/model-serving/storage/providers/uri', 'https://docs.python.org/3/library/pickle.html'],
  looksAt: modelSource,

  *check({ of, at, uri }) {
    const host = /^http:\/\/(?:[^/@]*@)?([^/:]+)/.exec(uri)?.[1]?.toLowerCase();
    const plain = host !== undefined && !isInside(host);
    const branch = branches.some((pattern) => pattern.test(uri));
    if (!plain && !branch) return;
    yield {
      at,
      severity: plain ? 'high' : 'medium',
      message: plain
        ? `${code(of.name)} fetches its model in clear text from ${code(host)}: whoever stands on the way can hand it another one, and nothing compares it. Serve a copy from a bucket of yours, or at least use ${code('https')}.`
        : `${code(of.name)} fetches its model from a branch: each start takes what was pushed last, and nothing compares it with what was tested. Name a commit instead of the branch, or serve a copy from a bucket of yours.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'clear text, and a branch',
        files: yaml`
          apiVersion: serving.kserve.io/v1beta1
          kind: InferenceService
          metadata: { name: ranker, namespace: serving }
          spec:
            predictor:
              sklearn:
                storageUri: http://models.acme.com/ranker.joblib # <- finds
          ---
          apiVersion: serving.kserve.io/v1beta1
          kind: InferenceService
          metadata: { name: iris, namespace: serving }
          spec:
            predictor:
              model:
                modelFormat: { name: sklearn }
                storageUri: https://github.com/acme/models/blob/master/iris/model.joblib?raw=true # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a commit, a bucket, a store of the cluster',
        files: yaml`
          apiVersion: serving.kserve.io/v1beta1
          kind: InferenceService
          metadata: { name: iris, namespace: serving }
          spec:
            predictor:
              model:
                modelFormat: { name: sklearn }
                storageUri: https://raw.githubusercontent.com/acme/models/0a1b2c3d4e5f60718293a4b5c6d7e8f901234567/iris/model.joblib
          ---
          apiVersion: serving.kserve.io/v1beta1
          kind: InferenceService
          metadata: { name: ranker, namespace: serving }
          spec:
            predictor:
              sklearn:
                storageUri: s3://acme-models/ranker/7
          ---
          apiVersion: serving.kserve.io/v1beta1
          kind: InferenceService
          metadata: { name: scorer, namespace: serving }
          spec:
            predictor:
              sklearn:
                storageUri: http://minio.storage.svc:9000/models/scorer.joblib
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          ...file('chart/Chart.yaml')`
            apiVersion: v2
            name: ranker
            version: 1.0.0
          `,
          ...file('chart/templates/service.yaml')`
            apiVersion: serving.kserve.io/v1beta1
            kind: InferenceService
            metadata: { name: ranker }
            spec:
              predictor:
                sklearn:
                  storageUri: {{ .Values.model }}
          `,
        },
      },
    ],
  },
});
