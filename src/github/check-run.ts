import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { Annotation } from '../report/github.ts';
import { isServerFailure } from './api-error.ts';
import { fit, summaryLimit } from './fit.ts';
import type { Identity } from './identity.ts';
import { defused, marker, markersIn } from './marker.ts';
import { once } from './octokit.ts';
import type { Octokit, Repo } from './octokit.ts';

/** The name under which people require the check. */
export const checkName = 'Plumbline';

/** GitHub takes so many annotations in one request, and adds those of later requests. */
const annotationBatch = 50;

/** `success` and `neutral` let a required check pass; `failure` and `cancelled` hold the merge. */
export type Conclusion = 'success' | 'neutral' | 'failure' | 'cancelled';

type UpdateCheck = RestEndpointMethodTypes['checks']['update']['parameters'];

/** How a check ends, in words. */
export interface CheckEnd {
  readonly conclusion: Conclusion;
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** What was reviewed (`base...head`), when it was: it is not reviewed again unless someone asks. */
  readonly reviewed?: string;
  /** What the button `Apply fixes` would do; without it there is no button. */
  readonly button?: ApplyMode;
  /** There was nothing to review, whatever the settings. */
  readonly nothing?: boolean;
}

/** Commit to the branch, or post a patch. */
export type ApplyMode = 'commit' | 'patch';

export const applyAction = 'apply-fixes';

/** The button as GitHub takes it: 20 characters of label, 40 of description, 20 of identifier. */
const buttons = (mode: ApplyMode | undefined) =>
  mode === undefined
    ? []
    : [
        {
          label: 'Apply fixes',
          description: mode === 'commit' ? 'Commits the proven fixes to this branch' : 'Posts one patch with all proven fixes',
          identifier: applyAction,
        },
      ];

/** A check run on GitHub, as far as we look at it. */
export interface CheckRun {
  readonly id: number;
  readonly status: string;
  readonly externalId: string | null;
  readonly markers: readonly string[];
}

/** Our own check runs on a commit, the newest first. */
export async function listChecks(octokit: Octokit, repo: Repo, head: string, identity: Identity): Promise<CheckRun[]> {
  const { data } = await octokit.rest.checks.listForRef({ ...repo, ref: head, check_name: checkName, filter: 'all', per_page: 100 });
  return data.check_runs
    .filter((run) => run.app?.id === identity.id)
    .map((run) => ({ id: run.id, status: run.status, externalId: run.external_id, markers: markersIn(run.output.summary) }))
    .sort((a, b) => b.id - a.id);
}

/** True when the newest check for the same thing says that exactly this was reviewed. */
export function wasReviewed(checks: readonly CheckRun[], externalId: string, reviewed: string): boolean {
  const newest = checks.find((check) => check.externalId === externalId);
  return newest?.status === 'completed' && newest.markers.includes(marker('reviewed', reviewed));
}

/** True when the newest check for the same thing found nothing to review in exactly this. */
export const hadNothing = (checks: readonly CheckRun[], externalId: string, base: string, head: string): boolean =>
  wasReviewed(checks, externalId, nothingOf(`${base}...${head}`));
const nothingOf = (reviewed: string): string => `nothing in ${reviewed.replace(/ as a draft$/, '')}`;

/** The newest check for the same thing that has not ended. */
export const unfinishedCheck = (checks: readonly CheckRun[], externalId: string): CheckRun | undefined =>
  checks.find((check) => check.externalId === externalId && check.status !== 'completed');

/** Takes up the check that an interrupted run left unfinished, or creates one that is in progress. */
export async function startCheck(
  octokit: Octokit,
  repo: Repo,
  about: { readonly head: string; readonly externalId: string; readonly checks: readonly CheckRun[]; readonly identity: Identity },
): Promise<number> {
  const left = unfinishedCheck(about.checks, about.externalId);
  if (left !== undefined) return left.id;
  const create = async (): Promise<number> => {
    const { data } = await octokit.rest.checks.create({
      ...repo,
      ...once,
      name: checkName,
      head_sha: about.head,
      status: 'in_progress',
      started_at: new Date().toISOString(),
      external_id: about.externalId,
    });
    return data.id;
  };
  try {
    return await create();
  } catch (error) {
    if (!isServerFailure(error)) throw error;
    const created = unfinishedCheck(await listChecks(octokit, repo, about.head, about.identity), about.externalId);
    return created?.id ?? (await create());
  }
}

