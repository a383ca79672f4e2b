import { defineRule, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { literalSecret } from '../../src/concepts/secret.ts';

export default defineRule({
  id: 'secrets/default-password',
  title: 'Well-known default password',
  severity: 'medium',
  requirements: ['R10', 'R4', 'R5'],
  frameworks: { nist: ['IA-5'], stride: ['spoofing'] },
  why: `Passwords from quick starts are the first that anyone tries. Whoever installs with these values and changes nothing runs a service that everybody can log in to.`,
  links: ['https://kubernetes.io/docs/concepts/configuration/secret/', 'https://owasp.org/www-project-kubernetes-top-ten/'],
  looksAt: literalSecret,

  *check({ at, name, kind }) {
    if (kind !== 'default-password') return;
    yield {
      at,
      message: `${code(name)} is a well-known default: whoever knows the product can log in. Leave it empty so that it must be set, or take it from an existing Secret.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'the object store of a vector database',
        files: values`
          minio:
            existingSecret: ""
            accessKey: minioadmin
            secretKey: minioadmin # <- finds
        `,
      },
      {
        name: 'a database beside a tracker',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: tracker-db }
          spec:
            containers:
              - name: db
                image: postgres:17.2
                env:
                  - name: POSTGRES_PASSWORD
                    value: postgres # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'left to whoever installs',
        files: values`
          minio:
            accessKey: ""
            secretKey: ""
            existingSecret: object-store
        `,
      },
    ],
    unknown: [
      {
        name: 'from a Secret',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: tracker-db }
          spec:
            containers:
              - name: db
                image: postgres:17.2
                env:
                  - name: POSTGRES_PASSWORD
                    valueFrom: { secretKeyRef: { name: tracker-db, key: password } }
        `,
      },
    ],
  },
});
