import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../src/errors.ts';
import { readSettings } from '../src/server-settings.ts';

const key = '-----BEGIN RSA PRIVATE KEY-----\nnot a key\n-----END RSA PRIVATE KEY-----\n';
const secret = 'a secret of the tests with more than 32 characters';
const whole = { APP_ID: '7', PRIVATE_KEY: key, WEBHOOK_SECRET: secret };

test('without APP_ID there is the set-up, with everything there is a server at the usual places', () => {
  expect(readSettings({})).toEqual({ is: 'setup' });
  expect(readSettings({ APP_ID: ' ' })).toEqual({ is: 'setup' });
  expect(readSettings(whole)).toEqual({
    is: 'serve',
    appId: 7,
    privateKey: key,
    webhookSecret: secret,
    host: 'localhost',
    port: 3000,
    baseUrl: 'https://api.github.com',
    webhookPath: '/api/github/webhooks',
  });
});

test('another GitHub, port, host and path', () => {
  const env = { ...whole, GHE_HOST: 'github.example.com', PORT: '8080', HOST: '0.0.0.0', WEBHOOK_PATH: '/hooks' };
  expect(readSettings(env)).toMatchObject({
    baseUrl: 'https://github.example.com/api/v3',
    port: 8080,
    host: '0.0.0.0',
    webhookPath: '/hooks',
  });
  expect(readSettings({ ...env, GHE_PROTOCOL: 'http' })).toMatchObject({ baseUrl: 'http://github.example.com/api/v3' });
});

describe('what it does not start with', () => {
  test.each([
    ['no secret', { ...whole, WEBHOOK_SECRET: undefined }, /WEBHOOK_SECRET is not/],
    ['no secret and no key', { APP_ID: '7' }, /WEBHOOK_SECRET is not/],
    ["Probot's public secret", { ...whole, WEBHOOK_SECRET: 'development' }, /everyone knows/],
    ['a short secret', { ...whole, WEBHOOK_SECRET: 'x'.repeat(31) }, /shorter than 32/],
    ['no key', { ...whole, PRIVATE_KEY: undefined }, /no private key/],
    ['a key that is none', { ...whole, PRIVATE_KEY: 'nothing' }, /could not be validated/],
    ['a key that is not there', { ...whole, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: 'nowhere.pem' }, /nowhere\.pem/],
    ['a client id', { ...whole, APP_ID: 'Iv1.0123' }, /APP_ID is not a number/],
    ['a strange port', { ...whole, PORT: '99999' }, /PORT is not/],
    ['no APP_ID in production', { NODE_ENV: 'production' }, /APP_ID is not set/],
  ])('%s', (_name, env, message) => {
    const start = () => readSettings(env, import.meta.dirname);
    expect(start).toThrow(ConfigurationError);
    expect(start).toThrow(message);
  });

  test('its messages never hold the secret', () => {
    expect(() => readSettings({ ...whole, WEBHOOK_SECRET: 'tiny-secret' })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('tiny-secret') as string }),
    );
  });
});
