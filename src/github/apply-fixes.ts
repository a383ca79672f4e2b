import { ExplainedError, TryLaterError } from '../errors.ts';
import type { Change } from '../change.ts';
import { code, plural } from '../engine/words.ts';
import type { Fixes } from '../report/review.ts';
import { isServerFailure } from './api-error.ts';
import { compare, pullFiles } from './changed-files.ts';
import { readCheck, sayOfButton } from './check-run.ts';
import { dismissalsOf } from './dismissed.ts';
import { withGoverning } from './governing.ts';
import { mayWriteTo } from './granted.ts';
import type { FixJob } from './job.ts';
import { pullOfCheck } from './job.ts';
import { postPatch } from './post-patch.ts';
import { readPull } from './pull.ts';
import type { Pull } from './pull.ts';
import { pushFixes } from './push-fixes.ts';
import { readChange } from './read-change.ts';
import { matchThreads, pathsAtHead } from './reconcile.ts';
import { unlessAborted } from './review-pull.ts';
import { mayWrite } from './rights.ts';
import { readThreads } from './threads.ts';
import type { Desk, JobEnd } from './worker.ts';

/** What came of the button, in words that follow "Apply fixes". `over`: pressing it again would do nothing more. */
interface Came {
  readonly words: string;
  readonly over: boolean;
}

/**
 * Does what the button `Apply fixes` of a check says, and says in the check what came of it. Of the webhook only the check's id and the login
 * are used: what is to be fixed is read, reviewed and proven anew.
 */
export async function applyFixes(job: FixJob, desk: Desk): Promise<JobEnd> {
  const { octokit } = desk.client;
  const check = await readCheck(octokit, job.repo, job.check, desk.identity);
  if (check === undefined || pullOfCheck(check.externalId) !== job.number) return {};
  const pull = await readPull(octokit, job.repo, job.number);
  if (!pull.open) return {};
  const { words, over } = await press(job, desk, pull, check.head).catch((error: unknown) => failure(error, desk));
  await sayOfButton(octokit, job.repo, check, `(${code(job.by)}): ${words}`, over);
  desk.log.info({ words }, 'fixes');
  return {};
}

async function press(job: FixJob, desk: Desk, pull: Pull, head: string): Promise<Came> {
  const { octokit } = desk.client;
  if (!(await mayWrite(octokit, job.repo, job.by)))
    return { words: 'only people who can push to this repository can use this button.', over: false };
  if (pull.head !== head) return movedOn(pull.head);
  const change = await readHead(job, desk, pull);
  const fixes = await unlessAborted(desk.signal, desk.fix(change, await dismissedKeys(job, desk, pull, change)));
  if (fixes.applyFixes === 'off') return { words: 'the settings switch it off.', over: true };
  if (fixes.files.length === 0) return { words: 'there is no proven fix to apply.', over: true };
  const why = await whyNot(desk, pull, fixes);
  if (why !== undefined || pull.branch === undefined) return patch(job, desk, fixes, head, why ?? 'there is no branch');
  const pushed = await pushFixes(job, desk, { branch: pull.branch, head, change, fixes });
  switch (pushed.is) {
    case 'pushed':
      return { words: `${plural(fixes.mended.length, 'finding')} mended in ${pushed.commit}.${leftOf(fixes)}`, over: true };
    case 'moved':
      return movedOn(pushed.head);
    case 'refused':
      return patch(job, desk, fixes, head, pushed.why);
  }
}

async function readHead(job: FixJob, desk: Desk, pull: Pull): Promise<Change> {
  const { octokit } = desk.client;
  const compared = await compare(octokit, job.repo, pull.baseBranch, pull.head);
  const listed = await pullFiles(octokit, job.repo, job.number, pull.changedFiles);
  const read = await readChange(octokit, job.repo, { mergeBase: compared.mergeBase, head: pull.head, listed }, desk.cache);
  return withGoverning(read, { job, desk, compared, branch: pull.baseBranch });
}

/** The keys of findings that people dismissed: those stay as they are. Only where there are any is the whole review needed to tell. */
async function dismissedKeys(job: FixJob, desk: Desk, pull: Pull, change: Change): Promise<readonly string[]> {
  const { client, identity } = desk;
  const threads =
    pull.reviewComments === 0 ? [] : await readThreads({ octokit: client.octokit, repo: job.repo, number: job.number, identity });
  if (!threads.some(({ dismissal }) => dismissal !== undefined)) return [];
  const { comments, quiet } = await unlessAborted(desk.signal, desk.review(change));
  return [...dismissalsOf(matchThreads([...comments, ...quiet], threads, pathsAtHead(change))).keys()];
}

/** Why the App may not commit these fixes itself, in words that follow "because"; undefined when it may. */
async function whyNot({ client: { octokit } }: Desk, pull: Pull, fixes: Fixes): Promise<string | undefined> {
  if (fixes.applyFixes === 'patch') return 'the settings want it so';
  if (pull.branch === undefined) return 'the branch is in another repository';
  if (!(await mayWriteTo(octokit, 'contents'))) return 'the App was not given _Contents: write_';
  const workflow = fixes.files.some(({ path }) => path.startsWith('.github/workflows/'));
  return workflow && !(await mayWriteTo(octokit, 'workflows'))
    ? 'it changes a workflow and the App was not given _Workflows: write_'
    : undefined;
}

async function patch(job: FixJob, desk: Desk, fixes: Fixes, head: string, why: string): Promise<Came> {
  const { client, identity } = desk;
  await postPatch({ octokit: client.octokit, repo: job.repo, number: job.number, head, identity }, fixes, why);
  return { words: `posted as a patch below the description, because ${why}.`, over: false };
}

const movedOn = (head: string): Came => ({
  words: `not done, because the pull request has moved on to ${head.slice(0, 7)}. Use the button of the check there.`,
  over: true,
});

const leftOf = ({ left }: Fixes): string =>
  left.length === 0
    ? ''
    : ` Left out: ${left
        .slice(0, 5)
        .map(({ rule, file, line }) => `${code(rule)} at ${code(`${file}:${line}`)}`)
        .join(', ')}${left.length > 5 ? ` and ${left.length - 5} more` : ''}.`;

/** What a person is told when it did not work; what may work later is thrown on, so that the job comes back. */
function failure(error: unknown, { mayComeBack, signal, log }: Desk): Came {
  if (signal.aborted || (mayComeBack && (error instanceof TryLaterError || isServerFailure(error)))) throw error;
  log.error({ err: error }, 'fixes could not be applied');
  return {
    words: `it did not work. ${error instanceof ExplainedError ? `${error.message} ${error.remedy}` : 'Press it again.'}`,
    over: false,
  };
}
