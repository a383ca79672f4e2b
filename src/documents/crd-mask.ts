/** A schema of many thousand lines says nothing of what is deployed, and where operators are kept most of the YAML is schemas. */
const isDefinition = /^kind:[ \t]*["']?CustomResourceDefinition["']?[ \t]*(?:#.*)?\r?$/m;
const documentStart = /^---(?=[ \t\r\n]|$)/gm;
const specLine = /^spec:[ \t]*(?:#.*)?\r?$/m;
/** Where a line of the document itself begins, and not of something inside it. */
const outerLine = /^[^\s#].*$/gm;
const nextKey = /^[^\s#]/m;
const plainKey = /^([A-Za-z]\w*):(?:\s|$)|^(?:---|\.\.\.)(?:\s|$)/;

/**
 * The text of a YAML file with the `spec` of each CustomResourceDefinition blanked out, so that it is not parsed. All offsets stay as they
 * are, and so do the definition's other keys.
 */
export function maskDefinitions(text: string): string {
  if (!isDefinition.test(text)) return text;
  let out = '';
  let from = 0;
  for (const { index } of text.matchAll(documentStart)) {
    out += masked(text.slice(from, index));
    from = index;
  }
  return out + masked(text.slice(from));
}

function masked(document: string): string {
  const line = isDefinition.test(document) && hasOneKind(document) ? specLine.exec(document) : null;
  if (!line) return document;
  const start = line.index + line[0].length;
  const length = document.slice(start).search(nextKey);
  const end = length === -1 ? document.length : start + length;
  return (
    document.slice(0, start) + document.slice(start, end).replace(/[^\r\n]+/g, (inside) => ' '.repeat(inside.length)) + document.slice(end)
  );
}

/** Of a key that is written twice the last one counts, so nothing is hidden from the review by calling it a definition as well. */
function hasOneKind(document: string): boolean {
  const keys = Array.from(document.matchAll(outerLine), ([line]) => plainKey.exec(line));
  return !keys.includes(null) && keys.filter((key) => key?.[1] === 'kind').length === 1;
}
