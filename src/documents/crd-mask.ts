/** A schema of many thousand lines says nothing of what is deployed, and where operators are kept most of the YAML is schemas. */
const isDefinition = /^kind:[ \t]*["']?CustomResourceDefinition["']?[ \t]*(?:#.*)?\r?$/m;
const documentStart = /^---(?=[ \t\r\n]|$)/gm;
const specLine = /^spec:[ \t]*(?:#.*)?\r?$/m;
/** A line of the next key of the document. */
const nextKey = /^[^\s#]/m;

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
  const line = isDefinition.test(document) ? specLine.exec(document) : null;
  if (!line) return document;
  const start = line.index + line[0].length;
  const length = document.slice(start).search(nextKey);
  const end = length === -1 ? document.length : start + length;
  return (
    document.slice(0, start) + document.slice(start, end).replace(/[^\r\n]+/g, (inside) => ' '.repeat(inside.length)) + document.slice(end)
  );
}
