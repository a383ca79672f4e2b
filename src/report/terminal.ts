import type { Change } from '../change.ts';
import { code, list, plural } from '../engine/words.ts';
import { tally } from './github.ts';
import { printableLine } from './printable.ts';
import type { Difference, ImpactedResource, Review, ReviewComment, ReviewSuppression, SettingsNote } from './review.ts';
import { patchLines, snippet } from './terminal-snippet.ts';
import { flow, painter, severityStyle, type Paint } from './terminal-style.ts';

export interface TextOptions {
  readonly colour: boolean;
  /** Columns to fill. */
  readonly width: number;
  /** What a person calls the two ends, or the folder of which all is said. */
  readonly names: { readonly base: string; readonly head: string } | { readonly folder: string };
}

/** Findings shown with their lines; the rest, the least severe, as one line each. */
const inFull = 25;
const mostResources = 8;
const indent = '  ';

/** The review for a person at a terminal: by file, each finding with its lines and its fix, then what was not read, the reach, the verdict. */
export function renderText(review: Review, change: Pick<Change, 'before' | 'after' | 'files'>, options: TextOptions): string {
  const paint = painter(options.colour);
  const shown = new Set(review.comments.slice(0, inFull));
  const files = [...byFile([...shown])].map(([file, comments]) =>
    [paint('bold', printableLine(file)), ...comments.map((comment) => finding(comment, change, options.width, paint))].join('\n\n'),
  );
  const rest = review.comments.slice(inFull).map((comment) => oneLine(comment, paint));
  const parts = [
    header(review, options, paint),
    ...files,
    rest.join('\n'),
    listed(
      'Only listed, as the settings have it',
      review.quiet.map((comment) => oneLine(comment, paint)),
      paint,
    ),
    listed(
      'Suppressed',
      review.suppressions.map((one) => suppression(one, options.width, paint)),
      paint,
    ),
    listed(
      'Settings',
      review.settings.map((note) => settingsNote(note, options.width, paint)),
      paint,
    ),
    notes(review, options.width, paint),
    apart(review.differences, paint),
    reach(review, paint),
    verdict(review, 'folder' in options.names, paint),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const header = (review: Review, { names }: TextOptions, paint: Paint): string =>
  `${paint('bold', 'Plumbline')} ${paint('dim', `${'folder' in names ? printableLine(names.folder) : `${printableLine(names.base)} → ${printableLine(names.head)}`} · ${plural(review.reviewedFiles, 'configuration file')}`)}`;

/** Files in the order of their most severe finding, findings in the order of their lines. */
function byFile(comments: readonly ReviewComment[]): ReadonlyMap<string, readonly ReviewComment[]> {
  const files = new Map<string, ReviewComment[]>();
  for (const comment of comments) {
    const known = files.get(comment.place.file);
    if (known) known.push(comment);
    else files.set(comment.place.file, [comment]);
  }
  for (const found of files.values()) found.sort((a, b) => lineOf(a) - lineOf(b));
  return files;
}

const lineOf = ({ place }: ReviewComment): number => (place.is === 'lines' ? place.from : place.line);

function finding(comment: ReviewComment, change: Pick<Change, 'before' | 'after' | 'files'>, width: number, paint: Paint): string {
  const style = severityStyle[comment.severity];
  const name = comment.severity.toUpperCase();
  const head = `${indent}${paint(style, paint('bold', name))}  ${paint('bold', printableLine(comment.title))}  ${paint('dim', printableLine(comment.rule))}`;
  const where = comment.environments.length > 0 ? ` Holds in ${list(comment.environments.map((one) => `\`${one}\``))}.` : '';
  const message = flow(comment.message + where, width, indent, paint);
  return [head, lines(comment, change, width, paint), message, outside(comment, paint), elsewhere(comment, width, paint)]
    .filter((part) => part !== '')
    .join('\n');
}

/** The comment's lines at the head; for lines that are gone, at the base. */
function lines(comment: ReviewComment, change: Pick<Change, 'before' | 'after' | 'files'>, width: number, paint: Paint): string {
  const { place, fix } = comment;
  const [from, to] = place.is === 'lines' ? [place.from, place.to] : [place.line, place.line];
  const left = place.is === 'lines' && place.side === 'LEFT';
  const previous = change.files.find((file) => file.path === place.file)?.previousPath;
  const text = left
    ? (change.before.get(place.file) ?? change.before.get(previous ?? place.file))?.text
    : change.after.get(place.file)?.text;
  const secret = /secret|credential|password|token/.test(comment.rule);
  return text === undefined
    ? ''
    : snippet(text, from, to, fix, { width, paint, style: severityStyle[comment.severity], secret, gone: left });
}

function outside({ place }: ReviewComment, paint: Paint): string {
  if (place.is === 'lines') return '';
  return paint('dim', `${indent}Line ${place.line} is not in the change${place.is === 'summary' ? `: ${printableLine(place.why)}` : ''}.`);
}

function elsewhere({ fix }: ReviewComment, width: number, paint: Paint): string {
  return fix.is === 'patch'
    ? `${indent}The fix${fix.instead === true ? ', instead of the other on these lines' : ''}:\n${patchLines(fix.diff, { width, paint })}`
    : '';
}

const oneLine = (comment: ReviewComment, paint: Paint): string =>
  `${indent}${paint(severityStyle[comment.severity], comment.severity)} ${printableLine(`${comment.place.file}:${lineOf(comment)}`)}  ${printableLine(comment.title)}  ${paint('dim', printableLine(comment.rule))}`;

function listed(title: string, lines: readonly string[], paint: Paint): string {
  if (lines.length === 0) return '';
  const more = lines.length > mostListed ? [`${indent}…and ${lines.length - mostListed} more`] : [];
  return [paint('bold', title), ...lines.slice(0, mostListed), ...more].join('\n');
}
const mostListed = 20;

function suppression({ rule, file, line, reason, until, added, hides }: ReviewSuppression, width: number, paint: Paint): string {
  const what = hides.length === 0 ? 'nothing now' : list(hides.map(({ severity, title }) => `${severity}: ${title}`));
  const ends = until === '' ? '' : ` until ${until}`;
  return flow(
    `\`${file}:${line}\` hides \`${rule}\` (${what})${ends}${added ? ', added by this change' : ''}: ${code(reason)}`,
    width,
    indent,
    paint,
  );
}

