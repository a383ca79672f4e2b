import { cloudformation, defineRule, file, terraform, values, workflow, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { literalSecret } from '../../src/concepts/secret.ts';

export default defineRule({
  id: 'secrets/literal-credential',
  title: 'Credential is written into the configuration',
  severity: 'high',
  requirements: ['R10', 'R16', 'R5'],
  frameworks: { nist: ['IA-5', 'SC-28'], stride: ['spoofing', 'information-disclosure'], atlas: ['AML.T0055'] },
  why: `A password or key in a commit is readable by everyone who can read the repository, its forks and its build logs, and stays in the history when the line is deleted. Behind it stand databases, registries and model stores.`,
  links: [
    'https://kubernetes.io/docs/concepts/configuration/secret/',
    'https://external-secrets.io/latest/',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html',
  ],
  looksAt: literalSecret,

  *check({ at, name, kind, where }) {
    if (kind !== 'credential' && kind !== 'url') return;
    const what = kind === 'url' ? `${code(name)} holds an address with a password in it` : `${code(name)} is set to a literal credential`;
    yield {
      at,
      severity: fixture.test(at.of.at.file) ? 'low' : 'high',
      message: `${what}, readable by everyone who can read this repository, now and in its history. Change it, and ${instead(where)}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a database password in the environment and one in an address',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: tracker }
          spec:
            containers:
              - name: mlflow
                image: ghcr.io/mlflow/mlflow:v3.15.0
                env:
                  - name: DB_PASSWORD
                    value: tr4cker-Orange-91 # <- finds
                  - name: BACKEND_STORE
                    value: postgresql://mlflow:tr4cker-Orange-91@db:5432/mlflow # <- finds
        `,
      },
      {
        name: 'in chart values and in arguments',
        files: values`
          qdrant:
            apiKey: Kx82-blue-canal-17 # <- finds
          extraArgs:
            - --api-key=Kx82-blue-canal-17 # <- finds
        `,
      },
      {
        name: 'keys that a vector database takes',
        files: values`
          authentication:
            apikey:
              enabled: true
              allowed_keys:
                - Kx82-blue-canal-17 # <- finds
              users: [retrieval]
          env:
            AUTHENTICATION_APIKEY_ALLOWED_KEYS: Kx82-blue-canal-17 # <- finds
        `,
      },
      {
        name: 'in a tfvars file',
        files: {
          ...terraform`
            variable "db_password" {
              type = string
            }
            resource "aws_db_instance" "vectors" {
              identifier = "vectors"
              password   = var.db_password
            }
          `,
          ...file('terraform.tfvars')`
            db_password = "Kx82-blue-canal-17" # <- finds
          `,
        },
      },
      {
        name: 'in a template',
        files: cloudformation`
          Resources:
            Vectors:
              Type: AWS::RDS::DBInstance
              Properties:
                Engine: postgres
                MasterUsername: vectors
                MasterUserPassword: Kx82-blue-canal-17 # <- finds
        `,
      },
      {
        name: 'beside a password that everybody knows, another rule’s',
        files: values`
          env:
            - name: DATABASE_PASSWORD
              value: admin123
            - name: VECTOR_STORE_PASSWORD
              value: 8sK2-vQx9-Lm4T # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'what names a header, an entry of a Secret, a key of KMS or a switch',
        files: {
          'values.yaml': 'sessionKey: x-user-id\ncredentials:\n  secretKey: key\ncache:\n  encryptionKey: alias/aws/s3\n',
          'customizer.yaml': [
            'apiVersion: acme.example/v1',
            'kind: DataStore',
            'metadata: { name: data }',
            'spec:',
            '  secrets:',
            '    encryptionKey: encryptionKey',
            '    lfsJwtSecret: data-store--lfs-jwt',
            '',
          ].join('\n'),
          'redis.yaml': [
            'apiVersion: v1',
            'kind: Pod',
            'metadata: { name: features }',
            'spec:',
            '  containers:',
            '    - name: redis',
            '      image: redis:8.2.1',
            '      env: [{ name: ALLOW_EMPTY_PASSWORD, value: "yes" }]',
            '',
          ].join('\n'),
        },
      },
      {
        name: 'names of secrets, references and instructions',
        files: values`
          model:
            ngcAPISecret: ngc-api
            tokenizer: acme/chat
            maxTokens: 4096
          auth:
            existingSecret: chat-credentials
            password: ""
            apiKey: <your-api-key>
            token: $(HUB_TOKEN)
            secretKey: hf-token
            rootUserSecretKey: s3-user
        `,
      },
      {
        name: 'a right of a workflow that is called like one',
        files: workflow`
          on: push
          permissions:
            id-token: write
          jobs:
            plan:
              runs-on: ubuntu-latest
              steps:
                - run: terraform plan
        `,
      },
      {
        name: 'the database of a test, a proxy as documentation writes it, and halves of a pair',
        files: {
          ...workflow`
            on: pull_request
            jobs:
              test:
                runs-on: ubuntu-latest
                env:
                  DB_URL: postgresql://postgres:postgres@localhost:5432/tracker
                steps:
                  - run: pytest
          `,
          ...values`
            proxy: http://user:pass@proxy.example.org:8080
            registry:
              secretName: ""
              secretKey: uv.toml
            storage:
              users:
                - accessKey: n8n-writer
                  secretKey: ""
          `,
        },
      },
      {
        name: 'a dynamic reference',
        files: cloudformation`
          Resources:
            Vectors:
              Type: AWS::RDS::DBInstance
              Properties:
                Engine: postgres
                MasterUsername: vectors
                MasterUserPassword: '{{resolve:secretsmanager:vectors:SecretString:password}}'
        `,
      },
    ],
    unknown: [
      {
        name: 'generated, and passed in',
        files: terraform`
          variable "db_password" {
            type      = string
            sensitive = true
          }
          resource "aws_db_instance" "vectors" {
            identifier = "vectors"
            password   = var.db_password
          }
          resource "random_password" "other" {
            length = 32
          }
          resource "aws_db_instance" "other" {
            identifier = "other"
            password   = random_password.other.result
          }
        `,
      },
    ],
  },
});

/** Directories of tests, whose passwords are mostly made up for them. */
const fixture = /(^|\/)(tests?|testing|testdata|test-data|fixtures?|ci|e2e)\//i;

function instead(where: string): string {
  if (where === 'environment' || where === 'argument' || where === 'ConfigMap')
    return 'read it from a Secret with `valueFrom.secretKeyRef`';
  if (where === 'Secret') return 'let External Secrets or Sealed Secrets fill it in';
  if (where === 'values') return 'name an existing Secret in the values instead';
  if (where === 'workflow') return 'read it from `secrets`';
  return 'keep it in the secret manager and refer to it';
}
