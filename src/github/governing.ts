import type { Change, Governing, Unread } from '../change.ts';
import { organisationSettings, settingsPath } from '../context.ts';
import type { SourceFile } from '../documents/snapshot.ts';
import { statusOf } from './api-error.ts';
import type { Comparison } from './changed-files.ts';
import type { Job } from './job.ts';
import type { Octokit, Repo } from './octokit.ts';
import type { SettingsCache } from './settings-cache.ts';
import type { Desk } from './worker.ts';

/** An organisation's settings are asked for again after so long: they are the same for all of its pull requests. */
const freshMs = 60_000;
/** No settings that people write are as large. */
const most = 256 * 1024;

interface Governed {
  readonly governing: Governing;
  readonly unread: readonly Unread[];
}

/**
 * The change with the settings that hold for it. `branch`: the one to merge into, which may have others by now than where the change began; a
 * merge group's base is the tip of its branch already, with what is merged before it.
 */
export async function withGoverning(
  change: Change,
  about: {
    readonly job: Pick<Job, 'installation' | 'repo'>;
    readonly desk: Pick<Desk, 'client' | 'settings'>;
    readonly compared: Comparison;
    readonly branch?: string;
  },
): Promise<Change> {
  const { job, desk, compared, branch } = about;
  const reader = { octokit: desk.client.octokit, installation: job.installation, cache: desk.settings };
  const isTip = branch === undefined || compared.tip === compared.mergeBase;
  const { governing, unread } = await readGoverning(reader, job.repo, isTip ? { file: change.before.get(settingsPath) } : branch);
  return { ...change, governing, unread: [...change.unread, ...unread] };
}

/** With which rights settings are read, and where they are kept meanwhile. What one installation may see is nothing to another. */
interface Reader {
  readonly octokit: Octokit;
  readonly installation: number;
  readonly cache: SettingsCache;
}

/**
 * The settings that hold for a change: those that the base branch has now (`base`: its name, or the file when it was read already), and those
 * of the organisation, when the installation may see them.
 */
async function readGoverning(reader: Reader, repo: Repo, base: string | { readonly file: SourceFile | undefined }): Promise<Governed> {
  const unread: Unread[] = [];
  const [repository, organisation] = await Promise.all([
    typeof base === 'string' ? ownSettings(reader, repo, base, unread) : base.file,
    organisationFile(reader, repo.owner, unread),
  ]);
  const isKeeper = repo.repo.toLowerCase() === organisationSettings.repository;
  return { governing: { repository, organisation, ...(isKeeper && { keeps: organisationSettings.path }) }, unread };
}

const ownSettings = (reader: Reader, repo: Repo, branch: string, unread: Unread[]): Promise<SourceFile | undefined> =>
  readFile(reader, repo, { path: settingsPath, ref: `refs/heads/${branch}`, as: settingsPath, forMs: 0 }, unread);

async function organisationFile(reader: Reader, owner: string, unread: Unread[]): Promise<SourceFile | undefined> {
  const { repository, path } = organisationSettings;
  try {
    return await readFile(reader, { owner, repo: repository }, { path, as: `${owner}/${repository}/${path}`, forMs: freshMs }, unread);
  } catch (error) {
    // The App is not installed there: then the organisation says nothing.
    if (statusOf(error) === 403) return undefined;
    throw error;
  }
}

interface Wanted {
  readonly path: string;
  /** The default branch when absent. */
  readonly ref?: string;
  /** The name by which people know the file. */
  readonly as: string;
  /** Milliseconds for which what is remembered need not be asked for again. */
  readonly forMs: number;
}

/** Undefined when there is no such file. What was read before is asked for by its ETag, which costs nothing of the rate limit. */
async function readFile(reader: Reader, repo: Repo, { path, ref, as, forMs }: Wanted, unread: Unread[]): Promise<SourceFile | undefined> {
  const { octokit, cache } = reader;
  const key = [reader.installation, repo.owner, repo.repo, ref ?? '', path].join(' ').toLowerCase();
  const known = cache.get(key);
  const at = Date.now();
  if (known && at - known.at < forMs) return known.file;
  try {
    const headers = known?.etag === undefined ? {} : { 'if-none-match': known.etag };
    const { data, headers: answered } = await octokit.rest.repos.getContent({ ...repo, path, ...(ref !== undefined && { ref }), headers });
    if (Array.isArray(data) || data.type !== 'file') return undefined;
    if (data.size > most) {
      unread.push({ path: as, why: 'it is larger than 256 KB' });
      return undefined;
    }
    const file = { path: as, sha: data.sha, text: Buffer.from(data.content, 'base64').toString('utf8') };
    cache.set(key, { file, at, ...(answered.etag !== undefined && { etag: answered.etag }) });
    return file;
  } catch (error) {
    const status = statusOf(error);
    if (status === 304 && known) {
      cache.set(key, { ...known, at });
      return known.file;
    }
    if (status !== 404) throw error;
    cache.set(key, { file: undefined, at });
    return undefined;
  }
}
