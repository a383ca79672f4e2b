import { describe, expect, test } from 'vitest';
import { maskSecrets, maskValue } from '../../src/report/mask.ts';
import type { Review, ReviewComment } from '../../src/report/review.ts';
import { renderText } from '../../src/report/terminal.ts';
import { change, comment, review, secretValue } from './sample.ts';

const options = { colour: false, width: 100, names: { base: 'main', head: 'working tree' } };
const text = (overrides: Partial<Review> = {}, extra = {}): string =>
  renderText({ ...review, ...overrides }, change, { ...options, ...extra });
const only = (overrides: Partial<ReviewComment>): string =>
  text({ comments: [comment(overrides)], notes: [], unread: [], impact: { resources: [], environments: [] } });

test('a finding with its lines, its suggestion as a diff in the same place, and its words', () => {
  expect(only({})).toBe(`Plumbline main → working tree · 3 configuration files

serving/service.yaml

  HIGH  Model server is reachable from the internet  exposure/load-balancer
  4 │    name: tf-serving
  5 │  spec:
  6 ▌-   type: LoadBalancer
    ▌+   type: ClusterIP
  7 │    ports:
  8 │      - port: 8500
  The Service \`tf-serving\` asks for a public load balancer. Anyone who finds it can query the model
  and load it until it falls over.

✗ Blocks: 1 high in 1 file.
  Why each of them matters: plumbline review --format markdown
`);
});

test('a suggestion that adds a line keeps the old one', () => {
  expect(
    only({ fix: { is: 'suggestion', startLine: 6, endLine: 6, text: '  type: LoadBalancer\n  externalTrafficPolicy: Local' } }),
  ).toContain('  6 ▌    type: LoadBalancer\n    ▌+   externalTrafficPolicy: Local\n');
});

test('of a suggestion for a secret only the lines that differ are shown as differing, and no value', () => {
  const text = 'variable "hf_token" {\n  default = "hunter2"\n}\n';
  const shown = renderText(
    {
      ...review,
      comments: [
        comment({
          rule: 'secrets/sensitive-variable',
          place: { is: 'lines', file: 'variables.tf', side: 'RIGHT', from: 2, to: 2 },
          fix: { is: 'suggestion', startLine: 2, endLine: 2, text: '  default = "hunter2"\n  sensitive = true' },
        }),
      ],
    },
    { ...change, after: new Map([['variables.tf', { path: 'variables.tf', sha: '', text }]]) },
    options,
  );
  expect(shown).toContain('  2 ▌    default = ••••••\n    ▌+   sensitive = true\n');
});

test('a suggestion that removes the line', () => {
  expect(only({ fix: { is: 'suggestion', startLine: 6, endLine: 6, text: '' } })).toContain('  6 ▌-   type: LoadBalancer\n  7 │');
});

test('files come in the order of their worst finding, findings in the order of their lines', () => {
  const all = text();
  const order = [
    'serving/deployment.yaml',
    'Token stands',
    'Container is privileged',
    'serving/service.yaml',
    'reachable from',
    'storage.tf',
    'Not or only',
    'Reach',
    '✗ Blocks',
  ];
  const places = order.map((part) => all.indexOf(part));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
});

test('removed lines are shown as the base has them', () => {
  expect(text()).toContain('  1 ▌- resource "aws_s3_bucket_versioning" "models" {\n');
});

test('a fix elsewhere, environments, and why a finding has no line of its own', () => {
  expect(text()).toContain('  The fix:\n    in values.yaml\n      server:\n    -   privileged: true\n    +   privileged: false\n');
  expect(text()).toContain('Holds in `prod` and `staging`.');
  expect(text()).toContain('Line 1 is not in the change: a default in another file causes it.');
});

test('what was not read, and what the change reaches', () => {
  expect(text()).toContain(
    '  `broken.yaml:3` The key `a` stands twice. Remove one of them.\n  `huge.json` was not read: it is larger than 1 MB (2.0 MB).',
  );
  expect(text()).toContain(
    'Reach 2 resources in prod\n  ~ aws_iam_role.serving  ← aws_sagemaker_model.llm and aws_lambda_function.gate\n  - aws_s3_bucket_versioning.models',
  );
});

test.each([
  ['block' as const, review.comments.slice(1, 2), '✗ Blocks: 1 high in 1 file.'],
  ['advise' as const, review.comments.slice(3, 4), '! Does not block: 1 medium in 1 file.'],
  ['pass' as const, review.comments.slice(4, 5), '✓ Does not block: 1 low in 1 file.'],
  ['pass' as const, [], '✓ No new problems.'],
])('verdict %s', (verdict, comments, line) => {
  expect(text({ verdict, comments })).toContain(line);
});

test('nothing to review', () => {
  expect(text({ verdict: 'pass', comments: [], reviewedFiles: 0 })).toContain('✓ Nothing to review');
});

