// Makes test/support/openapi/{github,webhooks}.json: the part of GitHub's own API descriptions (MIT) that the GitHub stand-in validates with.
//
// Run by hand, in an empty folder outside the project, when the descriptions are to be renewed:
//   npm pack @octokit/openapi@23.0.2 @octokit/openapi-webhooks@12.1.0
//   mkdir rest hooks && tar xzf octokit-openapi-2*.tgz -C rest && tar xzf octokit-openapi-webhooks-*.tgz -C hooks
//   node <project>/scripts/trim-openapi.mjs rest/package hooks/package
//
// What it does: keeps the operations and events named below with everything that they refer to; drops prose and examples; writes
// OpenAPI 3.0's `nullable` as JSON Schema has it (`type: [..., "null"]`), because some places of the description have it without a
// `type`, which a validator refuses. Lets an outdated comment's `line` and `position` be null, as GitHub really answers.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const repo = '/repos/{owner}/{repo}';
const OPERATIONS = [
  'GET /app',
  'GET /app/hook/deliveries',
  'POST /app/hook/deliveries/{delivery_id}/attempts',
  'GET /app/installations',
  'POST /app/installations/{installation_id}/access_tokens',
  'GET /rate_limit',
  'GET /installation/repositories',
  `GET ${repo}`,
  `GET ${repo}/installation`,
  `GET ${repo}/collaborators/{username}/permission`,
  `GET ${repo}/pulls`,
  `GET ${repo}/pulls/{pull_number}`,
  `GET ${repo}/pulls/{pull_number}/files`,
  `GET ${repo}/pulls/{pull_number}/comments`,
  `POST ${repo}/pulls/{pull_number}/comments`,
  `POST ${repo}/pulls/{pull_number}/comments/{comment_id}/replies`,
  `GET ${repo}/pulls/comments/{comment_id}`,
  `PATCH ${repo}/pulls/comments/{comment_id}`,
  `DELETE ${repo}/pulls/comments/{comment_id}`,
  `GET ${repo}/pulls/comments/{comment_id}/reactions`,
  `POST ${repo}/pulls/comments/{comment_id}/reactions`,
  `GET ${repo}/pulls/{pull_number}/reviews`,
  `POST ${repo}/pulls/{pull_number}/reviews`,
  `GET ${repo}/pulls/{pull_number}/reviews/{review_id}`,
  `PUT ${repo}/pulls/{pull_number}/reviews/{review_id}`,
  `DELETE ${repo}/pulls/{pull_number}/reviews/{review_id}`,
  `GET ${repo}/pulls/{pull_number}/reviews/{review_id}/comments`,
  `GET ${repo}/issues/comments`,
  `GET ${repo}/issues/{issue_number}/comments`,
  `POST ${repo}/issues/{issue_number}/comments`,
  `PATCH ${repo}/issues/comments/{comment_id}`,
  `DELETE ${repo}/issues/comments/{comment_id}`,
  `GET ${repo}/issues/comments/{comment_id}/reactions`,
  `POST ${repo}/issues/comments/{comment_id}/reactions`,
  `POST ${repo}/check-runs`,
  `GET ${repo}/check-runs/{check_run_id}`,
  `PATCH ${repo}/check-runs/{check_run_id}`,
  `GET ${repo}/check-runs/{check_run_id}/annotations`,
  `GET ${repo}/commits/{ref}/check-runs`,
  `GET ${repo}/commits/{commit_sha}/pulls`,
  `GET ${repo}/compare/{basehead}`,
  `GET ${repo}/git/trees/{tree_sha}`,
  `GET ${repo}/git/blobs/{file_sha}`,
  `GET ${repo}/contents/{path}`,
  `GET ${repo}/git/commits/{commit_sha}`,
  `POST ${repo}/git/trees`,
  `POST ${repo}/git/commits`,
  `PATCH ${repo}/git/refs/{ref}`,
];

const EVENTS = [
  'check-run-requested-action',
  'check-run-rerequested',
  'check-suite-rerequested',
  'issue-comment-created',
  'merge-group-checks-requested',
  'merge-group-destroyed',
  'pull-request-closed',
  'pull-request-converted-to-draft',
  'pull-request-edited',
  'pull-request-opened',
  'pull-request-ready-for-review',
  'pull-request-reopened',
  'pull-request-review-comment-created',
  'pull-request-review-comment-deleted',
  'pull-request-review-comment-edited',
  'pull-request-synchronize',
  'push',
];

