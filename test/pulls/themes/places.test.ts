import { afterEach, expect, test } from 'vitest';
import { notebook, open, safe } from '../../config/reviewed.ts';
import { emptyReview, finding, startStory } from '../story.ts';
import type { Story } from '../story.ts';
import { startReal } from './support.ts';

let story: Story;
afterEach(async () => {
  story.github.assertNoUnknownRequests();
  await story.end();
});

const named = (comments: readonly { body: string }[]): readonly string[] =>
  comments.map(({ body }) => /(\w+) is bad/.exec(body)?.[1] ?? '');

test('unchanged lines: an old problem is not said, not even on a line beside the one that changed', async () => {
  story = await startReal();
  const repository = await story.github.createRepository({ files: { 'lab.tf': notebook(open) } });
  const pull = await repository.openPullRequest({ files: { 'lab.tf': notebook(open).replace('ml.t3.medium', 'ml.t3.large') } });
  await story.settle();
  expect([pull.reviewComments, pull.reviews]).toEqual([[], []]);
  expect(repository.checkRuns[0]).toMatchObject({ conclusion: 'success' });
});

test('unchanged lines: a file that is only moved brings nothing new', async () => {
  story = await startReal();
  const repository = await story.github.createRepository({ files: { 'old.tf': notebook(open) } });
  const pull = await repository.openPullRequest({ moves: { 'old.tf': 'new.tf' } });
  await story.settle();
  expect(pull.reviewComments).toEqual([]);
  expect(repository.checkRuns[0]).toMatchObject({ conclusion: 'success' });
});

test('out of diff: the line that is changed gets the comment, although what it makes wrong stands in another file', async () => {
  story = await startReal();
  const lab = `variable "internet" {\n  type = string\n}\n${notebook('  direct_internet_access = var.internet')}`;
  const repository = await story.github.createRepository({
    files: { 'lab.tf': lab, 'terraform.tfvars': '# ours\ninternet = "Disabled"\n' },
  });
  const pull = await repository.openPullRequest({ files: { 'terraform.tfvars': '# ours\ninternet = "Enabled"\n' } });
  await story.settle();
  expect(pull.reviewComments.map(({ path, line }) => [path, line])).toEqual([['terraform.tfvars', 2]]);
  expect(story.github.refusedRequests()).toEqual([]);
});

test('out of diff: what GitHub does not take on its line is said on the file, and what it does not take there in the check', async () => {
  story = await startStory({
    review: (change) =>
      Promise.resolve({
        ...emptyReview(change),
        verdict: 'block',
        comments: [
          finding('stray', { is: 'lines', file: 'main.tf', side: 'RIGHT', from: 1, to: 1 }),
          finding('ghost', { is: 'lines', file: 'elsewhere.tf', side: 'RIGHT', from: 1, to: 1 }),
        ],
      }),
  });
  const text = Array.from({ length: 40 }, (_, i) => `# ${String(i)}\n`).join('');
  const repository = await story.github.createRepository({ files: { 'main.tf': text } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': `${text}# more\n` } });
  await story.settle();
  expect(pull.reviewComments.map(({ subject, body }) => [subject, named([{ body }])[0]])).toEqual([['file', 'stray']]);
  expect(repository.checkRuns[0]?.summary).toContain('Problem ghost');
});

test('one bad line loses all: the others are said where they stand', async () => {
  story = await startStory();
  const text = Array.from({ length: 40 }, (_, i) => `# ${String(i)}\n`).join('');
  const repository = await story.github.createRepository({ files: { 'main.tf': text } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': `${text}# bad wolf\n# bad stray at 3\n# bad bear\n` } });
  await story.settle();
  expect(named(pull.reviewComments).toSorted()).toEqual(['bear', 'stray', 'wolf']);
  expect(pull.reviews.filter(({ body }) => body !== '')).toHaveLength(1);
});

test('wrong suggestion: what the button writes is exactly the fix, and the finding is gone', async () => {
  story = await startReal();
  const repository = await story.github.createRepository({ files: { 'lab.tf': `# ours\n${notebook(safe)}` } });
  const pull = await repository.openPullRequest({ files: { 'lab.tf': `# ours\n${notebook(open)}` } });
  await story.settle();
  const [said] = pull.reviewComments;
  expect(said?.body).toContain('```suggestion\n  direct_internet_access = "Disabled"\n```');
  await pull.applySuggestion(said?.id ?? 0);
  expect(await pull.read('lab.tf')).toBe(`# ours\n${notebook(safe)}`);
  await story.settle();
  expect(pull.checkPasses('Plumbline')).toBe(true);
  expect(pull.reviewComments).toHaveLength(1);
});

test('wrong suggestion: a file with Windows line endings gets words instead of a suggestion that would mix them', async () => {
  story = await startReal();
  const windows = (text: string): string => text.replaceAll('\n', '\r\n');
  const repository = await story.github.createRepository({ files: { 'lab.tf': windows(notebook(safe)) } });
  const pull = await repository.openPullRequest({ files: { 'lab.tf': windows(notebook(open)) } });
  await story.settle();
  expect(pull.reviewComments).toHaveLength(1);
  expect(pull.reviewComments[0]?.body).not.toContain('```suggestion');
});

test('large: hundreds of files are read in pages, 25 comments are placed, and all of it is in the check', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const files = Object.fromEntries(Array.from({ length: 310 }, (_, i) => [`m${String(i)}/main.tf`, `# bad b${String(i)}\n`]));
  const pull = await repository.openPullRequest({ files });
  await story.settle();
  expect(story.changes[0]?.files).toHaveLength(310);
  expect(pull.reviewComments).toHaveLength(25);
  expect(pull.reviews).toHaveLength(1);
  expect(repository.checkRuns[0]?.annotations).toHaveLength(310);
  expect(repository.checkRuns[0]?.summary).toContain('…and 110 more, the least severe.');
});

test('too long: a comment, a note and a check that GitHub would refuse are cut at a line, and say so', async () => {
  const words = `${'It goes on and on. '.repeat(20)}\n\n`.repeat(300);
  story = await startStory({
    review: (change) =>
      Promise.resolve({
        ...emptyReview(change),
        verdict: 'block',
        comments: [
          { ...finding('wolf', { is: 'lines', file: 'main.tf', side: 'RIGHT', from: 1, to: 1 }), message: words },
          { ...finding('bear', { is: 'summary', file: 'main.tf', line: 1, why: 'the test says so' }), message: words },
        ],
        notes: [{ file: 'main.tf', line: 1, message: words, remedy: words }],
      }),
  });
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  expect(words.length).toBeGreaterThan(100_000);
  const bodies = [...pull.reviewComments, ...pull.comments, ...pull.reviews].map(({ body }) => body);
  expect(bodies).toHaveLength(3);
  for (const body of [...bodies, repository.checkRuns[0]?.summary ?? '']) {
    expect(body).toContain('This text was cut here: GitHub takes no more.');
    expect(body.length).toBeLessThanOrEqual(65_536);
  }
  expect(story.github.refusedRequests()).toEqual([]);
  // What is cut is still known as one's own.
  await pull.push({ files: { 'README.md': 'words' } });
  await story.settle();
  expect([pull.reviewComments.length, pull.comments.length]).toEqual([1, 1]);
});