test('beyond 25 findings the rest are one line each', () => {
  const comments = Array.from({ length: 30 }, () => comment());
  const lines = text({ comments }).split('\n');
  expect(lines.filter((line) => line.startsWith('  HIGH'))).toHaveLength(25);
  expect(lines.filter((line) => line.startsWith('  high serving/service.yaml:6'))).toHaveLength(5);
});

test('the middle of a long finding is left out', () => {
  const long = Array.from({ length: 40 }, (_, i) => `line ${i + 1}`).join('\n');
  const place = { is: 'lines', file: 'long.yaml', side: 'RIGHT', from: 3, to: 33 } as const;
  const shown = renderText(
    { ...review, comments: [comment({ place, fix: { is: 'none' } })] },
    { ...change, after: new Map([['long.yaml', { path: 'long.yaml', sha: '', text: long }]]) },
    options,
  );
  expect(shown).toContain('   8 ▌  line 8\n      … 19 more lines\n  28 ▌  line 28');
});

test('colours only when asked for; without them the words are the same', () => {
  const coloured = text({}, { colour: true });
  expect(coloured).toContain('\u001b[41m\u001b[1mCRITICAL');
  expect(text()).not.toContain('\u001b');
  const stripped = coloured.replaceAll(/\u{1b}\[\d+m/gu, '');
  expect(stripped.replaceAll('`', '').replaceAll(/\s+/g, ' ')).toBe(text().replaceAll('`', '').replaceAll(/\s+/g, ' '));
});

describe('text of the repository', () => {
  const evil = 'x\u001b]0;title\u0007\u001b[2J\u009b31m\u202Ey';

  test('cannot act on the terminal, wherever it stands', () => {
    const shown = renderText(
      {
        ...review,
        comments: [
          comment({
            title: evil,
            message: evil,
            place: { is: 'lines', file: evil, side: 'RIGHT', from: 1, to: 1 },
            environments: [evil],
            rule: evil,
          }),
          comment({
            message: `\`${evil}\``,
            fix: { is: 'patch', diff: `--- a/${evil}\n+++ b/${evil}\n@@ -1 +1 @@\n-${evil}\n+${evil}\n` },
          }),
          comment({ place: { is: 'summary', file: evil, line: 1, why: evil } }),
          ...Array.from({ length: 25 }, () => comment({ title: evil, place: { is: 'file', file: evil, line: 1 } })),
        ],
        notes: [{ file: evil, line: 1, message: evil, remedy: evil }],
        unread: [{ path: evil, why: evil }],
        impact: {
          resources: [{ address: evil, type: evil, file: evil, line: 1, change: 'added', environment: evil, dependents: [evil] }],
          environments: [evil],
        },
      },
      { ...change, after: new Map([[evil, { path: evil, sha: '', text: `${evil}\n${evil}\n` }]]) },
      { ...options, names: { base: evil, head: evil } },
    );
    expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(shown).toContain('x\\u001b]0;title\\u0007');
  });

  test('that is a secret is never shown', () => {
    expect(text()).not.toContain(secretValue);
    expect(text()).toContain('value: ••••••');
  });
});

test.each([
  ['value: hf_abcdefghijklmnopqrstuvwxyzABCDEFGH', undefined, 'value: ••••••'],
  ['  db_password = "correct horse"', undefined, '  db_password = ••••••'],
  ['"apiKey": "0123456789",', undefined, '"apiKey": ••••••'],
  ['- --api-key=0123456789', undefined, '- --api-key=••••••'],
  ['- --token 0123456789', undefined, '- --token ••••••'],
  ['  value: 0123456789', 'OPENAI_API_KEY', '  value: ••••••'],
  ['  default = "0123456789"', 'db_password', '  default = ••••••'],
  ['uri: postgresql://mlflow:hunter2@db:5432/mlflow', undefined, 'uri: postgresql://mlflow:••••••@db:5432/mlflow'],
  ['  password = var.db_password', undefined, '  password = var.db_password'],
  ['  value: 3', 'REPLICAS', '  value: 3'],
  ['max_tokens: 4096', undefined, 'max_tokens: 4096'],
  ['secretName: tls', undefined, 'secretName: tls'],
])('masks %s', (line, named, shown) => {
  expect(maskSecrets(line, named)).toBe(shown);
});

test.each([
  ['  anything: really', '  anything: ••••••'],
  ['continued text', '••••••'],
  ['  - name: HF_TOKEN', '  - name: HF_TOKEN'],
  ['  env:', '  env:'],
  ['}', '}'],
  ['  sensitive = false', '  sensitive = false'],
  ['  default = ""', '  default = ""'],
  ['  default = var.token', '  default = var.token'],
])('masks the value on a line known to hold a secret: %s', (line, shown) => {
  expect(maskValue(line)).toBe(shown);
});
