import { checkRunJson, pullsOfCheck, suiteOf } from './checks.ts';
import type { JsonObject } from './json.ts';
import { simpleCommit } from './merge-queue.ts';
import { appJson, repositoryApi } from './represent.ts';
import { now } from './state.ts';
import type { CheckRun, Repository, State } from './state.ts';

export function checkRunPayload(state: State, run: CheckRun): JsonObject {
  const suite = run.suite;
  return {
    ...checkRunJson(state, run),
    check_suite: {
      id: suite.id,
      node_id: `CS_${String(suite.id)}`,
      head_branch: suite.headBranch,
      head_sha: suite.headSha,
      status: suite.status,
      conclusion: null,
      url: repositoryApi(state.url, run.repository, `check-suites/${String(suite.id)}`),
      before: null,
      after: suite.headSha,
      pull_requests: pullsOfCheck(state, run.repository, run.headSha),
      app: appJson(state.url, state.app, run.repository.owner),
      created_at: run.startedAt,
      updated_at: run.startedAt,
    },
  };
}

export async function suitePayload(state: State, repository: Repository, headSha: string): Promise<JsonObject> {
  const suite = await suiteOf(state, repository, headSha);
  const at = repositoryApi(state.url, repository, `check-suites/${String(suite.id)}`);
  return {
    id: suite.id,
    node_id: `CS_${String(suite.id)}`,
    head_branch: suite.headBranch,
    head_sha: headSha,
    status: suite.status,
    conclusion: null,
    url: at,
    before: null,
    after: headSha,
    pull_requests: pullsOfCheck(state, repository, headSha),
    // The description's list of events in a suite's app is older than merge_group.
    app: { ...appJson(state.url, state.app, repository.owner), events: state.app.events.filter((event) => event !== 'merge_group') },
    created_at: now(),
    updated_at: now(),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: repository.checkRuns.filter((run) => run.headSha === headSha).length,
    check_runs_url: `${at}/check-runs`,
    head_commit: simpleCommit(await repository.git.readCommit(headSha)),
  };
}
