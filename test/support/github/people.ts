import type { GitRepository } from '../git-repository.ts';
import { checkRunPayload, suitePayload } from './check-events.ts';
import { suiteOf } from './checks.ts';
import type { JsonObject } from './json.ts';
import { pullHandle, setBranch } from './pull-handle.ts';
import type { Changes, PullHandle } from './pull-handle.ts';
import { refresh } from './pull-requests.ts';
import { now } from './state.ts';
import type { CheckRun, PullRequest, Repository, State } from './state.ts';
import { userOf } from './users.ts';
import { pushEvent } from './pushes.ts';
import { occur, pullEvent } from './webhooks.ts';

export type { PullHandle } from './pull-handle.ts';

export interface OpenRequest extends Changes {
  /** Name of the head's branch; made up when absent. */
  readonly branch?: string;
  /** Branch to merge into; the default branch when absent. */
  readonly base?: string;
  /** Login of the fork's owner, for a pull request from a fork. */
  readonly fork?: string;
  readonly title?: string;
  readonly body?: string;
  readonly draft?: boolean;
  /** Login; octocat when absent. */
  readonly author?: string;
}

/** A repository with what people do in it. Every act makes the webhooks that GitHub would send; `deliver` sends them. */
export interface RepositoryHandle {
  readonly record: Repository;
  readonly git: GitRepository;
  readonly checkRuns: readonly CheckRun[];
  /** Commits to a branch, made from the default branch when it is new. Returns the commit. */
  commit(branch: string, changes: Changes): Promise<string>;
  openPullRequest(request: OpenRequest): Promise<PullHandle>;
  rerequestCheckRun(run: CheckRun): void;
  rerequestCheckSuite(headSha: string): Promise<void>;
  /** Presses a check run's button; octocat does when nobody is named. */
  requestAction(run: CheckRun, identifier: string, login?: string): void;
}

export function repositoryHandle(state: State, repository: Repository): RepositoryHandle {
  const { git } = repository;
  const checkEvent = (name: string, action: string, payload: JsonObject, login?: string): void => {
    occur(state, { name, action, installation: repository.installation, repository, sender: userOf(state, login), payload });
  };
  const handle: RepositoryHandle = {
    record: repository,
    git,
    checkRuns: repository.checkRuns,
    async commit(branch, changes) {
      const parent = repository.branches.get(branch) ?? repository.branches.get(repository.defaultBranch);
      const sha = await git.commit({ ...changes, ...(parent === undefined ? {} : { parent }) });
      await setBranch(repository, branch, sha);
      await pushEvent(state, repository, { branch, before: parent ?? sha, after: sha });
      return sha;
    },
    async openPullRequest(request) {
      const pull = await openPull(state, repository, request);
      await pullEvent(state, pull, 'opened', pull.author);
      return pullHandle(state, pull);
    },
    rerequestCheckRun(run) {
      run.suite.status = 'queued';
      checkEvent('check_run', 'rerequested', { check_run: checkRunPayload(state, run) });
    },
    async rerequestCheckSuite(headSha) {
      const suite = await suiteOf(state, repository, headSha);
      suite.status = 'queued';
      checkEvent('check_suite', 'rerequested', { check_suite: await suitePayload(state, repository, headSha) });
    },
    requestAction(run, identifier, login) {
      checkEvent('check_run', 'requested_action', { check_run: checkRunPayload(state, run), requested_action: { identifier } }, login);
    },
  };
  return handle;
}

async function openPull(state: State, repository: Repository, request: OpenRequest): Promise<PullRequest> {
  const baseRef = request.base ?? repository.defaultBranch;
  const baseSha = repository.branches.get(baseRef);
  if (baseSha === undefined) throw new Error(`There is no branch ${baseRef} to merge into.`);
  const n = repository.pulls.size + 1;
  const author = userOf(state, request.author ?? request.fork);
  const fork = request.fork !== undefined;
  const ref = request.branch ?? `change-${String(n)}`;
  const parent = (fork ? undefined : repository.branches.get(ref)) ?? baseSha;
  const headSha = request.files === undefined && request.moves === undefined ? parent : await repository.git.commit({ ...request, parent });
  if (!fork) await setBranch(repository, ref, headSha);
  const at = now();
  const pull: PullRequest = {
    id: state.nextId(),
    number: n,
    repository,
    author,
    head: { ref, owner: fork ? userOf(state, request.fork) : repository.owner, fork },
    title: request.title ?? request.message ?? 'Change files',
    body: request.body ?? '',
    state: 'open',
    draft: request.draft ?? false,
    merged: false,
    queued: false,
    baseRef,
    baseSha,
    headSha,
    mergeBase: baseSha,
    files: [],
    staleReads: 0,
    previousHeadSha: headSha,
    reviews: [],
    reviewComments: [],
    comments: [],
    createdAt: at,
    updatedAt: at,
    closedAt: null,
  };
  repository.pulls.set(n, pull);
  await refresh(pull);
  return pull;
}
