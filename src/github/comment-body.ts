import { code } from '../engine/words.ts';
import { placeName } from '../report/comment.ts';
import { renderComment } from '../report/github.ts';
import type { Review, ReviewComment } from '../report/review.ts';
import { commentLimit, fit } from './fit.ts';
import { defused, dismissalIn, dismissalMarker, holdsMarker, marker, markersIn, ruleIn, ruleMarker, withoutMarkers } from './marker.ts';
import type { Dismissal } from './marker.ts';

/** The key without its last part, the scope: what a finding keeps when its resource moves to another file or directory. */
export const movableOf = (key: string): string => key.slice(0, Math.max(0, key.lastIndexOf('|')));

export const fixedMark = marker('fixed', 'comment');
export const resolvedMark = marker('resolved', 'thread');

/** A comment's text, with what lets us recognise it later. `base`: the merge base that was reviewed. */
export function bodyOf(comment: ReviewComment, base: string, before = ''): string {
  const tail = [marker('finding', comment.key), marker('movable', movableOf(comment.key)), marker('base', base), ruleMarker(comment.rule)];
  const words = `${renderComment(withHarmlessFix(comment))}${withHarmlessFix(comment) === comment ? '' : leftOut}`;
  return `${defused(`${before}${fit(words, commentLimit)}`)}\n\n${tail.join('\n').trim()}`;
}

/** A suggestion writes what it shows, so that nothing in it can be altered: it is left out instead. */
const withHarmlessFix = (comment: ReviewComment): ReviewComment =>
  comment.fix.is === 'suggestion' && holdsMarker(comment.fix.text) ? { ...comment, fix: { is: 'none' } } : comment;

const leftOut =
  '\n\nThe suggestion is left out: these lines hold a text that looks like one of Plumbline\u2019s own hidden markers. `plumbline fix` has it.';

/** For a finding whose file moved: the comment stays in its thread, so it says where the line is now. */
export const movedBody = (comment: ReviewComment, base: string): string =>
  bodyOf(comment, base, `This moved with its file and is now at ${placeName(comment)}.\n\n`);

/**
 * A comment whose finding is gone. That it was fixed is only said when nothing but the pull request's own commits can have done it: with
 * another merge base it may as well be that the base has the problem too by now, and one that is suppressed in its file is still there.
 */
export function goneBody(body: string, path: string, review: Review, resolved: boolean): string {
  const commit = review.head.slice(0, 7);
  const rule = ruleIn(body);
  const suppressed = review.suppressions.some((one) => one.rule === rule && one.file === path && one.hides.length > 0);
  const heading = suppressed
    ? `**Suppressed in the file as of ${commit}.**`
    : body.includes(marker('base', review.base))
      ? `**Fixed in ${commit}.**`
      : `**No longer introduced by this pull request as of ${commit}.**`;
  return folded(heading, body, [fixedMark, ...(resolved ? [resolvedMark] : [])]);
}

/** A comment that somebody dismissed. */
export function dismissedBody(body: string, dismissal: Dismissal): string {
  const heading = `**Ignored on this pull request** by ${code(dismissal.by)}: ${code(dismissal.reason)}`;
  return folded(heading, body, [dismissalMarker(dismissal)]);
}

const opening = '<details><summary>What it said</summary>\n\n';
const closing = '\n\n</details>';

/** A heading, and what the comment said before folded below it: still there to read, but no suggestion that a click could apply. */
function folded(heading: string, body: string, marks: readonly string[]): string {
  const said = textOf(body).replace(/^(`{3,})suggestion[ \t]*$/gm, '$1');
  const kept = markersIn(body).filter((mark) => mark !== fixedMark && mark !== resolvedMark);
  const rule = ruleIn(body);
  const dismissal = dismissalIn(body);
  const tail = [
    ...kept,
    ...(rule === undefined ? [] : [ruleMarker(rule)]),
    ...(dismissal === undefined || marks.includes(dismissalMarker(dismissal)) ? [] : [dismissalMarker(dismissal)]),
    ...marks,
  ].join('\n');
  const room = commentLimit - heading.length - tail.length;
  return `${defused(heading)}\n\n${opening}${fit(defused(said), room)}${closing}\n\n${tail}`;
}

/** What a comment says or, when it is folded, what it said. */
function textOf(body: string): string {
  const text = withoutMarkers(body);
  const from = text.indexOf(opening);
  return from === -1 || !text.endsWith(closing) ? text : text.slice(from + opening.length, -closing.length);
}
