import { number, object, objects, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { invalidRequest, notFound, Refusal } from './refusal.ts';
import { appJson, repositoryApi } from './represent.ts';
import { page } from './route.ts';
import type { Reply, RepositoryCall, Route } from './route.ts';
import { fullName, now } from './state.ts';
import type { Annotation, CheckRun, CheckSuite, PullRequest, Repository, State } from './state.ts';

const MESSAGE_BYTES = 64 * 1024;
const TITLE_LENGTH = 255;
/** What lets a required check pass. */
const PASSING = new Set(['success', 'neutral', 'skipped']);

export async function suiteOf(state: State, repository: Repository, headSha: string): Promise<CheckSuite> {
  const known = repository.checkSuites.find((suite) => suite.headSha === headSha);
  if (known !== undefined) return known;
  if ((await repository.git.commitOf(headSha)) !== headSha) throw new Refusal(422, `No commit found for SHA: ${headSha}`);
  const branch = [...repository.branches].find(([, sha]) => sha === headSha);
  const suite: CheckSuite = { id: state.nextId(), headSha, headBranch: branch?.[0] ?? null, status: 'queued' };
  repository.checkSuites.push(suite);
  return suite;
}

async function createRun(call: RepositoryCall): Promise<Reply> {
  const headSha = text(call.body, 'head_sha') ?? '';
  checkRequest(call.body);
  const run: CheckRun = {
    id: call.state.nextId(),
    repository: call.repository,
    suite: await suiteOf(call.state, call.repository, headSha),
    headSha,
    name: '',
    detailsUrl: `${call.state.url}/apps/${call.state.app.slug}`,
    externalId: '',
    status: 'queued',
    conclusion: null,
    startedAt: now(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  };
  call.repository.checkRuns.push(run);
  apply(run, call.body);
  return { status: 201, body: checkRunJson(call.state, run) };
}

function updateRun(call: RepositoryCall): Reply {
  const run = runOf(call);
  checkRequest(call.body);
  const status = text(call.body, 'status');
  // GitHub answers 200 and keeps the conclusion. Refused here, so that the mistake shows.
  if (run.status === 'completed' && status !== undefined && status !== 'completed' && text(call.body, 'conclusion') === undefined) {
    throw invalidRequest('A completed check run cannot go back: create a new one of the same name.');
  }
  apply(run, call.body);
  return { status: 200, body: checkRunJson(call.state, run) };
}

/** What GitHub refuses although its description allows it. */
function checkRequest(body: JsonObject): void {
  const conclusion = text(body, 'conclusion');
  const completed = text(body, 'status') === 'completed' || text(body, 'completed_at') !== undefined;
  if (completed && conclusion === undefined) throw invalidRequest('`conclusion` is required when the status is completed.');
  if (conclusion === 'stale') throw invalidRequest('Only GitHub can set the conclusion `stale`.');
  if (text(body, 'name')?.trim() === '') throw invalidRequest('`name` cannot be blank.');
  for (const annotation of objects(object(body, 'output') ?? {}, 'annotations')) checkAnnotation(annotation);
}

function checkAnnotation(annotation: JsonObject): void {
  const [start, end] = [number(annotation, 'start_line') ?? 0, number(annotation, 'end_line') ?? 0];
  const columns = annotation['start_column'] !== undefined || annotation['end_column'] !== undefined;
  if (start < 1 || end < start) throw invalidRequest('An annotation needs `start_line` <= `end_line`, both from 1.');
  if (columns && start !== end) throw invalidRequest('Columns are only for an annotation of one line.');
  if ((text(annotation, 'title') ?? '').length > TITLE_LENGTH)
    throw invalidRequest(`An annotation's title has at most ${String(TITLE_LENGTH)} characters.`);
  for (const key of ['message', 'raw_details']) {
    if (Buffer.byteLength(text(annotation, key) ?? '') > MESSAGE_BYTES) throw invalidRequest(`An annotation's ${key} has at most 64 KB.`);
  }
}

function apply(run: CheckRun, body: JsonObject): void {
  run.name = text(body, 'name') ?? run.name;
  run.detailsUrl = text(body, 'details_url') ?? run.detailsUrl;
  run.externalId = text(body, 'external_id') ?? run.externalId;
  run.startedAt = text(body, 'started_at') ?? run.startedAt;
  run.status = text(body, 'status') ?? run.status;
  const conclusion = text(body, 'conclusion');
  if (conclusion !== undefined) {
    run.status = 'completed';
    run.conclusion = conclusion;
    run.completedAt = text(body, 'completed_at') ?? now();
  }
  const output = object(body, 'output');
  if (output !== undefined) {
    run.title = text(output, 'title') ?? run.title;
    run.summary = text(output, 'summary') ?? run.summary;
    run.text = text(output, 'text') ?? run.text;
    run.annotations.push(...objects(output, 'annotations').map(annotationOf));
  }
  if (body['actions'] !== undefined) {
    const said = (action: JsonObject, key: string): string => text(action, key) ?? '';
    run.actions = objects(body, 'actions').map((action) => ({
      label: said(action, 'label'),
      description: said(action, 'description'),
      identifier: said(action, 'identifier'),
    }));
  }
  run.suite.status = run.status === 'completed' ? 'completed' : 'in_progress';
}

function annotationOf(annotation: JsonObject): Annotation {
  return {
    path: text(annotation, 'path') ?? '',
    startLine: number(annotation, 'start_line') ?? 0,
    endLine: number(annotation, 'end_line') ?? 0,
    startColumn: number(annotation, 'start_column') ?? null,
    endColumn: number(annotation, 'end_column') ?? null,
    level: text(annotation, 'annotation_level') ?? '',
    message: text(annotation, 'message') ?? '',
    title: text(annotation, 'title') ?? null,
    rawDetails: text(annotation, 'raw_details') ?? null,
  };
}

function runOf(call: RepositoryCall): CheckRun {
  const run = call.repository.checkRuns.find((one) => one.id === Number(call.params['check_run_id']));
  if (run === undefined) throw notFound();
  return run;
}

async function listForRef(call: RepositoryCall): Promise<Reply> {
  const sha = await call.repository.git.commitOf(call.params['ref'] ?? '');
  if (sha === undefined) throw new Refusal(422, `No commit found for SHA: ${call.params['ref'] ?? ''}`);
  const [name, status, appId] = [call.query.get('check_name'), call.query.get('status'), call.query.get('app_id')];
  const runs = call.repository.checkRuns
    .filter((run) => run.headSha === sha && (name === null || run.name === name) && (status === null || run.status === status))
    .filter(() => appId === null || Number(appId) === call.state.app.id);
  const wanted = call.query.get('filter') === 'all' ? runs : latestOfName(runs);
  const reply = page(call, repositoryApi(call.state.url, call.repository, `commits/${sha}/check-runs`), wanted.toReversed(), (run) =>
    checkRunJson(call.state, run),
  );
  return { ...reply, body: { total_count: wanted.length, check_runs: reply.body ?? [] } };
}

function latestOfName(runs: readonly CheckRun[]): readonly CheckRun[] {
  return [...new Map(runs.map((run) => [run.name, run])).values()];
}

function listAnnotations(call: RepositoryCall): Reply {
  const run = runOf(call);
  const url = repositoryApi(call.state.url, call.repository, `check-runs/${String(run.id)}/annotations`);
  return page(call, url, run.annotations, (annotation) => ({
    path: annotation.path,
    blob_href: `${call.state.url}/${fullName(call.repository)}/blob/${run.headSha}/${annotation.path}`,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    start_column: annotation.startColumn,
    end_column: annotation.endColumn,
    annotation_level: annotation.level,
    message: annotation.message,
    title: annotation.title,
    raw_details: annotation.rawDetails,
  }));
}

/** True when the newest run of that name on the pull request's head lets it merge. No report, no merge. */
export function requiredCheckPasses(pull: PullRequest, name: string): boolean {
  const run = pull.repository.checkRuns.findLast((one) => one.headSha === pull.headSha && one.name === name);
  return run?.status === 'completed' && PASSING.has(run.conclusion ?? '');
}

/** Pull requests that check payloads name: open ones of this head, never from forks. */
export function pullsOfCheck(state: State, repository: Repository, headSha: string): JsonObject[] {
  const pulls = [...repository.pulls.values()].filter((pull) => pull.state === 'open' && !pull.head.fork && pull.headSha === headSha);
  const repo = { id: repository.id, url: repositoryApi(state.url, repository, ''), name: repository.name };
  return pulls.map((pull) => ({
    id: pull.id,
    number: pull.number,
    url: repositoryApi(state.url, repository, `pulls/${String(pull.number)}`),
    head: { ref: pull.head.ref, sha: pull.headSha, repo },
    base: { ref: pull.baseRef, sha: pull.baseSha, repo },
  }));
}

export function checkRunJson(state: State, run: CheckRun): JsonObject {
  const at = repositoryApi(state.url, run.repository, `check-runs/${String(run.id)}`);
  return {
    id: run.id,
    node_id: `CR_${String(run.id)}`,
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    url: at,
    html_url: `${state.url}/${fullName(run.repository)}/runs/${String(run.id)}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${at}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appJson(state.url, state.app, run.repository.owner),
    pull_requests: pullsOfCheck(state, run.repository, run.headSha),
  };
}

const RUNS = '/repos/{owner}/{repo}/check-runs';

export const checkRoutes: readonly Route[] = [
  { operation: `POST ${RUNS}`, for: 'repository', needs: ['checks:write'], handle: createRun },
  {
    operation: `GET ${RUNS}/{check_run_id}`,
    for: 'repository',
    needs: ['checks:read'],
    handle: (call) => ({ status: 200, body: checkRunJson(call.state, runOf(call)) }),
  },
  { operation: `PATCH ${RUNS}/{check_run_id}`, for: 'repository', needs: ['checks:write'], handle: updateRun },
  { operation: `GET ${RUNS}/{check_run_id}/annotations`, for: 'repository', needs: ['checks:read'], handle: listAnnotations },
  { operation: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs', for: 'repository', needs: ['checks:read'], handle: listForRef },
];
