/** The word that was probably meant, when one is at most two edits (a third of its length for short words) away, or one begins with the other. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const typed = word.toLowerCase().slice(0, 40);
  const ranked = known
    .map((name) => ({ name, distance: isBeginning(typed, name) || isBeginning(name, typed) ? 0 : distance(typed, name) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.min(2, Math.ceil(best.name.length / 3)) ? best.name : undefined;
}

const isBeginning = (a: string, b: string): boolean => a.length > 2 && b.startsWith(a);

/** Levenshtein's distance, row by row. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
