import type { JsonObject } from './json.ts';
import type { PullRequest, State } from './state.ts';
import { occur } from './webhooks.ts';

export function queueBranch(pull: PullRequest, base: string): string {
  return `gh-readonly-queue/${pull.baseRef}/pr-${String(pull.number)}-${base}`;
}

export async function mergeGroup(pull: PullRequest, base: string, sha: string): Promise<JsonObject> {
  const commit = await pull.repository.git.readCommit(sha);
  return {
    merge_group: {
      head_sha: sha,
      head_ref: `refs/heads/${queueBranch(pull, base)}`,
      base_sha: base,
      base_ref: `refs/heads/${pull.baseRef}`,
      head_commit: simpleCommit(commit),
    },
  };
}

export function simpleCommit(commit: {
  sha: string;
  tree: string;
  message: string;
  author: { name: string; email: string; date: string };
}): JsonObject {
  const { name, email, date } = commit.author;
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: date,
    author: { name, email },
    committer: { name, email },
  };
}

export function mergeGroupEvent(state: State, pull: PullRequest, action: string, payload: JsonObject): void {
  const { repository } = pull;
  occur(state, { name: 'merge_group', action, installation: repository.installation, repository, sender: pull.author, payload });
}
