import { afterEach, expect, test } from 'vitest';
import { settingsPath } from '../../src/context.ts';
import { fix, review } from '../../src/review.ts';
import { notebook, open, rules, safe, today } from '../config/reviewed.ts';
import type { OpenRequest } from '../support/github/people.ts';
import type { Permissions } from '../support/github/state.ts';
import { startStory, writes } from './story.ts';
import type { Story, StoryOptions } from './story.ts';

let story: Story;
/** Refusals that the story wants to happen. */
let refusals: string[] = [];
afterEach(async () => {
  const expected = refusals;
  refusals = [];
  await story.end();
  story.github.assertNoUnknownRequests();
  expect(story.github.refusedRequests().map(({ operation, status }) => `${operation} ${status}`)).toEqual(expected);
});

const writing: Permissions = { metadata: 'read', contents: 'write', pull_requests: 'write', checks: 'write', merge_queues: 'read' };
const reading: Permissions = { ...writing, contents: 'read' };
const collaborators = { hubot: 'read', monalisa: 'maintain' } as const;
const opened = { 'live/a.tf': notebook(open, 'a'), 'b.tf': notebook(open, 'b') };

interface Wish extends Partial<OpenRequest> {
  readonly permissions?: Permissions;
  readonly settings?: string;
  readonly story?: Partial<StoryOptions>;
}

/** A reviewed pull request that opens two notebooks to the internet. */
async function begin({ permissions = writing, settings = '', story: more = {}, ...request }: Wish = {}) {
  story = await startStory({
    review: (change) => review(change, rules, today),
    fix: (change, except) => Promise.resolve(fix(change, rules, today, new Set(except))),
    github: { permissions },
    ...more,
  });
  const files = {
    'live/a.tf': { mode: '100755' as const, content: notebook(safe, 'a') },
    'b.tf': notebook(safe, 'b'),
    ...(settings !== '' && { [settingsPath]: settings }),
  };
  const repository = await story.github.createRepository({ files, collaborators });
  const pull = await repository.openPullRequest({
    branch: 'feature/lab #1',
    files: { ...opened, 'live/a.tf': { mode: '100755', content: opened['live/a.tf'] } },
    ...request,
  });
  await story.settle();
  const run = repository.checkRuns.at(-1);
  if (run === undefined) throw new Error('there is a check');
  const reviewedHead = pull.headSha;
  const press = async (login?: string): Promise<void> => {
    repository.requestAction(run, 'apply-fixes', login);
    await story.settle();
    await story.settle();
  };
  return {
    repository,
    pull,
    run,
    press,
    reviewedHead,
    since: story.github.requests.length,
    said: () => (run.summary ?? '').split('\n')[0],
  };
}

const patchIn = (pull: Awaited<ReturnType<typeof begin>>['pull']) => pull.comments.filter(({ body }) => body.includes('as one patch'));

test('applied: one commit on the branch, with all fixes, and the review of it finds nothing', async () => {
  const { repository, pull, run, press, reviewedHead, since, said } = await begin();
  expect(run).toMatchObject({
    conclusion: 'failure',
    actions: [{ label: 'Apply fixes', description: 'Commits the proven fixes to this branch', identifier: 'apply-fixes' }],
  });
  expect(run.summary).toContain('The button **Apply fixes** commits every fix');
  await press();

  expect(await pull.read('live/a.tf')).toBe(notebook(safe, 'a'));
  expect(await pull.read('b.tf')).toBe(notebook(safe, 'b'));
  const commit = await repository.git.readCommit(pull.headSha);
  expect(commit.parents).toEqual([reviewedHead]);
  expect(commit.message).toBe(
    'Apply the fixes of Plumbline for 2 findings\n\n- notebooks/direct-internet (2)\n\nAsked for by octocat on pull request 1.',
  );
  expect((await repository.git.tree(pull.headSha, true)).find(({ path }) => path === 'live/a.tf')?.mode).toBe('100755');
  expect(said()).toBe(`**Apply fixes** (\`octocat\`): 2 findings mended in ${pull.headSha}.`);
  expect(run).toMatchObject({ conclusion: 'failure', actions: [] });
  expect(writes(story.github, since).slice(0, 4)).toEqual([
    'POST git/trees',
    'POST git/commits',
    expect.stringMatching(/^PATCH git\/refs\/heads/),
    'PATCH check-runs/ID',
  ]);
  expect(repository.checkRuns.at(-1)).toMatchObject({ headSha: pull.headSha, conclusion: 'success', actions: [] });
  expect(patchIn(pull)).toEqual([]);
});

