import { statusOf } from './api-error.ts';
import type { Octokit, Repo } from './octokit.ts';

/** True for people who may push to the repository. What GitHub does not know has no right. */
export async function mayWrite(octokit: Octokit, repo: Repo, login: string): Promise<boolean> {
  try {
    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...repo, username: login });
    return data.permission === 'admin' || data.permission === 'write';
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}
