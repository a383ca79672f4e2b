import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sandbox } from '../git/sandbox.ts';

// The program as it is installed: compiled, in a process of its own.
const program = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

const service = (type: string): string => `apiVersion: v1
kind: Service
metadata:
  name: notes
spec:
  type: ${type}
  ports:
    - port: 80
`;

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

function plumbline(args: readonly string[], cwd: string, closeAfterFirst = false): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8');
      if (closeAfterFirst) child.stdout.destroy();
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

test('is compiled', () => {
  expect(existsSync(program)).toBe(true);
});

test('a whole review, as JSON on stdout and nothing else', async () => {
  using repo = sandbox({ 'service.yaml': service('ClusterIP') });
  repo.write('service.yaml', service('ClusterIP').replace('80', '81'));
  const { code, stdout, stderr } = await plumbline(['review', '--format', 'json'], repo.root);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    base: repo.git('rev-parse', 'HEAD'),
    head: 'working tree',
    verdict: 'pass',
    findings: [],
    reviewedFiles: 1,
  });
  expect(code).toBe(0);
});

test('wrong input ends with status 2 and one line on stderr', async () => {
  const { code, stdout, stderr } = await plumbline(['review', '--repo', '/'], '/');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^plumbline: .* is not in a git repository\. Run plumbline inside .*\n$/);
});

test('a reader that closes the pipe is no failure', async () => {
  const ended = await plumbline(['review', '--help'], '/', true);
  expect(ended).toMatchObject({ code: 0, signal: null, stderr: '' });
});
