import { readLocalChange } from '../git/read-change.ts';
import { renderJson } from '../report/json.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { renderText } from '../report/terminal.ts';
import type { Command } from './arguments.ts';
import { organisationFile } from './organisation.ts';
import type { Reviewer, Surroundings } from './run.ts';
import type { Terminal } from './terminal.ts';

/** Reads the change, reviews it, prints the review. Exit status 1 when it blocks. */
export async function reviewCommand(
  command: Extract<Command, { is: 'review' }>,
  surroundings: Surroundings,
  terminal: Terminal,
  reviewer: Reviewer,
): Promise<number> {
  terminal.progress('Reading the change…');
  const organisation = command.organisation === undefined ? undefined : organisationFile(command.organisation, surroundings.cwd);
  const { change, names } = await readLocalChange(command, surroundings.cwd, organisation);
  terminal.progress(`Reviewing ${change.files.length} changed ${change.files.length === 1 ? 'file' : 'files'}…`);
  const review = await reviewer(change);
  terminal.progress('');
  const printed = {
    json: () => renderJson(review),
    markdown: () => renderMarkdown(review),
    text: () => renderText(review, change, { ...terminal, names }),
  };
  surroundings.stdout.write(printed[command.format]());
  return review.verdict === 'block' ? 1 : 0;
}
