import { verify } from 'node:crypto';
import { number, parseObject, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { Refusal } from './refusal.ts';
import type { AppRegistration } from './state.ts';

const SKEW = 60;
const LONGEST = 600;

/** Verifies the app's own token: RS256, issuer, and a life of at most ten minutes. */
export function verifyAppToken(app: AppRegistration, jwt: string): void {
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const claims = decode(payload);
  if (decode(header)?.['alg'] !== 'RS256' || claims === undefined) throw new Refusal(401, 'A JSON web token could not be decoded');
  const signed = verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), app.publicKey, Buffer.from(signature, 'base64url'));
  if (!signed) throw new Refusal(401, 'A JSON web token could not be decoded');
  if ((text(claims, 'iss') ?? String(number(claims, 'iss'))) !== String(app.id))
    throw new Refusal(401, "'Issuer' claim ('iss') must be an Integer");
  const [issued, expires, at] = [number(claims, 'iat'), number(claims, 'exp'), Date.now() / 1000];
  if (issued === undefined || issued > at + SKEW)
    throw new Refusal(401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
  if (expires === undefined || expires <= at) {
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (expires > at + LONGEST + SKEW) throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
}

function decode(part: string): JsonObject | undefined {
  return parseObject(Buffer.from(part, 'base64url').toString('utf8'));
}
