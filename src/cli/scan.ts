import { readFolder } from '../git/read-folder.ts';
import { renderJson } from '../report/json.ts';
import { renderMarkdown } from '../report/markdown.ts';
import type { Review } from '../report/review.ts';
import { renderText } from '../report/terminal.ts';
import type { Command } from './arguments.ts';
import type { Reviewer, Surroundings } from './run.ts';
import type { Terminal } from './terminal.ts';

/** Prints everything that the rules find in a folder, old or new. Exit status 1 when something there would block a pull request. */
export async function scanCommand(
  { folder, format }: Extract<Command, { is: 'scan' }>,
  { stdout, cwd }: Surroundings,
  terminal: Terminal,
  reviewer: Reviewer,
): Promise<number> {
  terminal.progress('Reading the folder…');
  const change = await readFolder(folder, cwd);
  terminal.progress(`Looking at ${change.files.length} files…`);
  const found = asScan(await reviewer(change));
  terminal.progress('');
  const printed = {
    json: () => renderJson(found),
    markdown: () => renderMarkdown(found),
    text: () => renderText(found, change, { ...terminal, names: { folder: folder ?? '.' } }),
  };
  stdout.write(printed[format]());
  return found.verdict === 'block' ? 1 : 0;
}

/** A review of a folder adds nothing and reaches nothing: it says what is there. */
const asScan = (review: Review): Review => ({
  ...review,
  impact: { resources: [], environments: [] },
  suppressions: review.suppressions.filter(({ hides }) => hides.length > 0).map((one) => ({ ...one, added: false })),
});
