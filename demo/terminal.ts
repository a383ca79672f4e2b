import { styleText } from 'node:util';
import { commented, linesAround, suggestionOf, type Shown, type ShownComment } from './shown.ts';

type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

/** The review as a person would read it on GitHub, for a terminal. */
export function inTerminal(shown: Shown, colour: boolean): string {
  const paint: Paint = (format, text) => (colour ? styleText(format, text) : text);
  const rule = paint('dim', '─'.repeat(100));
  const files = [...new Set(shown.comments.map((comment) => comment.path))].toSorted();
  const parts = files.flatMap((path) => [
    `${rule}\n${paint('bold', path)}`,
    ...shown.comments.filter((comment) => comment.path === path).map((comment) => oneComment(shown, comment, paint)),
  ]);
  const verdict = shown.check.conclusion === 'failure' ? paint('red', '✗ failure') : paint('green', `✓ ${shown.check.conclusion}`);
  return [
    paint('bold', `Pull request: ${shown.title}`),
    ...parts,
    ...(shown.review ? [`${rule}\n${paint('bold', 'Review')}\n\n${prose(shown.review, paint)}`] : []),
    ...(shown.note ? [`${rule}\n${paint('bold', 'Note')}\n\n${prose(shown.note, paint)}`] : []),
    `${rule}\n${paint('bold', 'Check')}  ${verdict}  ${shown.check.title}\n\n${prose(shown.check.summary, paint)}`,
  ].join('\n\n');
}

function oneComment(shown: Shown, comment: ShownComment, paint: Paint): string {
  const context = linesAround(shown, comment).map((line) => {
    const number = String(line.new ?? line.old).padStart(5);
    const sign = { added: '+', removed: '-', context: ' ' }[line.kind];
    const colour = { added: 'green', removed: 'red', context: 'dim' } as const;
    return paint(colour[line.kind], `${number} ${sign} ${line.text}`);
  });
  const suggestion = suggestionOf(comment.body);
  const change = suggestion
    ? [
        '',
        paint('bold', '      Suggested change'),
        ...commented(shown, comment).map((text) => paint('red', `      - ${text}`)),
        ...suggestion.map((text) => paint('green', `      + ${text}`)),
      ]
    : [];
  const body = prose(comment.body.replace(/^(`{3,})suggestion\n[\s\S]*?^\1$/m, ''), paint);
  return [...context, '', ...body.split('\n').map((line) => `      ${line}`.trimEnd()), ...change].join('\n');
}

/** Markdown without its marks: folded parts by their summary, code as it is, tables as they are. */
function prose(markdown: string, paint: Paint): string {
  return markdown
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<details><summary>(Why it matters)<\/summary>[\s\S]*?<\/details>/g, (_, summary: string) => paint('dim', `▸ ${summary}`))
    .replace(
      /<details><summary>(.*?)<\/summary>([\s\S]*?)<\/details>/g,
      (_, summary: string, inner: string) => `${paint('bold', `▾ ${summary}`)}${inner}`,
    )
    .replace(/\*\*(.+?)\*\*/g, (_, text: string) => paint('bold', text))
    .replace(/(`+)(.+?)\1/g, (_, _fence: string, text: string) => paint('cyan', text))
    .replace(/^#+ /gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
