import { anchor, moveLine } from './anchors.ts';
import { Refusal, notFound } from './refusal.ts';
import { fileJson, pullJson, pullSimpleJson, repositoryApi } from './represent.ts';
import { page } from './route.ts';
import type { Reply, RepositoryCall, Route } from './route.ts';
import { now } from './state.ts';
import type { PullRequest, ReviewComment } from './state.ts';

const FILES_LIMIT = 3000;
const DIFF_LIMIT = { files: 300, lines: 20_000 };

export function pullOf(call: RepositoryCall): PullRequest {
  const pull = call.repository.pulls.get(Number(call.params['pull_number'] ?? call.params['issue_number']));
  if (pull === undefined) throw notFound();
  return pull;
}

/** Computes the diff anew after a push, a new base or a reopening, and moves the comments along or makes them outdated. */
export async function refresh(pull: PullRequest): Promise<void> {
  const { git } = pull.repository;
  const base = (await git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha;
  pull.mergeBase = base;
  pull.files = await git.diff(base, pull.headSha);
  pull.updatedAt = now();
  await git.setRef(`refs/pull/${String(pull.number)}/head`, pull.headSha);
  for (const comment of pull.reviewComments) await reanchor(comment);
}

/** `line` follows the code from the commit that was commented; null once that code is changed or no longer in the diff. */
export async function reanchor(comment: ReviewComment): Promise<void> {
  if (comment.subject === 'file') return;
  const { pull } = comment;
  const file = pull.files.find((one) => one.path === comment.path);
  const changes =
    comment.side === 'LEFT' ? '' : await pull.repository.git.lineChanges(comment.originalCommitId, pull.headSha, comment.path);
  const line = moveLine(changes, comment.originalLine);
  const startLine = comment.originalStartLine === null ? null : moveLine(changes, comment.originalStartLine);
  const broken =
    line === null ||
    (comment.originalStartLine !== null && (startLine === null || line - startLine !== comment.originalLine - comment.originalStartLine));
  const place =
    file === undefined || broken
      ? 'line'
      : anchor(file, { line, side: comment.side, startLine: startLine ?? undefined, startSide: comment.startSide ?? undefined });
  comment.line = typeof place === 'string' ? null : place.line;
  comment.startLine = typeof place === 'string' ? null : place.startLine;
  comment.position = typeof place === 'string' ? null : place.position;
  if (typeof place !== 'string') comment.commitId = pull.headSha;
}

async function getPull(call: RepositoryCall): Promise<Reply> {
  const pull = pullOf(call);
  const stale = pull.staleReads > 0;
  if (stale) pull.staleReads -= 1;
  const head = stale ? pull.previousHeadSha : pull.headSha;
  if (call.accept.includes('diff') || call.accept.includes('patch')) return diffMedia(pull);
  const commits = await pull.repository.git.commitsBetween(pull.mergeBase, head);
  return { status: 200, body: pullJson(call.state.url, pull, commits.length, head) };
}

async function diffMedia(pull: PullRequest): Promise<Reply> {
  const lines = pull.files.reduce((sum, file) => sum + file.additions + file.deletions, 0);
  const tooLarge = (what: string): Refusal =>
    new Refusal(
      406,
      `Sorry, the diff exceeded the maximum number of ${what}. Consider using 'List pull requests files' API or locally cloning the repository instead.`,
      {
        errors: [{ resource: 'PullRequest', field: 'diff', code: 'too_large' }],
      },
    );
  if (pull.files.length > DIFF_LIMIT.files) throw tooLarge(`files (${String(DIFF_LIMIT.files)})`);
  if (lines > DIFF_LIMIT.lines) throw tooLarge(`lines (${String(DIFF_LIMIT.lines)})`);
  const data = Buffer.from(await pull.repository.git.diffText(pull.mergeBase, pull.headSha));
  return { status: 200, raw: { type: 'application/vnd.github.diff; charset=utf-8', data } };
}

function listPulls(call: RepositoryCall): Reply {
  const state = call.query.get('state') ?? 'open';
  const head = call.query.get('head');
  const base = call.query.get('base');
  const pulls = [...call.repository.pulls.values()]
    .filter((pull) => state === 'all' || pull.state === state)
    .filter((pull) => head === null || head === `${pull.head.owner.login}:${pull.head.ref}`)
    .filter((pull) => base === null || base === pull.baseRef)
    .reverse();
  return page(call, repositoryApi(call.state.url, call.repository, 'pulls'), pulls, (pull) => pullSimpleJson(call.state.url, pull));
}

function listFiles(call: RepositoryCall): Reply {
  const pull = pullOf(call);
  const url = repositoryApi(call.state.url, call.repository, `pulls/${String(pull.number)}/files`);
  return page(call, url, pull.files.slice(0, FILES_LIMIT), (file) => fileJson(call.state.url, call.repository, pull.headSha, file));
}

/** Also finds pull requests from forks: their commits are in the base repository. */
async function pullsOfCommit(call: RepositoryCall): Promise<Reply> {
  const sha = await call.repository.git.commitOf(call.params['commit_sha'] ?? '');
  if (sha === undefined) throw new Refusal(422, `No commit found for SHA: ${call.params['commit_sha'] ?? ''}`);
  const pulls: PullRequest[] = [];
  for (const pull of call.repository.pulls.values()) {
    const commits = await call.repository.git.commitsBetween(pull.mergeBase, pull.headSha);
    if (commits.some((commit) => commit.sha === sha)) pulls.push(pull);
  }
  return page(call, repositoryApi(call.state.url, call.repository, `commits/${sha}/pulls`), pulls, (pull) =>
    pullSimpleJson(call.state.url, pull),
  );
}

export const pullRequestRoutes: readonly Route[] = [
  { operation: 'GET /repos/{owner}/{repo}/pulls', for: 'repository', needs: ['pull_requests:read'], handle: listPulls },
  { operation: 'GET /repos/{owner}/{repo}/pulls/{pull_number}', for: 'repository', needs: ['pull_requests:read'], handle: getPull },
  { operation: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files', for: 'repository', needs: ['pull_requests:read'], handle: listFiles },
  {
    operation: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
    for: 'repository',
    needs: ['pull_requests:read', 'contents:read'],
    handle: pullsOfCommit,
  },
];
