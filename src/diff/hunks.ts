/** One line of a hunk. `old` and `new` are its 1-based numbers at the base and at the head; `text` has no line feed, but keeps a carriage return. */
export type HunkLine =
  | { readonly kind: 'context'; readonly old: number; readonly new: number; readonly text: string; readonly unended?: true }
  | { readonly kind: 'added'; readonly old?: undefined; readonly new: number; readonly text: string; readonly unended?: true }
  | { readonly kind: 'removed'; readonly old: number; readonly new?: undefined; readonly text: string; readonly unended?: true };

/** A hunk of a unified diff. `unended` marks a line that ends its file without a line break. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly HunkLine[];
}

const header = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/;

/**
 * Reads the hunks of a unified diff of one file, as GitHub gives it in `patch`: without a file header, counts of 1 left out. A hunk that
 * is cut short keeps the lines it has. Text outside of hunks is passed over.
 */
export function parsePatch(patch: string): readonly Hunk[] {
  const hunks: Hunk[] = [];
  const lines = patch.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const found = header.exec(lines[i] ?? '');
    if (!found) continue;
    const hunk = readHunk(lines, i + 1, {
      oldStart: Number(found[1]),
      oldLines: Number(found[2] ?? 1),
      newStart: Number(found[3]),
      newLines: Number(found[4] ?? 1),
    });
    hunks.push(hunk.hunk);
    i = hunk.next - 1;
  }
  return hunks;
}

function readHunk(lines: readonly string[], first: number, counts: Omit<Hunk, 'lines'>): { hunk: Hunk; next: number } {
  const out: HunkLine[] = [];
  let oldLine = counts.oldStart;
  let newLine = counts.newStart;
  const oldEnd = oldLine + counts.oldLines;
  const newEnd = newLine + counts.newLines;
  let i = first;
  for (; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const text = line.slice(1);
    const last = out.at(-1);
    if (line.startsWith('\\')) {
      if (last) out[out.length - 1] = { ...last, unended: true };
    } else if (line.startsWith('+') && newLine < newEnd) out.push({ kind: 'added', new: newLine++, text });
    else if (line.startsWith('-') && oldLine < oldEnd) out.push({ kind: 'removed', old: oldLine++, text });
    // Some tools strip the one space of an empty context line.
    else if ((line.startsWith(' ') || line === '' || line === '\r') && newLine < newEnd && oldLine < oldEnd)
      out.push({ kind: 'context', old: oldLine++, new: newLine++, text: line.startsWith(' ') ? text : line });
    else break;
  }
  return { hunk: { ...counts, lines: out }, next: i };
}

/** A line of the head with the hunk that shows it: only there can a comment on the RIGHT side stand. */
export function shownAt(hunks: readonly Hunk[], line: number): { readonly hunk: Hunk; readonly index: number } | undefined {
  for (const hunk of hunks) {
    if (line < hunk.newStart || line >= hunk.newStart + hunk.newLines) continue;
    const index = hunk.lines.findIndex((at) => at.new === line);
    if (index !== -1) return { hunk, index };
  }
  return undefined;
}
