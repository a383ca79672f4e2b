/** GitHub takes 65,536 characters in a comment or a review; this leaves room for markers. */
export const commentLimit = 65_000;
/** GitHub takes 65,535 characters in a check run's summary. */
export const summaryLimit = 65_535;

/** A text that fits: cut at a line's end, with open code blocks and details closed, and a sentence that says so. */
export function fit(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const said = '\n\n_This text was cut here: GitHub takes no more._';
  const lines: string[] = [];
  let length = 0;
  let fence = '';
  let details = 0;
  for (const line of text.split('\n')) {
    if (length + line.length + 1 > limit - said.length - 100) break;
    length += line.length + 1;
    lines.push(line);
    const mark = /^\s*(`{3,})/.exec(line)?.[1];
    if (mark !== undefined) fence = fence === '' ? mark : mark.length >= fence.length ? '' : fence;
    if (fence === '') details += count(line, '<details>') - count(line, '</details>');
  }
  const closing = (fence === '' ? '' : `\n${fence.slice(0, 80)}`) + '\n</details>'.repeat(Math.max(0, Math.min(details, 1)));
  return lines.join('\n') + closing + said;
}

const count = (line: string, part: string): number => line.split(part).length - 1;
