import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const demo = fileURLToPath(new URL('../dist/demo/run.js', import.meta.url));

test('the demonstration reviews the sample through the real App, and its secret is shown nowhere', async () => {
  const { stdout } = await run(process.execPath, [demo], { timeout: 60_000, env: { ...process.env, NO_COLOR: '1' } });
  const page = await readFile(/The same as a page: (\S+)/.exec(stdout)?.[1] ?? '', 'utf8');
  for (const shown of [stdout, page]) {
    expect(shown).toContain('notebooks/direct-internet');
    expect(shown).toContain('secrets/');
    expect(shown).not.toMatch(/hf_[A-Za-z0-9]{20,}/);
  }
  expect(stdout).toContain('stands in none of them');
}, 60_000);