const PROSE = new Set(['description', 'summary', 'title', 'example', 'examples', 'externalDocs', 'deprecated', 'tags', 'discriminator']);

/** A JSON schema without prose, with `nullable` spelled out. */
function trimSchema(schema) {
  if (typeof schema !== 'object' || schema === null) return schema;
  const out = {};
  for (const [key, value] of Object.entries(schema)) {
    if (PROSE.has(key) || key.startsWith('x-') || key === 'nullable') continue;
    if (key === 'properties' || key === 'patternProperties') out[key] = mapValues(value, trimSchema);
    else if (key === 'anyOf' || key === 'oneOf' || key === 'allOf') out[key] = value.map(trimSchema);
    else if (['items', 'additionalProperties', 'not'].includes(key)) out[key] = trimSchema(value);
    else out[key] = value;
  }
  return schema.nullable === true ? orNull(out) : out;
}

function orNull(schema) {
  if (typeof schema.type !== 'string') return Object.keys(schema).length === 0 ? {} : { anyOf: [schema, { type: 'null' }] };
  const type = [schema.type, 'null'];
  return schema.enum === undefined ? { ...schema, type } : { ...schema, type, enum: [...new Set([...schema.enum, null])] };
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

/** What a component reference points to. */
function resolve(description, ref) {
  return ref
    .slice(2)
    .split('/')
    .reduce((at, part) => at[part], description);
}

/** All schemas that the value refers to, directly or not, trimmed. */
function closure(description, value) {
  const schemas = {};
  const visit = (node) => {
    if (typeof node !== 'object' || node === null) return;
    if (typeof node.$ref === 'string') {
      const name = node.$ref.replace('#/components/schemas/', '');
      if (schemas[name] === undefined) {
        schemas[name] = trimSchema(resolve(description, node.$ref));
        visit(schemas[name]);
      }
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(value);
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function trimOperation(description, operation) {
  const follow = (node) => (node.$ref === undefined ? node : resolve(description, node.$ref));
  const json = (content) => content?.['application/json']?.schema;
  const parameters = (operation.parameters ?? [])
    .map(follow)
    .map(({ name, in: where, required, schema }) => ({ name, in: where, required, schema: trimSchema(schema) }));
  const responses = {};
  for (const [status, response] of Object.entries(operation.responses)) {
    if (Number(status) < 300) responses[status] = { schema: trimSchema(json(follow(response).content)) };
  }
  const body = json(operation.requestBody?.content);
  return {
    parameters,
    ...(body === undefined ? {} : { requestBody: { required: operation.requestBody.required === true, schema: trimSchema(body) } }),
    responses,
  };
}

function source(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { source: `${name}@${version} generated/api.github.com.json (MIT), trimmed by scripts/trim-openapi.mjs` };
}

function read(folder) {
  return JSON.parse(readFileSync(join(folder, 'generated/api.github.com.json'), 'utf8'));
}

function write(name, value) {
  const text = `${JSON.stringify(value)}\n`;
  writeFileSync(new URL(`../test/support/openapi/${name}`, import.meta.url), text);
  console.log(`${name}: ${text.length} bytes`);
}

const [restFolder, hooksFolder] = process.argv.slice(2);
if (restFolder === undefined || hooksFolder === undefined) {
  console.error('Usage: node scripts/trim-openapi.mjs <unpacked @octokit/openapi> <unpacked @octokit/openapi-webhooks>');
  process.exit(2);
}

const rest = read(restFolder);
for (const name of ['pull-request-review-comment', 'review-comment']) {
  for (const key of ['line', 'position']) rest.components.schemas[name].properties[key].nullable = true;
}
const operations = {};
for (const name of OPERATIONS) {
  const [method, path] = name.split(' ');
  operations[name] = trimOperation(rest, rest.paths[path][method.toLowerCase()]);
}
write('github.json', { ...source(restFolder), operations, components: { schemas: closure(rest, operations) } });

const hooks = read(hooksFolder);
const events = {};
for (const name of EVENTS) events[name] = trimSchema(hooks.webhooks[name].post.requestBody.content['application/json'].schema);
write('webhooks.json', { ...source(hooksFolder), events, components: { schemas: closure(hooks, events) } });
