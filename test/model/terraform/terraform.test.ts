import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluableExamples } from './configurations.ts';
import { worldOf } from './evaluate-support.ts';
import { expressions } from './expressions.ts';
import { generated } from './generated.ts';

const version = spawnSync('terraform', ['version'], { encoding: 'utf8' });
const available = version.status === 0;
if (!available) process.stderr.write('terraform is not on PATH: the evaluator is not compared with it in this run\n');

/** How many expressions are made at random: `PLUMBLINE_EXPRESSIONS=20000 npx vitest run test/model/terraform/terraform.test.ts` makes more. */
const count = Number(process.env['PLUMBLINE_EXPRESSIONS'] ?? 300);
const seed = Number(process.env['PLUMBLINE_SEED'] ?? 20260101);

interface Outcome {
  readonly expression: string;
  readonly theirs: string | undefined;
  readonly ours: string | undefined;
}

/** What both make of expressions, as JSON text or `fails`; undefined where it is not known. All stand in one module with `declarations`. */
function compare(all: readonly string[], declarations = ''): readonly Outcome[] {
  const asked = all.map((e, i) => `  asked_${i} = try(jsonencode(${e}), "fails")\n`).join('');
  const main = `${declarations}locals {\n${asked}}\n`;
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-'));
  let output: string;
  try {
    writeFileSync(join(directory, 'main.tf'), main);
    const input = `[${all.map((_, i) => `try(base64encode(local.asked_${i}), "?")`).join(', ')}]\n`;
    output = execFileSync('terraform', ['console'], {
      cwd: directory, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 500_000_000,
    }); // prettier-ignore
  } finally {
    rmSync(directory, { recursive: true });
  }
  const theirs = [...output.matchAll(/^ {2}(?:"(.*)"|\(known after apply\)),$/gm)].map((m) =>
    m[1] === undefined || m[1] === '?' ? undefined : Buffer.from(m[1], 'base64').toString('utf8'),
  );
  expect(theirs).toHaveLength(all.length);
  const outputs = all.map((_, i) => `output "o${i}" {\n  value = local.asked_${i}\n}\n`).join('');
  const found = new Map(worldOf({ 'main.tf': main + outputs }).resources.map((resource) => [resource.address, resource]));
  return all.map((expression, i) => {
    const value = found.get(`output.o${i}`)?.attr('value');
    return { expression, theirs: theirs[i], ours: value?.is === 'known' ? String(value.value) : undefined };
  });
}

const disagreements = (outcomes: readonly Outcome[]): readonly Outcome[] =>
  outcomes.filter(({ theirs, ours }) => ours !== undefined && ours !== theirs);

function* inChunks<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

function tell(what: string, outcomes: readonly Outcome[]): void {
  const decided = outcomes.filter(({ ours }) => ours !== undefined).length;
  process.stderr.write(
    `${what}: ${outcomes.length} expressions compared with Terraform, ${decided} decided by us, ${disagreements(outcomes).length} disagreements\n`,
  );
}

describe.runIf(available)('our evaluator and Terraform agree', () => {
  const listed = new Map(available ? compare(expressions).map((outcome) => [outcome.expression, outcome]) : []);
  test.each(expressions)('%s', (expression) => {
    const { theirs, ours } = listed.get(expression) ?? {};
    expect(ours).toBe(theirs);
  });

  test('on expressions made at random', { timeout: 60_000 + count * 50 }, () => {
    const outcomes = [...inChunks(generated(count, seed), 500)].flatMap((chunk) => compare(chunk));
    tell('made at random', outcomes);
    expect(disagreements(outcomes)).toEqual([]);
    // Nearly all must be decided, or there is nothing to agree on.
    expect(outcomes.filter(({ ours }) => ours !== undefined).length).toBeGreaterThan(outcomes.length * 0.9);
  });

  test("on every evaluable expression of the rules' examples", { timeout: 120_000 }, async () => {
    const examples = await evaluableExamples();
    const declarations = examples.map((one) => one.declarations).join('');
    const all = [...new Set(examples.flatMap((one) => one.expressions))];
    const outcomes = [...inChunks(all, 1000)].flatMap((chunk) => compare(chunk, declarations));
    tell("in the rules' examples", outcomes);
    expect(disagreements(outcomes)).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(400);
    expect(outcomes.filter(({ ours }) => ours !== undefined).length).toBeGreaterThan(outcomes.length * 0.99);
  });
});
