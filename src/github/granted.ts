import type { Octokit } from './octokit.ts';

/**
 * Whether the installation granted more than Plumbline asks for: writing to `contents`, without which GitHub lets no App resolve a thread, or to
 * `issues`, without which it lets none react to comments below the description, or to `workflows`.
 */
export async function mayWriteTo(octokit: Octokit, what: 'contents' | 'issues' | 'workflows'): Promise<boolean> {
  const auth: unknown = await octokit.auth({ type: 'installation' });
  if (typeof auth !== 'object' || auth === null || !('permissions' in auth)) return false;
  const { permissions } = auth;
  return typeof permissions === 'object' && permissions !== null && Reflect.get(permissions, what) === 'write';
}
