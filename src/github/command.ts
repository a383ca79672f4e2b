/** What a person asks for in a comment. */
export type Command =
  /** Leave this finding be, on this pull request. `reason` may be empty: then it is asked for. */
  { readonly is: 'ignore'; readonly reason: string } | { readonly is: 'explain' } | { readonly is: 'recheck' } | { readonly is: 'unknown' };

const longestReason = 300;
const linesRead = 200;

/** The first command of a comment: a line of its own that begins with `/plumbline`, outside code blocks and quotes. */
export function commandIn(text: string | null | undefined): Command | undefined {
  let fence = '';
  for (const line of (text ?? '').slice(0, 20_000).split(/\r?\n/, linesRead)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== '') {
      if (mark?.startsWith(fence) === true) fence = '';
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      continue;
    }
    const [, word = '', rest = ''] = /^ {0,3}\/plumbline(?:[ \t]+(\S+)(.*))?\s*$/i.exec(line) ?? [];
    if (/^ {0,3}\/plumbline(?:\s|$)/i.test(line)) return commandOf(word.toLowerCase(), rest.trim());
  }
  return undefined;
}

function commandOf(word: string, rest: string): Command {
  if (word === 'ignore') return { is: 'ignore', reason: rest.replace(/\s+/g, ' ').slice(0, longestReason) };
  if (word === 'explain' || word === 'recheck') return { is: word };
  return { is: 'unknown' };
}
