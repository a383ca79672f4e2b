import { pullJob } from './job.ts';
import type { SettingsJob } from './job.ts';
import type { Desk, JobEnd } from './worker.ts';

/** So many pull requests are reviewed again when the settings change, those that were touched last. The others have them at their next push. */
const most = 50;
/** Several pushes in a row are one change of the settings, and GitHub's API needs a moment to show it. */
const settleMs = 30_000;

/** Reviews the open pull requests of a branch whose settings changed, after waiting for more of it. */
export async function reviewOpenPulls(job: SettingsJob, desk: Desk): Promise<JobEnd> {
  if (!job.settled) return { later: { job: { ...job, settled: true }, afterMs: desk.waits.settle ?? settleMs } };
  const { data } = await desk.client.octokit.rest.pulls.list({
    ...job.repo,
    state: 'open',
    base: job.branch,
    sort: 'updated',
    direction: 'desc',
    per_page: most,
  });
  for (const { number } of data) desk.enqueue({ ...pullJob(job, number, true), because: 'settings' });
  desk.log.info({ pulls: data.length }, 'the settings changed: open pull requests are reviewed again');
  return {};
}
