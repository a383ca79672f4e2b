import { expect, test } from 'vitest';
import { environmentNamed, environmentOf, stageOf } from '../../src/model/environment.ts';

test.each([
  ['prod', 'prod'],
  ['production-eu', 'prod'],
  ['acme_prd_01', 'prod'],
  ['live', 'prod'],
  ['pre-prod', 'staging'],
  ['preprod', 'staging'],
  ['nonprod', 'staging'],
  ['stg', 'staging'],
  ['uat', 'staging'],
  ['dev2', 'dev'],
  ['sandbox', 'dev'],
  ['product', 'unknown'],
  ['devops', 'unknown'],
  ['main', 'unknown'],
])('stageOf(%s) is %s', (name, stage) => {
  expect(stageOf(name)).toBe(stage);
});

test.each([
  ['envs/prod', 'prod', 'prod'],
  ['prod/modules/dev', 'dev', 'dev'],
  ['prod/network/main.tf', 'prod', 'prod'],
  ['values-staging.yaml', 'staging', 'values-staging'],
  ['terraform/test', 'unknown', ''],
  ['3.test_cases/ray/cluster.yaml', 'unknown', ''],
  ['operator/test-data', 'unknown', ''],
  ['clusters/test-eu', 'dev', 'test-eu'],
  ['.', 'unknown', ''],
])('environmentOf(%s) is %s', (path, stage, name) => {
  expect(environmentOf(path)).toMatchObject({ stage, name });
});

test('the reason is said in words', () => {
  expect(environmentOf('envs/prod').why).toBe('directory `envs/prod`');
  expect(environmentNamed('prod', 'tag `Environment`')).toEqual({ stage: 'prod', name: 'prod', why: 'tag `Environment`' });
});