const settingsNote = ({ side, file, line, message, remedy }: SettingsNote, width: number, paint: Paint): string =>
  flow(
    `\`${file}:${line}\`${side === 'base' ? ' at the base' : side === 'organisation' ? ' of the organisation' : ''} ${message} ${remedy}`,
    width,
    indent,
    paint,
  );

function notes(review: Review, width: number, paint: Paint): string {
  const found = [
    ...review.notes.map(({ file, line, message, remedy }) => `\`${file}:${line}\` ${message} ${remedy}`),
    ...review.unread.map(({ path, why }) => `\`${path}\` was not read: ${why}.`),
  ];
  if (found.length === 0) return '';
  const most = 20;
  const more = found.length > most ? [`${indent}…and ${found.length - most} more`] : [];
  return [
    paint('bold', 'Not or only partly reviewed'),
    ...found.slice(0, most).map((note) => flow(note, width, indent, paint)),
    ...more,
  ].join('\n');
}

/** What the change makes differ between environments. */
function apart(differences: readonly Difference[], paint: Paint): string {
  if (differences.length === 0) return '';
  const rows = differences.slice(0, mostResources).map(({ resource: address, aspect, values }) => {
    const each = values.map(({ environment, value }) => `${printableLine(environment)} ${printableLine(value)}`);
    return `${indent}${printableLine(address)} ${printableLine(aspect)}: ${each.join(', ')}`;
  });
  return [paint('bold', 'Environments differ after this change'), ...rows].join('\n');
}

/** What the change reaches: the changed resources that most others refer to. */
function reach({ impact }: Review, paint: Paint): string {
  if (impact.resources.length === 0) return '';
  const where = impact.environments.length > 0 ? ` in ${list(impact.environments.map(printableLine))}` : '';
  const rows = impact.resources
    .toSorted((a, b) => b.dependents.length - a.dependents.length)
    .slice(0, mostResources)
    .map((one) => resource(one, paint));
  const more =
    impact.resources.length > mostResources ? [paint('dim', `${indent}…and ${impact.resources.length - mostResources} more`)] : [];
  return [`${paint('bold', 'Reach')} ${paint('dim', `${plural(impact.resources.length, 'resource')}${where}`)}`, ...rows, ...more].join(
    '\n',
  );
}

const changeSign = { added: '+', changed: '~', removed: '-' } as const;
const changeStyle = { added: 'green', changed: 'yellow', removed: 'red' } as const;

function resource({ address, change, dependents }: ImpactedResource, paint: Paint): string {
  const users = dependents.length > 0 ? paint('dim', `  ← ${list(dependents.map(printableLine), 3)}`) : '';
  return `${indent}${paint(changeStyle[change], changeSign[change])} ${printableLine(address)}${users}`;
}

function verdict(review: Review, whole: boolean, paint: Paint): string {
  const { reviewedFiles } = review;
  const comments = [...review.comments, ...review.quiet];
  if (reviewedFiles === 0 && comments.length === 0)
    return `${paint('green', '✓')} ${whole ? 'There is no file here that Plumbline reads.' : 'Nothing to review: no file that Plumbline reads is changed.'}`;
  if (comments.length === 0) return `${paint('green', '✓')} ${whole ? 'No problem that Plumbline knows of.' : 'No new problems.'}`;
  const files = new Set(comments.map((comment) => comment.place.file)).size;
  const counts = `${tally(comments)} in ${plural(files, 'file')}.`;
  const line = {
    block: paint('red', paint('bold', `✗ ${whole ? 'Would block' : 'Blocks'}: ${counts}`)),
    advise: paint('yellow', `! ${whole ? 'Would not block' : 'Does not block'}: ${counts}`),
    pass: `${paint('green', '✓')} ${whole ? 'Would not block' : 'Does not block'}: ${counts}`,
  }[review.verdict];
  return `${line}\n${paint('dim', `${indent}Why each of them matters: plumbline ${whole ? 'scan' : 'review'} --format markdown`)}`;
}
