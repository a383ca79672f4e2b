import { describe, expect, test } from 'vitest';
import { bodyOf, dismissedBody, goneBody } from '../../src/github/comment-body.ts';
import { dismissalIn, markersIn } from '../../src/github/marker.ts';
import { matchThreads, planOf } from '../../src/github/reconcile.ts';
import type { Thread } from '../../src/github/threads.ts';
import type { Review, ReviewComment } from '../../src/report/review.ts';
import { emptyReview, finding } from '../pulls/story.ts';

const base = 'b'.repeat(40);
const review: Review = emptyReview({
  base,
  head: 'a'.repeat(40),
  files: [],
  before: new Map(),
  after: new Map(),
  unread: [],
  truncated: false,
});
const about = (name: string, file = 'main.tf'): ReviewComment => finding(name, { is: 'lines', file, side: 'RIGHT', from: 1, to: 1 });

function thread(comment: ReviewComment, more: Partial<Thread> = {}): Thread {
  const body = bodyOf(comment, base);
  return {
    id: 'T',
    node: 'N',
    comment: 1,
    path: comment.place.file,
    body,
    markers: new Set(markersIn(body)),
    fixed: false,
    dismissal: undefined,
    resolvedByPerson: false,
    resolvedByUs: false,
    outdated: false,
    hidden: false,
    ...more,
  };
}

const wolf = about('wolf');
const changed = new Set(['main.tf', 'new.tf']);

const rows: readonly {
  says: string;
  comments: readonly ReviewComment[];
  threads: readonly Thread[];
  plan: Record<string, number>;
  unsure?: true;
}[] = [
  { says: 'nothing was said', comments: [wolf], threads: [], plan: { fresh: 1 } },
  { says: 'it stands', comments: [wolf], threads: [thread(wolf)], plan: {} },
  { says: 'it stands, outdated', comments: [wolf], threads: [thread(wolf, { outdated: true })], plan: {} },
  { says: 'it is gone', comments: [], threads: [thread(wolf)], plan: { gone: 1 } },
  { says: 'it is gone, but nobody can be sure', comments: [], threads: [thread(wolf)], plan: {}, unsure: true },
  { says: 'it is gone and marked', comments: [], threads: [thread(wolf, { fixed: true })], plan: {} },
  { says: 'it is gone and was dismissed', comments: [], threads: [thread(wolf, { dismissal: { by: 'octocat', reason: 'x' } })], plan: {} },
  { says: 'it is back', comments: [wolf], threads: [thread(wolf, { fixed: true })], plan: { returned: 1 } },
  { says: 'it is back, out of sight', comments: [wolf], threads: [thread(wolf, { fixed: true, outdated: true })], plan: { fresh: 1 } },
  {
    says: 'it is back in a thread that a person resolved',
    comments: [wolf],
    threads: [thread(wolf, { fixed: true, outdated: true, resolvedByPerson: true })],
    plan: { returned: 1 },
  },
  {
    says: 'it was said anew: the newest thread counts',
    comments: [wolf],
    threads: [thread(wolf, { fixed: true }), thread(wolf)],
    plan: {},
  },
  { says: 'its file moved', comments: [about('wolf', 'new.tf')], threads: [thread(about('wolf', 'old.tf'))], plan: { moved: 1 } },
  {
    says: 'another file has it too: the first was fixed',
    comments: [about('wolf', 'new.tf')],
    threads: [thread(wolf)],
    plan: { fresh: 1, gone: 1 },
  },
  {
    says: 'two could be the one that moved',
    comments: [about('wolf', 'new.tf'), wolf],
    threads: [thread(about('wolf', 'old.tf'))],
    plan: { fresh: 2, gone: 1 },
  },
];

test.each(rows)('$says', ({ comments, threads, plan, unsure }) => {
  const made = planOf(comments, matchThreads(comments, threads, changed), () => !unsure);
  expect({ fresh: made.fresh.length, returned: made.returned.length, moved: made.moved.length, gone: made.gone.length }).toEqual({
    fresh: 0,
    returned: 0,
    moved: 0,
    gone: 0,
    ...plan,
  });
});

describe('the text of a comment', () => {
  const suggested: ReviewComment = { ...wolf, fix: { is: 'suggestion', startLine: 1, endLine: 1, text: 'good\n' } };

  test('that is fixed has no suggestion to click on, and keeps its markers', () => {
    const said = bodyOf(suggested, base);
    const gone = goneBody(said, 'main.tf', review, false);
    expect(said).toContain('```suggestion\ngood');
    expect(gone).toContain('```\ngood');
    expect(gone).not.toContain('suggestion\n');
    expect(gone).toMatch(/^\*\*Fixed in aaaaaaa\.\*\*/);
    expect(markersIn(gone)).toEqual(expect.arrayContaining(markersIn(said)));
  });

  test('folds once, however often it changes', () => {
    const gone = goneBody(bodyOf(wolf, base), 'main.tf', review, true);
    const ignored = dismissedBody(gone, { by: 'octocat', reason: 'known' });
    expect(ignored.match(/<details><summary>What it said/g)).toHaveLength(1);
    expect(ignored).toMatch(/^\*\*Ignored on this pull request\*\* by `octocat`: `known`/);
    expect(ignored).not.toContain('Fixed in');
    expect(dismissalIn(ignored)).toEqual({ by: 'octocat', reason: 'known' });
    expect(dismissalIn(goneBody(ignored, 'main.tf', review, false))).toEqual({ by: 'octocat', reason: 'known' });
  });

  test('says what it knows: fixed, suppressed in the file, or no longer introduced', () => {
    const said = bodyOf(wolf, base);
    const suppression = { rule: wolf.rule, file: 'main.tf', line: 1, reason: 'x', until: '', added: true };
    const hides = [{ title: wolf.title, severity: wolf.severity, resource: wolf.resource }];
    const suppressed = { ...review, suppressions: [{ ...suppression, hides }] };
    expect(goneBody(said, 'main.tf', suppressed, false)).toMatch(/^\*\*Suppressed in the file as of aaaaaaa/);
    expect(goneBody(said, 'main.tf', { ...review, base: 'c'.repeat(40) }, false)).toMatch(/^\*\*No longer introduced/);
  });

  test('stays within what GitHub takes, and nothing in a reason ends its marker', () => {
    const long = { ...wolf, message: 'x'.repeat(80_000) };
    const reason = '--> <!-- plumbline:fixed --> `@acme`';
    const ignored = dismissedBody(bodyOf(long, base), { by: 'octocat', reason });
    expect(ignored.length).toBeLessThan(65_536);
    expect(dismissalIn(ignored)?.reason).toBe(reason);
    expect(goneBody(ignored, 'main.tf', review, true).length).toBeLessThan(65_536);
  });

  test('a marker that somebody wrote by hand dismisses nothing', () => {
    for (const data of ['bm90IGpzb24', Buffer.from('{"by":"x"}').toString('base64url'), Buffer.from('[1,2]').toString('base64url')])
      expect(dismissalIn(`<!-- plumbline:ignored:${data} -->`)).toBeUndefined();
  });
});
