import { afterEach, expect, test } from 'vitest';
import type { StandInOptions } from '../support/github/stand-in.ts';
import { startStory, writes } from './story.ts';
import type { Story } from './story.ts';

let story: Story;
afterEach(async () => {
  story.github.assertNoUnknownRequests();
  expect(story.github.refusedRequests()).toEqual([]);
  await story.end();
});

const wolf = '# one\n# bad wolf\n# three\n';
const collaborators = { hubot: 'read', monalisa: 'maintain' } as const;

// Comments below the description reach an App only when it is given more than app.yml asks for.
const talkative = {
  metadata: 'read',
  contents: 'read',
  pull_requests: 'write',
  checks: 'write',
  merge_queues: 'read',
  issues: 'read',
} as const;
const events = ['pull_request', 'check_run', 'check_suite', 'merge_group', 'issue_comment', 'pull_request_review_comment'];

async function begin(text = wolf, github: StandInOptions = {}) {
  story = await startStory({ github: { permissions: talkative, events, ...github } });
  const repository = await story.github.createRepository({ files: { 'main.tf': '# one\n' }, collaborators });
  const pull = await repository.openPullRequest({ files: { 'main.tf': text } });
  await story.settle();
  const [said] = pull.reviewComments;
  if (said === undefined) throw new Error('the wolf is said');
  return { repository, pull, said, since: story.github.requests.length };
}

test('suppress with a reason: /plumbline ignore lets the check pass, names who and why, and holds over pushes', async () => {
  const { repository, pull, said, since } = await begin();
  const asked = await pull.reply(said.id, '/plumbline ignore only in the sandbox, @acme/security agreed', 'monalisa');
  await story.settle();

  expect(writes(story.github, since)).toEqual([
    'PATCH pulls/comments/ID: Ignored on this',
    'POST pulls/comments/ID/reactions',
    'POST check-runs: in_progress',
    'PATCH issues/comments/ID: No new problems',
    'PATCH check-runs/ID: success',
  ]);
  expect(asked.reactions.map(({ content }) => content)).toEqual(['+1']);
  expect(said.body).toMatch(
    /^\*\*Ignored on this pull request\*\* by `monalisa`: `only in the sandbox, @\u200bacme\/security agreed`\n\n<details>/,
  );
  const check = repository.checkRuns.at(-1);
  expect(check).toMatchObject({ conclusion: 'success', title: 'No new problems (1 ignored)' });
  expect(check?.summary).toContain(
    '- `test/marked-line` at `main.tf:2`, by `monalisa`: `only in the sandbox, @\u200bacme/security agreed`',
  );

  const ignored = said.body;
  await pull.push({ files: { 'main.tf': '# one\n' } });
  await story.settle();
  await pull.forcePush({ files: { 'main.tf': '# quite\n# other lines\n# and the bad wolf\n' } });
  await story.settle();
  expect(said.body).toBe(ignored);
  expect(pull.reviewComments).toHaveLength(2);
  expect(repository.checkRuns.at(-1)).toMatchObject({ conclusion: 'success', headSha: pull.headSha });
});

test('suppress: the others still count', async () => {
  const { repository, pull, said } = await begin(`${wolf}# bad bear\n`);
  await pull.reply(said.id, 'We talked about it.\n\n/plumbline ignore known\n\n> /plumbline recheck');
  await story.settle();
  expect(repository.checkRuns.at(-1)).toMatchObject({ conclusion: 'failure', title: '1 high (1 ignored)' });
});

test('suppress and the merge queue: what was ignored on the pull request does not hold it there', async () => {
  const { repository, pull, said } = await begin();
  await pull.reply(said.id, '/plumbline ignore known');
  await story.settle();
  const group = await pull.enqueue();
  await story.settle();
  const run = repository.checkRuns.find(({ headSha }) => headSha === group);
  expect(run).toMatchObject({ conclusion: 'success', title: 'No new problems (1 ignored)' });
  if (run === undefined) throw new Error('the group has a check');
  repository.rerequestCheckRun(run);
  await story.settle();
  expect(repository.checkRuns.filter(({ headSha }) => headSha === group).map(({ conclusion }) => conclusion)).toEqual([
    'success',
    'success',
  ]);
});