/** Creates a check that has ended already: for work that will not be done. */
export async function createEndedCheck(octokit: Octokit, repo: Repo, head: string, externalId: string, end: CheckEnd): Promise<void> {
  const { conclusion, ...output } = requestOf(end, end.annotations.slice(0, annotationBatch));
  await octokit.rest.checks.create({
    ...repo,
    ...once,
    name: checkName,
    head_sha: head,
    external_id: externalId,
    status: 'completed',
    conclusion,
    ...output,
  });
}

/** A check run with its words, if it is ours. */
export async function readCheck(
  octokit: Octokit,
  repo: Repo,
  id: number,
  identity: Identity,
): Promise<
  (Pick<CheckRun, 'id' | 'externalId'> & { readonly head: string; readonly title: string; readonly summary: string }) | undefined
> {
  const { data } = await octokit.rest.checks.get({ ...repo, check_run_id: id });
  if (data.app?.id !== identity.id || data.name !== checkName) return undefined;
  const { title, summary } = data.output;
  return { id, externalId: data.external_id, head: data.head_sha, title: title ?? checkName, summary: summary ?? '' };
}

const about = '**Apply fixes**';
const lastMarker = /\n\n<!-- plumbline:reviewed:[0-9a-f]{24} -->\s*$/;

/** Says above the summary of a finished check what came of its button. `over`: the button has done all that it can, and goes. */
export async function sayOfButton(
  octokit: Octokit,
  repo: Repo,
  check: { readonly id: number; readonly title: string; readonly summary: string },
  words: string,
  over: boolean,
): Promise<void> {
  const { summary } = check;
  const rest = summary.startsWith(about) ? summary.slice(summary.indexOf('\n\n') + 2) : summary;
  const tail = lastMarker.exec(rest)?.[0] ?? '';
  const head = `${about} ${words}\n\n`;
  const said = head + fit(rest.slice(0, rest.length - tail.length), summaryLimit - head.length - tail.length) + tail;
  await octokit.rest.checks.update({
    ...repo,
    check_run_id: check.id,
    output: { title: check.title, summary: said },
    ...(over && { actions: [] }),
  });
}

/**
 * Ends a check. It ends with its last annotations, so that a check which has ended is whole; if some are refused it ends without them, and
 * `onLost` is told how many.
 */
export async function endCheck(
  octokit: Octokit,
  repo: Repo,
  id: number,
  end: CheckEnd,
  onLost: (error: unknown, lost: number) => void,
): Promise<void> {
  const { conclusion, output } = requestOf(end, []);
  const ending = { status: 'completed', conclusion, completed_at: new Date().toISOString(), actions: buttons(end.button) } as const;
  const { annotations } = end;
  let sent = 0;
  try {
    while (sent < annotations.length) {
      const upTo = Math.min(sent + annotationBatch, annotations.length);
      const request = { output: requestOf(end, annotations.slice(sent, upTo)).output, ...(upTo === annotations.length && ending) };
      await addAnnotations(octokit, { ...repo, check_run_id: id, ...request }, upTo);
      sent = upTo;
    }
    if (sent > 0) return;
  } catch (error) {
    onLost(error, annotations.length - sent);
  }
  await octokit.rest.checks.update({ ...repo, check_run_id: id, ...ending, output });
}

/** Adds one batch exactly once: after a failure of GitHub's the check is asked whether it has as many as it then should. */
async function addAnnotations(octokit: Octokit, request: UpdateCheck & Repo, expected: number): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await octokit.rest.checks.update({ ...request, ...once });
      return;
    } catch (error) {
      if (!isServerFailure(error) || tries === 3) throw error;
      const { owner, repo, check_run_id } = request;
      const { data } = await octokit.rest.checks.get({ owner, repo, check_run_id });
      if (data.output.annotations_count >= expected) return;
    }
  }
}

function requestOf(end: CheckEnd, batch: readonly Annotation[]) {
  const marks = end.reviewed === undefined ? [] : [marker('reviewed', end.reviewed)];
  if (end.reviewed !== undefined && end.nothing === true) marks.push(marker('reviewed', nothingOf(end.reviewed)));
  const tail = marks.length === 0 ? '' : `\n\n${marks.join('\n')}`;
  return {
    conclusion: end.conclusion,
    output: {
      title: end.title.slice(0, 255),
      summary: fit(defused(end.summary), summaryLimit - tail.length) + tail,
      ...(batch.length > 0 && { annotations: batch.map(annotationOf) }),
    },
  };
}

/** GitHub takes 64 KB of UTF-8 in a message: one of JavaScript's characters takes up to three bytes. */
const annotationOf = (annotation: Annotation): Annotation => ({
  ...annotation,
  title: annotation.title.slice(0, 255),
  message: annotation.message.slice(0, 20_000),
});
