import { simpleCommit } from './merge-queue.ts';
import { repositoryJson, userJson } from './represent.ts';
import { fullName } from './state.ts';
import type { Repository, State } from './state.ts';
import { userOf } from './users.ts';
import { occur } from './webhooks.ts';

/** What GitHub tells of a push to a branch that people commit to. Pushes to the branches of pull requests are told as `pull_request` only. */
export async function pushEvent(
  state: State,
  repository: Repository,
  { branch, before, after }: { readonly branch: string; readonly before: string; readonly after: string },
): Promise<void> {
  const { git } = repository;
  const pusher = userOf(state);
  const site = `${state.url}/${fullName(repository)}`;
  const files = await git.diff(before, after);
  const paths = (status: string): string[] => files.filter((file) => file.status === status).map((file) => file.path);
  const head = {
    ...simpleCommit(await git.readCommit(after)),
    distinct: true,
    url: `${site}/commit/${after}`,
    added: paths('added'),
    removed: paths('removed'),
    modified: paths('modified'),
  };
  occur(state, {
    name: 'push',
    action: '',
    installation: repository.installation,
    repository,
    sender: pusher,
    payload: {
      ref: `refs/heads/${branch}`,
      before,
      after,
      base_ref: null,
      compare: `${site}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
      created: false,
      deleted: false,
      forced: false,
      commits: [head],
      head_commit: head,
      pusher: { name: userJson(state.url, pusher)['login'] ?? '', email: 'octocat@example.com' },
      repository: repositoryJson(state.url, repository),
    },
  });
}