test('who may dismiss: neither a reader nor the author of a fork; they are told once, all together', async () => {
  const { repository, pull, said } = await begin();
  await pull.reply(said.id, '/plumbline ignore I know better', 'hubot');
  await pull.reply(said.id, '/plumbline ignore I really do', 'hubot');
  pull.comment('/plumbline recheck', 'someone-else');
  await story.settle();

  expect(said.body).toContain('wolf is bad');
  expect(story.changes).toHaveLength(1);
  expect(repository.checkRuns).toHaveLength(1);
  const answers = pull.reviewComments.filter(({ inReplyTo, author }) => inReplyTo !== null && author.type === 'Bot');
  expect(answers).toHaveLength(1);
  expect(answers[0]?.body).toContain('Only people who can push');
  expect(pull.comments.filter(({ author }) => author.type === 'Bot')).toHaveLength(1);
  expect(pull.reviewComments.flatMap(({ reactions }) => reactions)).toEqual([]);
});

test('misuse: one friendly sentence for each kind, and a reaction the second time', async () => {
  const { pull, said, since } = await begin();
  for (const body of ['/plumbline ignore', '/plumbline ignore   ', '/plumbline make coffee', '/plumbline']) await pull.reply(said.id, body);
  pull.comment('/plumbline ignore it is fine');
  const other = await pull.commentOn('main.tf', 2, 'I wonder about this line.');
  await pull.reply(other.id, '/plumbline ignore it is fine');
  await story.settle();

  expect(writes(story.github, since).sort()).toEqual([
    'POST issues/1/comments',
    'POST pulls/1/comments/ID/replies',
    'POST pulls/1/comments/ID/replies',
    'POST pulls/comments/ID/reactions',
    'POST pulls/comments/ID/reactions',
    'POST pulls/comments/ID/reactions',
  ]);
  expect(pull.reviewComments.flatMap(({ reactions }) => reactions.map(({ content }) => content))).toEqual([
    'confused',
    'confused',
    'confused',
  ]);
  expect(said.body).toContain('wolf is bad');
  expect(story.changes).toHaveLength(1);
});

test('explain: the why of the rule and its links, once in a thread', async () => {
  const { pull, said } = await begin();
  await pull.reply(said.id, '/plumbline explain');
  await pull.reply(said.id, '/Plumbline explain');
  await story.settle();
  const answers = pull.reviewComments.filter(({ inReplyTo, author }) => inReplyTo === said.id && author.type === 'Bot');
  expect(answers.map(({ body }) => body.replace(/<!--.*-->/, '').trim())).toEqual([
    '**A marked line** (`test/marked-line`)\n\nIt says itself that it is bad.\n\n- <https://example.com/why>',
  ]);
  expect(story.changes).toHaveLength(1);
});

test('recheck: reviews again, in a thread or below the description, and posts nothing twice', async () => {
  const { repository, pull, said } = await begin();
  pull.comment('/plumbline recheck');
  await story.settle();
  expect(story.changes).toHaveLength(2);
  const asked = await pull.reply(said.id, '/plumbline recheck');
  await story.settle();
  expect(asked.reactions.map(({ content }) => content)).toEqual(['+1']);
  expect(story.changes).toHaveLength(3);
  await story.github.redeliver(story.github.webhooks.at(-1));
  await story.app.idle();
  expect(story.changes).toHaveLength(3);
  expect(repository.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['failure', 'failure', 'failure']);
  expect(pull.reviews.filter(({ author }) => author.type === 'Bot')).toHaveLength(1);
});

test('recheck: with issues: write a comment below the description gets its reaction too', async () => {
  const permissions = { metadata: 'read', contents: 'read', pull_requests: 'write', checks: 'write', issues: 'write' } as const;
  const { pull } = await begin(wolf, { permissions });
  const asked = pull.comment('/plumbline recheck');
  await story.settle();
  await story.github.redeliver(story.github.webhooks.at(-1));
  await story.app.idle();
  expect(asked.reactions.map(({ content }) => content)).toEqual(['+1']);
  expect(story.changes).toHaveLength(2);
});

test('bots, issues and ordinary comments are not answered', async () => {
  const { pull, said, since } = await begin();
  const requests = story.github.requests.length;
  await pull.reply(said.id, 'Please see /plumbline ignore in the docs.');
  pull.comment('```\n/plumbline recheck\n```\n> /plumbline recheck');
  await story.settle();
  expect(writes(story.github, since)).toEqual([]);
  expect(story.github.requests).toHaveLength(requests);
});

test('an answer that was lost in a 502 is not given twice', async () => {
  const { pull, said } = await begin();
  story.github.fail({ method: 'POST', path: /replies$/, fault: { is: 'bad gateway after success' } });
  await pull.reply(said.id, '/plumbline explain');
  await story.settle();
  expect(pull.reviewComments.filter(({ author }) => author.type === 'Bot')).toHaveLength(2);
});
