import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expressions } from './expressions.ts';
import { valueOf } from './evaluate-support.ts';

const version = spawnSync('terraform', ['version'], { encoding: 'utf8' });
const available = version.status === 0;
if (!available) process.stderr.write('terraform is not on PATH: the evaluator is not compared with it in this run\n');

/** What Terraform makes of every expression, as JSON text or `fails`. */
function terraform(): readonly string[] {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-'));
  try {
    const locals = expressions.map((e, i) => `  e${i} = try(jsonencode(${e}), "fails")\n`).join('');
    writeFileSync(join(directory, 'main.tf'), `locals {\n${locals}}\n`);
    const input = `[${expressions.map((_, i) => `base64encode(local.e${i})`).join(', ')}]\n`;
    const output = execFileSync('terraform', ['console'], { cwd: directory, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
    return [...output.matchAll(/^ {2}"(.*)",$/gm)].map((m) => Buffer.from(m[1] ?? '', 'base64').toString('utf8'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe.runIf(available)('our evaluator and Terraform agree', () => {
  const theirs = available ? terraform() : [];
  test('on how many there are', () => {
    expect(theirs).toHaveLength(expressions.length);
  });
  test.each(expressions.map((e, i) => [e, i] as const))('%s', (expression, i) => {
    const value = valueOf(`try(jsonencode(${expression}), "fails")`);
    expect(value.is === 'known' ? value.value : value.is).toBe(theirs[i]);
  });
});
