import type { Placed } from '../diff/once-per-line.ts';
import type { Place } from '../diff/place.ts';
import { atLeast, severities, type Rule, type Severity } from '../engine/rule.ts';
import type { Mended } from '../fix/mend.ts';
import type { Impact, Review, ReviewComment, Verdict } from './review.ts';

type Threshold = Severity | 'never';
const reaches = (severity: Severity, floor: Threshold): boolean => floor !== 'never' && atLeast(severity, floor);

/** `failAt`: a finding of this severity or above blocks the merge. */
export function verdictOf(comments: readonly ReviewComment[], failAt: Threshold): Verdict {
  if (comments.some((comment) => reaches(comment.severity, failAt))) return 'block';
  return comments.some((comment) => atLeast(comment.severity, 'medium')) ? 'advise' : 'pass';
}

/** The most severe first, then by file and line: the order in which fixes are proven, comments are posted and what does not fit is left. */
export const bySeverity = (placed: readonly Placed[]): readonly Placed[] =>
  placed.toSorted(
    (a, b) =>
      severities.indexOf(b.finding.severity) - severities.indexOf(a.finding.severity) ||
      a.place.file.localeCompare(b.place.file) ||
      lineOf(a.place) - lineOf(b.place),
  );

/** The findings to comment on apart from those that only the check's summary lists, each the most severe first. */
export function byLoudness(all: readonly ReviewComment[], commentAt: Threshold): Pick<Review, 'comments' | 'quiet'> {
  const sorted = all.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
  return {
    comments: sorted.filter(({ severity }) => reaches(severity, commentAt)),
    quiet: sorted.filter(({ severity }) => !reaches(severity, commentAt)),
  };
}

/** Findings as comments, in the order they come in. */
export function toComments(mended: readonly Mended[], rules: readonly Rule[]): Review['comments'] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return mended.map(({ finding, place, remedy }) => {
    const rule = byId.get(finding.rule);
    const named = finding.environments
      .filter((environment) => environment.stage !== 'unknown' && environment.name !== '')
      .map((environment) => environment.name);
    return {
      rule: finding.rule,
      severity: finding.severity,
      title: finding.title,
      message: finding.message,
      why: rule?.why ?? '',
      links: rule?.links ?? [],
      place,
      resource: finding.resource.address,
      others: [...new Set(finding.others)],
      key: finding.key,
      environments: [...new Set(named)],
      fix: remedy,
    };
  });
}

/** The review with a link from each comment to the page of its rule. `pages`: where the directory of the rules' pages is published. */
export function withRulePages(review: Review, pages: string | undefined): Review {
  if (pages === undefined) return review;
  const linked = (comment: ReviewComment): ReviewComment =>
    comment.rule.startsWith('plumbline/') ? comment : { ...comment, page: `${pages}/${comment.rule}.md` };
  return { ...review, comments: review.comments.map(linked), quiet: review.quiet.map(linked) };
}

/** The impact without what stands in files that are not reviewed. */
export function withoutFiles(impact: Impact, isIgnored: (path: string) => boolean): Impact {
  const resources = impact.resources.filter(({ file }) => !isIgnored(file));
  const names = new Set(resources.map(({ environment }) => environment));
  return { resources, environments: impact.environments.filter((name) => names.has(name)) };
}

const lineOf = (place: Place): number => (place.is === 'lines' ? place.from : place.line);
