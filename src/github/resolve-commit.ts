import { listChecks } from './check-run.ts';
import { pullJob, rerequestedJob } from './job.ts';
import type { CommitJob } from './job.ts';
import type { Desk, JobEnd } from './worker.ts';

/**
 * Finds out what a re-requested commit is the head of. Webhooks name no pull requests when these come from forks; our own checks on the
 * commit say it, or else GitHub's list of the commit's pull requests.
 */
export async function resolveCommit(job: CommitJob, desk: Desk): Promise<JobEnd> {
  const { octokit } = desk.client;
  const checks = await listChecks(octokit, job.repo, job.sha, desk.identity);
  const known = new Set(checks.map((check) => check.externalId));
  const jobs = [...known].map((externalId) => rerequestedJob(job, externalId, job.sha)).filter((found) => found !== undefined);
  if (jobs.length === 0) {
    const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...job.repo, commit_sha: job.sha, per_page: 100 });
    for (const pull of data) if (pull.state === 'open' && pull.head.sha === job.sha) jobs.push(pullJob(job, pull.number, true));
  }
  for (const found of jobs) desk.enqueue(found);
  if (jobs.length === 0) desk.log.info('the commit belongs to no open pull request');
  return {};
}