test('two presses: the second says that the pull request has moved on', async () => {
  const { repository, pull, run, press, said } = await begin();
  repository.requestAction(run, 'apply-fixes');
  repository.requestAction(run, 'apply-fixes', 'monalisa');
  await story.settle();
  const head = pull.headSha;
  await story.settle();
  await press();
  expect(pull.headSha).toBe(head);
  expect((await repository.git.commitsBetween(pull.record.mergeBase, head)).map(({ message }) => message.split('\n')[0])).toEqual([
    'Change files',
    'Apply the fixes of Plumbline for 2 findings',
  ]);
  expect(said()).toContain(`the pull request has moved on to ${head.slice(0, 7)}`);
  expect((run.summary ?? '').match(/\*\*Apply fixes\*\* \(/g)).toHaveLength(1);
});

test('fork: the patch is posted below the description, once', async () => {
  const { pull, run, press, said } = await begin({ fork: 'someone' });
  expect(run.actions[0]?.description).toBe('Posts one patch with all proven fixes');
  await press();
  await press();
  expect(said()).toContain('posted as a patch below the description, because the branch is in another repository.');
  const [comment, ...others] = patchIn(pull);
  expect(others).toEqual([]);
  expect(comment?.body).toContain('--- a/b.tf\n+++ b/b.tf\n@@');
  expect(comment?.body).toContain('-  direct_internet_access = "Enabled"\n+  direct_internet_access = "Disabled"\n');
  expect(comment?.body).toContain('```diff');
});

test('no contents permission: a patch, and nothing is tried', async () => {
  const { pull, run, press, reviewedHead, since, said } = await begin({ permissions: reading });
  expect(run.actions[0]?.description).toBe('Posts one patch with all proven fixes');
  await press('monalisa');
  expect(said()).toContain('(`monalisa`): posted as a patch below the description, because the App was not given _Contents: write_.');
  expect(patchIn(pull)).toHaveLength(1);
  expect(pull.headSha).toBe(reviewedHead);
  expect(writes(story.github, since)).toEqual(['POST issues/1/comments', 'PATCH check-runs/ID']);
});

test.each(['hubot', 'someone-else'])('pressed by a reader (%s): nothing is done, and why', async (login) => {
  const { pull, press, reviewedHead, since, said } = await begin();
  await press(login);
  expect(said()).toBe(`**Apply fixes** (\`${login}\`): only people who can push to this repository can use this button.`);
  expect(pull.headSha).toBe(reviewedHead);
  expect(writes(story.github, since)).toEqual(['PATCH check-runs/ID']);
  await press();
  expect(pull.headSha).not.toBe(reviewedHead);
});

test('head moved on: nothing is committed over what was not reviewed', async () => {
  const { pull, run, press, said } = await begin();
  const pushed = await pull.push({ files: { 'c.tf': '' } });
  await press();
  expect(pull.headSha).toBe(pushed);
  expect(said()).toContain(`not done, because the pull request has moved on to ${pushed.slice(0, 7)}.`);
  expect(run.actions).toEqual([]);
});

test.each([
  ['by a push', false],
  ['by setting the branch back', true],
])('head moved on while the fixes were proven, %s: it stays as it is', async (_, back) => {
  const between: { move?: () => Promise<unknown> } = {};
  const { pull, press, said, repository } = await begin({
    story: {
      fix: async (change, except) => {
        const fixes = fix(change, rules, today, new Set(except));
        await between.move?.();
        return fixes;
      },
    },
  });
  const first = pull.record.mergeBase;
  between.move = async () =>
    back ? pull.forcePush({ files: { 'live/a.tf': opened['live/a.tf'] } }) : pull.push({ files: { 'c.tf': '' } });
  await press();
  expect(said()).toContain('not done, because the pull request has moved on');
  const messages = (await repository.git.commitsBetween(first, pull.headSha)).map(({ message }) => message);
  expect(messages).toEqual(back ? ['Change files'] : ['Change files', 'Change files']);
});

test('head moved on at the last moment: GitHub refuses what is no fast forward', async () => {
  const { pull, press, said } = await begin();
  // The App still sees the reviewed head when it asks.
  const pushed = await pull.push({ files: { 'c.tf': '' } });
  await story.settle();
  pull.lag(2);
  refusals = ['PATCH /repos/{owner}/{repo}/git/refs/{ref} 422'];
  await press();
  expect(pull.headSha).toBe(pushed);
  expect(said()).toContain(`not done, because the pull request has moved on to ${pushed.slice(0, 7)}.`);
});

test('nothing to apply: the findings have no fix, so there is no button, and one that is pressed all the same says so', async () => {
  const { pull, run, press, reviewedHead, said } = await begin({
    files: { 'b.tf': notebook(safe, 'b').replace(/ {2}kms_key_id.*\n/, '') },
  });
  expect(run).toMatchObject({ actions: [] });
  expect(run.summary).not.toContain('Apply fixes');
  await press();
  expect(said()).toContain('there is no proven fix to apply.');
  expect(pull.headSha).toBe(reviewedHead);
});

test('nothing found: no button', async () => {
  const { run } = await begin({ files: { 'b.tf': `${notebook(safe, 'b')}\n` } });
  expect(run).toMatchObject({ conclusion: 'success', actions: [] });
});

test('setting off: no button, and nothing is done', async () => {
  const { pull, run, press, reviewedHead, said } = await begin({ settings: 'apply-fixes: off\n' });
  expect(run.actions).toEqual([]);
  await press();
  expect(said()).toContain('the settings switch it off.');
  expect(pull.headSha).toBe(reviewedHead);
  expect(patchIn(pull)).toEqual([]);
});

test('setting patch: the patch, although the App could push', async () => {
  const { pull, run, press, reviewedHead, said } = await begin({ settings: 'apply-fixes: patch\n' });
  expect(run.actions[0]?.description).toBe('Posts one patch with all proven fixes');
  await press();
  expect(said()).toContain('because the settings want it so.');
  expect(pull.headSha).toBe(reviewedHead);
  expect(patchIn(pull)).toHaveLength(1);
});

test('a branch that nobody may push to: the patch', async () => {
  const { repository, pull, press, reviewedHead, said } = await begin();
  repository.record.protectedBranches.add('feature/lab #1');
  refusals = ['PATCH /repos/{owner}/{repo}/git/refs/{ref} 422'];
  await press();
  expect(said()).toContain('because GitHub does not let the App push to the branch.');
  expect(pull.headSha).toBe(reviewedHead);
  expect(patchIn(pull)).toHaveLength(1);
});

test('what somebody ignored on the pull request stays as it is', async () => {
  const { pull, press } = await begin();
  const comment = pull.reviewComments.find(({ path }) => path === 'b.tf');
  await pull.reply(comment?.id ?? 0, '/plumbline ignore the lab is closed');
  await story.settle();
  await press();
  expect(await pull.read('live/a.tf')).toBe(notebook(safe, 'a'));
  expect(await pull.read('b.tf')).toBe(opened['b.tf']);
});

test('a secret near a fix is not posted, and the patch says so', async () => {
  const { pull, press } = await begin({ permissions: reading, files: { 'b.tf': notebook(`${open}\n  password = "hunter2hunter2"`, 'b') } });
  await press();
  const [comment] = patchIn(pull);
  expect(comment?.body).toContain('+  direct_internet_access = "Disabled"');
  expect(comment?.body).toContain('Values that look like secrets are not shown here');
  expect(comment?.body).toContain('Run `plumbline fix --write`');
  expect(story.github.written()).not.toContain('hunter2');
});

test('GitHub fails after it moved the branch: it is looked at, and nothing is done twice', async () => {
  const { repository, pull, press, said, reviewedHead } = await begin();
  story.github.fail({ method: 'PATCH', path: /git\/refs/, fault: { is: 'bad gateway after success' } });
  await press();
  expect((await repository.git.commitsBetween(reviewedHead, pull.headSha)).length).toBe(1);
  expect(said()).toContain(`2 findings mended in ${pull.headSha}.`);
});

test('a proof that fails is said in the check', async () => {
  const { press, said } = await begin({ story: { fix: () => Promise.reject(new TypeError('secret-value is not a function')) } });
  await press();
  expect(said()).toBe('**Apply fixes** (`octocat`): it did not work. Press it again.');
});

test('other buttons, other Apps’ checks and closed pull requests are left alone', async () => {
  const { repository, pull, run, since, press } = await begin();
  repository.requestAction(run, 'something-else');
  repository.requestAction({ ...run, name: 'Other' }, 'apply-fixes');
  repository.requestAction({ ...run, externalId: `merge-group:${pull.baseSha}` }, 'apply-fixes');
  await story.settle();
  await pull.close();
  await press();
  expect(writes(story.github, since)).toEqual([]);
});
