import { code, list, plural } from '../engine/words.ts';
import { cell } from './comment.ts';
import type { Annotation } from './github.ts';
import type { Review, ReviewSuppression } from './review.ts';

const most = 50;

/** What is wrong in the team's settings, as Markdown; '' when nothing is. */
export function settingsProblems({ settings }: Pick<Review, 'settings'>): string {
  if (settings.length === 0) return '';
  const lines = settings.map(({ side, file, line, message, remedy }) => `- ${code(`${file}:${line}`)}${whose[side]}: ${message} ${remedy}`);
  const said = settings.some(({ side }) => side !== 'head') ? ' What is wrong there is not obeyed.' : '';
  return `**Settings**\n\nThis review obeys the settings of the base branch.${said}\n\n${lines.join('\n')}`;
}

const whose = { head: '', base: ' on the base branch', organisation: ' (the organisation’s)' } as const;

/** What comments in the files hide, with the reasons; '' when nothing is. */
export function suppressedTable(suppressions: readonly ReviewSuppression[]): string {
  if (suppressions.length === 0) return '';
  const added = suppressions.filter((one) => one.added).length;
  const rows = suppressions.slice(0, most).map((one) => {
    const until = one.until === '' ? '' : ` until ${one.until}`;
    return `| ${cell(code(one.rule))} | ${cell(code(`${one.file}:${one.line}`))} | ${cell(hidden(one))} | ${cell(code(one.reason))}${until} | ${one.added ? '**this pull request**' : 'before'} |`;
  });
  const rest = suppressions.length > most ? `\n\n…and ${suppressions.length - most} more.` : '';
  const counted = `${plural(suppressions.length, 'suppression')}${added > 0 ? `, ${added} of them added by this pull request` : ''}`;
  return `**Suppressed** (${counted})\n\n| Rule | Comment | Hides | Reason | Added by |\n|---|---|---|---|---|\n${rows.join('\n')}${rest}`;
}

const hidden = ({ hides }: ReviewSuppression): string =>
  hides.length === 0 ? 'nothing now' : list(hides.map(({ severity, title, resource }) => `${severity}: ${title} (${code(resource)})`));

/** What the change makes wrong in the settings, on its lines. */
export const settingsAnnotations = ({ settings }: Review): readonly Annotation[] =>
  settings
    .filter(({ side }) => side === 'head')
    .slice(0, most)
    .map(({ file, line, message, remedy }) => ({
      path: file,
      start_line: line,
      end_line: line,
      annotation_level: 'warning',
      title: 'Settings',
      message: plainText(`${message} ${remedy}`),
    }));

/** Annotations are plain text. */
export const plainText = (markdown: string): string => markdown.replaceAll('`', '').replaceAll('\u200b', '');
