import { atLeast, severities } from '../engine/rule.ts';
import { code, list, plural } from '../engine/words.ts';
import { cell, placeName, renderComment, severityWord } from './comment.ts';
import { plainText, settingsAnnotations, settingsProblems, suppressedTable } from './team.ts';
import type { Difference, ImpactedResource, Review, ReviewComment } from './review.ts';

export { renderComment } from './comment.ts';

/** A check run's annotation, as the API takes it. Lines are 1-based and of the head. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

export interface Check {
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

/** "1 critical, 2 high": how many findings of each severity, the most severe first. */
export function tally(comments: readonly ReviewComment[]): string {
  const counts = severities.toReversed().map((severity) => [severity, comments.filter((c) => c.severity === severity).length] as const);
  return counts
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`)
    .join(', ');
}

/** The check run: title, summary (a table of the findings, what could not be read) and one annotation for each finding on a line of the head. */
export function renderCheck(review: Review): Check {
  return {
    title: title(review),
    summary: [
      verdict(review),
      findingsTable(allFound(review)),
      suppressedTable(review.suppressions),
      settingsProblems(review),
      problems(review),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
    annotations: [...review.comments.flatMap(annotation), ...settingsAnnotations(review)],
  };
}

/** What is commented and what is only listed here, the most severe first. */
const allFound = ({ comments, quiet }: Review): readonly ReviewComment[] => [...comments, ...quiet];

function title(review: Review): string {
  const found = allFound(review);
  if (found.length > 0) return `${tally(found)}${review.verdict === 'block' ? '' : ': not blocking'}`;
  const { reviewedFiles } = review;
  const settings = review.settings.filter(({ side }) => side !== 'organisation');
  if (settings.length > 0) return reviewedFiles === 0 ? 'Settings have problems' : 'No new problems; settings have some';
  return reviewedFiles === 0 ? 'Nothing to review' : 'No new problems';
}

function verdict(review: Review): string {
  if (review.reviewedFiles === 0 && review.unread.length === 0)
    return 'This pull request changes no Terraform, Kubernetes, Helm, CloudFormation or workflow file that Plumbline reads.';
  const read = `${plural(review.reviewedFiles, 'configuration file')} reviewed`;
  const found = allFound(review);
  if (found.length === 0) return `${read}. This pull request introduces no problem that Plumbline knows of.`;
  const end = {
    block: 'It blocks: fix them, or lower the risk in another way and re-run the check.',
    advise: 'None is at or above the blocking severity.',
    pass: 'Nothing here blocks.',
  }[review.verdict];
  const quiet = review.quiet.length > 0 ? ` ${plural(review.quiet.length, 'is', 'are')} only listed here, as the settings have it.` : '';
  return `${read}. This pull request introduces ${plural(found.length, 'problem')}: ${tally(found)}. ${end}${quiet}`;
}

/** All findings as a table; what does not fit is counted. */
export function findingsTable(comments: readonly ReviewComment[], most = 200): string {
  if (comments.length === 0) return '';
  const rows = comments
    .slice(0, most)
    .map(
      (c) =>
        `| ${severityWord[c.severity]} | ${cell(c.title)} | ${cell(placeName(c))} | ${cell(code(c.resource))} | ${cell(code(c.rule))} |`,
    );
  const rest = comments.length > most ? `\n\n…and ${comments.length - most} more, the least severe.` : '';
  return `| Severity | Finding | Line | Resource | Rule |\n|---|---|---|---|---|\n${rows.join('\n')}${rest}`;
}

function problems(review: Review): string {
  const notes = review.notes.map((note) => `- ${code(`${note.file}:${note.line}`)}: ${note.message} ${note.remedy}`);
  const unread = review.unread.map(({ path, why }) => `- ${code(path)}: not reviewed, ${why}.`);
  const lines = [...notes, ...unread];
  const most = 50;
  if (lines.length === 0) return '';
  return `**Not or only partly reviewed**\n\n${lines.slice(0, most).join('\n')}${lines.length > most ? `\n- …and ${lines.length - most} more.` : ''}`;
}

function annotation(comment: ReviewComment): Annotation[] {
  const { place, severity, rule, message } = comment;
  if (place.is !== 'lines' || place.side !== 'RIGHT') return [];
  const annotation_level = atLeast(severity, 'high') ? 'failure' : atLeast(severity, 'medium') ? 'warning' : 'notice';
  return [
    {
      path: place.file,
      start_line: place.from,
      end_line: place.to,
      annotation_level,
      title: `${severityWord[severity]}: ${comment.title}`.slice(0, 255),
      message: `${plainText(message)} (${rule})`,
    },
  ];
}

/**
 * The body of the one review: how many problems, then in full those that stand on no line of the diff. `inline` of the comments are shown at
 * their lines; the rest are listed here.
 */
export function renderReviewBody(review: Review, inline: readonly ReviewComment[]): string {
  const rest = review.comments.filter((c) => !inline.includes(c));
  const head = `This pull request introduces ${plural(review.comments.length, 'problem')}: ${tally(review.comments)}.`;
  if (rest.length === 0) return head;
  const full = rest
    .slice(0, 10)
    .map((c) => `${renderComment(c)}\n\nat ${placeName(c)}${c.place.is === 'summary' ? ` (${c.place.why})` : ''}`);
  const table =
    rest.length > 10 ? [`<details><summary>${rest.length - 10} more</summary>\n\n${findingsTable(rest.slice(10))}\n\n</details>`] : [];
  return [
    `${head} ${rest.length === review.comments.length ? '' : 'These have no line of their own in the diff, or did not fit there:'}`.trim(),
    ...full,
    ...table,
  ].join('\n\n---\n\n');
}

/**
 * The note: what changed at a glance and what refers to it directly. Undefined when the change touches no resource and nothing was found,
 * so that an ordinary pull request gets no note. `withOlder`: it also says how much was wrong before, for people who meet Plumbline here first.
 */
export function renderNote(review: Review, withOlder = false): string | undefined {
  const { resources, environments } = review.impact;
  const all = allFound(review);
  // What is wrong in the organisation's own file is not for everybody who opens a pull request: the check says it.
  const settings = review.settings.filter(({ side }) => side !== 'organisation');
  if (resources.length + all.length + review.notes.length + settings.length + review.differences.length === 0) return undefined;
  const found = all.length === 0 ? 'No new problems.' : `${plural(all.length, 'new problem')}: ${tally(all)}.`;
  const where = environments.length > 0 ? ` Environments: ${list(environments.map(code))}.` : '';
  const count = (change: ImpactedResource['change']): number => resources.filter((r) => r.change === change).length;
  const counts = (['added', 'changed', 'removed'] as const).filter((c) => count(c) > 0).map((c) => `${count(c)} ${c}`);
  const glance = resources.length > 0 ? ` Resources: ${counts.join(', ')}.` : '';
  return [
    `### Plumbline\n\n${found}${glance}${where}`,
    differencesTable(review.differences),
    blastTable(resources),
    settingsProblems({ settings }),
    problems(review),
    withOlder ? olderWords(review.older) : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const olderWords = (older: number): string =>
  older === 0
    ? ''
    : `${plural(older, 'older finding stands', 'older findings stand')} in the files that were read for this review. Plumbline is silent about what was there before a pull request; \`npx plumbline scan\` lists it.`;

/** What this pull request makes differ between environments, as one table. */
function differencesTable(differences: readonly Difference[], most = 20): string {
  if (differences.length === 0) return '';
  const rows = differences.slice(0, most).map(({ resource, aspect, values }) => {
    const each = values.map(({ environment, value }) => `${cell(code(environment))}: ${cell(code(value))}`);
    return `| ${cell(code(resource))} | ${cell(code(aspect))} | ${list(each, 6)} |`;
  });
  const rest = differences.length > most ? `\n\n…and ${differences.length - most} more.` : '';
  return `**Environments differ after this change**\n\n| Resource | Setting | Values |\n|---|---|---|\n${rows.join('\n')}${rest}`;
}

const order: readonly ImpactedResource['change'][] = ['removed', 'changed', 'added'];

const blastColumns: readonly { readonly head: string; readonly of: (resource: ImpactedResource) => string }[] = [
  { head: 'Change', of: ({ change }) => change },
  { head: 'Resource', of: ({ address }) => cell(code(address)) },
  { head: 'Environment', of: ({ environment }) => (environment === '' ? '' : cell(code(environment))) },
  { head: 'Referred to by', of: ({ dependents }) => (dependents.length > 0 ? cell(list(dependents.map(code), 3)) : '') },
];

function blastTable(resources: readonly ImpactedResource[], most = 40): string {
  if (resources.length === 0) return '';
  const sorted = resources.toSorted(
    (a, b) => b.dependents.length - a.dependents.length || order.indexOf(a.change) - order.indexOf(b.change),
  );
  const shown = sorted.slice(0, most);
  // A column that is empty throughout says nothing.
  const columns = blastColumns.filter(({ of }) => shown.some((resource) => of(resource) !== ''));
  const rows = shown.map((resource) => `| ${columns.map(({ of }) => of(resource)).join(' | ')} |`);
  const heads = `| ${columns.map(({ head }) => head).join(' | ')} |\n|${'---|'.repeat(columns.length)}`;
  const rest = resources.length > most ? `\n\n…and ${resources.length - most} more.` : '';
  return `<details><summary>Blast radius: ${plural(resources.length, 'resource')}</summary>\n\n${heads}\n${rows.join('\n')}${rest}\n\n</details>`;
}
