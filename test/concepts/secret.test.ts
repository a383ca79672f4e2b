import { describe, expect, test } from 'vitest';
import { literalSecret, isSecretName } from '../../src/concepts/secret.ts';
import { understand } from '../../src/engine/understand.ts';

const secretsIn = (path: string, text: string) => {
  const { model } = understand(new Map([[path, { path, sha: text, text }]]), []);
  return model.worlds.flatMap((world) => world.resources.flatMap((resource) => [...literalSecret.view(resource, world)]));
};
const kindsOf = (line: string) => secretsIn('values.yaml', `image:\n  repository: acme/llm\n${line}\n`).map((secret) => secret.kind);

describe('names of credentials', () => {
  test.each([
    'password',
    'DB_PASSWORD',
    'dbPassword',
    'apiKey',
    'OPENAI_API_KEY',
    'hf_token',
    'client_secret',
    'aws_secret_access_key',
    'MasterUserPassword',
  ])('%s is one', (name) => {
    expect(isSecretName(name)).toBe(true);
  });
  test.each([
    'tokenizer',
    'max_tokens',
    'existingSecret',
    'secretName',
    'passwordSecretName',
    'token_ttl',
    'stop_token',
    'tokenizer_path',
    'key',
    'public_key',
    'passwordFile',
    'kms_key_id',
    'eos_token',
  ])('%s is none', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('values of credentials', () => {
  test.each([
    ['password: Kx82-blue-canal-17', 'credential'],
    ['password: 18273645', 'credential'],
    ['apiKey: minioadmin', 'default-password'],
    ['databaseUrl: postgresql://llm:Kx82-blue-canal-17@db/llm', 'url'],
    ['note: the token hf_abcdefghijklmnopqrstuvwxyzabcdefgh is here', 'token'],
  ])('%s', (line, kind) => {
    expect(kindsOf(line)).toEqual([kind]);
  });

  test.each([
    'password: ""',
    'password: changeme',
    'password: <your-password>',
    'password: ${DB_PASSWORD}',
    'password: $(DB_PASSWORD)',
    'password: "{{resolve:secretsmanager:db}}"',
    'password: /run/secrets/db',
    'password: arn:aws:secretsmanager:us-east-1:111122223333:secret:db',
    'token: true',
    'token: hf-token',
    'apiKey: NGC_API_KEY',
    'apiKey: sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'databaseUrl: postgresql://llm:$(PASSWORD)@db/llm',
    'dataset: https://example.com/a:b/c@main/d.csv',
    'hint: use AKIAIOSFODNN7EXAMPLE as the key',
    'proxy: http://user:pass@example.org:8080',
    'apiKey: phc_abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq',
    'store: AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
    'clientSecret: gto_a1b2c3d4e5f6g7h8i9j0',
    'password: ffff9999',
    'registry: { secretName: "", secretKey: uv.toml }',
    'users: [{ accessKey: n8n-writer, secretKey: "" }]',
  ])('%s is no secret', (line) => {
    expect(kindsOf(line)).toEqual([]);
  });
});

test('a Secret’s base64 hides nothing, a reference is none', () => {
  const manifest = (data: string) => `apiVersion: v1\nkind: Secret\nmetadata: { name: hub }\ndata:\n  ${data}\n`;
  expect(
    secretsIn('secret.yaml', manifest(`token: ${Buffer.from('hf_abcdefghijklmnopqrstuvwxyzabcdefgh').toString('base64')}`)).map(
      (secret) => secret.kind,
    ),
  ).toEqual(['token']);
  expect(secretsIn('secret.yaml', manifest(`token: ${Buffer.from('changeme').toString('base64')}`))).toEqual([]);
});

test('a variable’s secret default is told once, however often it is used', () => {
  const found = secretsIn(
    'main.tf',
    'variable "db_password" {\n  default = "Kx82-blue-canal-17"\n}\nresource "aws_db_instance" "a" {\n  password = var.db_password\n}\nresource "aws_db_instance" "b" {\n  password = var.db_password\n}\n',
  );
  expect(found.map((secret) => secret.at.of.address)).toEqual(['var.db_password']);
});
