import { afterEach, expect } from 'vitest';
import { isList, isObject, number, object, parseObject } from '../support/github/json.ts';
import type { Json, JsonObject } from '../support/github/json.ts';
import type { PullHandle, RepositoryHandle } from '../support/github/people.ts';
import { startGitHub } from '../support/github/stand-in.ts';
import type { StandIn, StandInOptions } from '../support/github/stand-in.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: JsonObject;
  readonly list: readonly JsonObject[];
}

export interface Scene {
  readonly github: StandIn;
  readonly repository: RepositoryHandle;
  /** A request below /api/v3/repos/acme/ml-platform/ (or below /api/v3/ with a leading slash), with an installation's token. */
  call(request: string, body?: JsonObject, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

const open: StandIn[] = [];

afterEach(async () => {
  for (const github of open.splice(0)) await github.close();
});

export async function scene(files: Readonly<Record<string, string | Buffer>> = {}, options: StandInOptions = {}): Promise<Scene> {
  const github = await startGitHub(options);
  open.push(github);
  const repository = await github.createRepository({ files: { 'README.md': 'A repository\n', ...files } });
  const token = github.token();
  return {
    github,
    repository,
    async call(request, body, headers = {}) {
      const [method = '', path = ''] = request.split(' ');
      const below = path.startsWith('/') ? path : `/repos/acme/ml-platform/${path}`;
      return answerOf(
        await fetch(`${github.url}/api/v3${below.replace(/\/$/, '')}`, {
          method,
          headers: { authorization: `token ${token}`, ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
    },
  };
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const parsed: unknown = text.startsWith('[') ? JSON.parse(text) : undefined;
  const list = isList(parsed) ? parsed.filter(isObject) : [];
  return { status: response.status, headers: response.headers, text, body: parseObject(text) ?? {}, list };
}

/** A file of numbered lines, some of them replaced (null: deleted). */
export function lines(count: number, changes: Readonly<Record<number, string | null>> = {}): string {
  const rows = Array.from(
    { length: count },
    (_, index) => changes[index + 1] ?? (changes[index + 1] === null ? null : `line ${String(index + 1)}`),
  );
  return rows
    .filter((row) => row !== null)
    .map((row) => `${row}\n`)
    .join('');
}

/** A pull request in which only line 25 of 50 changed, and a file of three lines is new. */
export async function lineTwentyFive(at: Scene): Promise<PullHandle> {
  await at.repository.commit('main', { files: { 'main.tf': lines(50) } });
  return at.repository.openPullRequest({ files: { 'main.tf': lines(50, { 25: 'changed' }), 'new.tf': lines(3) } });
}

/** An id in an answer, for the next path. */
export function idOf(answer: Answer): string {
  return String(number(answer.body, 'id'));
}

export function firstError(answer: Answer): Json | undefined {
  const errors = answer.body['errors'];
  return isList(errors) ? errors[0] : undefined;
}

/** Nothing that was refused may have left a trace. */
export function expectNothingPosted(pull: PullHandle): void {
  expect([...pull.reviews, ...pull.reviewComments, ...pull.comments]).toEqual([]);
}

export function part(answer: Answer, key: string): JsonObject {
  return object(answer.body, key) ?? {};
}

/** The only element, or the one at an index; fails the test when there is none. */
export function at<T>(items: readonly T[], index = 0): T {
  const item = items.at(index);
  if (item === undefined) throw new Error(`There is no element ${String(index)} among ${String(items.length)}.`);
  return item;
}
