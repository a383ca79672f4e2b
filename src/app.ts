import type { ApplicationFunction, Context } from 'probot';
import { settingsPath } from './context.ts';
import { applyAction, checkName } from './github/check-run.ts';
import { commandIn } from './github/command.ts';
import { commandJob, commitJob, fixJob, mergeGroupJob, pullJob, pullOfGroup, rerequestedJob, settingsJob } from './github/job.ts';
import type { Job, Source } from './github/job.ts';

/** Turns GitHub's webhooks into jobs. It only decides whether an event is ours; the work is done later, away from the request. */
export function createApp({ enqueue }: { readonly enqueue: (job: Job) => void }): ApplicationFunction {
  return (app) => {
    app.on(
      ['pull_request.opened', 'pull_request.synchronize', 'pull_request.reopened', 'pull_request.ready_for_review', 'pull_request.edited'],
      (context) => {
        const { payload } = context;
        // A new base brings a new diff; a new title does not.
        if (payload.action === 'edited' && payload.changes.base === undefined) return;
        const { number, head, updated_at: updatedAt } = payload.pull_request;
        forSource(context, (source) => {
          enqueue(pullJob(source, number, false, { head: head.sha, updatedAt }));
        });
      },
    );

    // Other settings hold for what is open: a push to the branch that it goes into brought them.
    app.on('push', (context) => {
      const { ref, deleted, commits } = context.payload;
      const branch = /^refs\/heads\/(.{1,255})$/.exec(ref)?.[1];
      if (branch === undefined || deleted || !commits.some(touchesSettings)) return;
      forSource(context, (source) => {
        enqueue(settingsJob(source, branch));
      });
    });

    app.on('check_run.rerequested', (context) => {
      const run = context.payload.check_run;
      if (run.name !== checkName) return;
      forSource(context, (source) => {
        enqueue(rerequestedJob(source, run.external_id, run.head_sha) ?? commitJob(source, run.head_sha));
      });
    });

    app.on('check_run.requested_action', (context) => {
      const { check_run: run, requested_action: action, sender } = context.payload;
      if (run.name !== checkName || action?.identifier !== applyAction) return;
      forSource(context, (source) => {
        const job = fixJob(source, run.external_id, run.id, sender.login);
        if (job !== undefined) enqueue(job);
      });
    });

    app.on('check_suite.rerequested', (context) => {
      forSource(context, (source) => {
        enqueue(commitJob(source, context.payload.check_suite.head_sha));
      });
    });

    app.on('merge_group.checks_requested', (context) => {
      const { base_sha: base, head_sha: head, head_ref: ref } = context.payload.merge_group;
      forSource(context, (source) => {
        enqueue(mergeGroupJob(source, base, head, false, pullOfGroup(ref)));
      });
    });

    // Comes only where the App was given Issues: read and this event, which app.yml does not ask for: commands then work below the description too.
    app.on('issue_comment.created', (context) => {
      const { comment, issue, sender } = context.payload;
      const command = commandIn(comment.body);
      // Bots get no answer: two of them could go on for ever.
      if (!issue.pull_request || command === undefined || sender.type === 'Bot') return;
      forSource(context, (source) => {
        const { number } = issue;
        enqueue(commandJob(source, { number, command, by: sender.login, comment: { in: 'conversation', id: comment.id } }));
      });
    });

    app.on('pull_request_review_comment.created', (context) => {
      const { comment, pull_request: pull, sender } = context.payload;
      const command = commandIn(comment.body);
      if (command === undefined || sender.type === 'Bot') return;
      forSource(context, (source) => {
        const root = comment.in_reply_to_id ?? comment.id;
        enqueue(commandJob(source, { number: pull.number, command, by: sender.login, comment: { in: 'thread', id: comment.id, root } }));
      });
    });
  };
}

interface Pushed {
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  readonly modified?: readonly string[];
}
const touchesSettings = ({ added = [], removed = [], modified = [] }: Pushed): boolean =>
  [added, removed, modified].some((paths) => paths.includes(settingsPath));

interface FromRepository {
  readonly installation?: { readonly id: number };
  readonly repository?: { readonly name: string; readonly owner: { readonly login: string } | null };
}

/** Runs `then` with where the event comes from. Deliveries of a repository's own webhook name no installation: we can't answer those. */
function forSource(
  context: { readonly id: string; readonly payload: FromRepository; readonly log: Context['log'] },
  then: (source: Source) => void,
): void {
  const { installation, repository } = context.payload;
  if (installation === undefined || !repository?.owner) {
    context.log.warn('this delivery names no installation: point only the webhook of the GitHub App at Plumbline');
    return;
  }
  context.log.info({ repository: `${repository.owner.login}/${repository.name}` }, 'webhook accepted');
  then({ installation: installation.id, repo: { owner: repository.owner.login, repo: repository.name }, delivery: context.id });
}
