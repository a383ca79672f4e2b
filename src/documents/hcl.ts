import type { Document, ParseError } from './document.ts';
import { readBody } from './hcl-body.ts';
import { readExpression } from './hcl-expression.ts';
import { fail, makeReader, skip, SyntaxProblem, type Reader } from './hcl-reader.ts';
import { wholeTemplate } from './hcl-template.ts';
import type { Body, Expression, TemplatePart } from './hcl-tree.ts';

/** Larger files are generated, not written, and are not reviewed. In UTF-16 units. */
const maxSize = 1_000_000;
const maxReported = 5;

/**
 * Reads a `.tf` or `.tfvars` file. Never throws: of a broken file the good parts are in `body`, values that cannot be read are `broken`
 * expressions, and `errors` names at most five places.
 */
export function parseHcl(file: string, text: string): Document {
  const empty: Body = { attributes: [], blocks: [], span: { file, start: 0, end: text.length } };
  if (text.length > maxSize) {
    const message = `This file has ${text.length} characters; files of more than ${maxSize} are not read.`;
    return { is: 'hcl', file, text, body: empty, errors: [{ span: { file, start: 0, end: 0 }, message, remedy: 'Split the file.' }] };
  }
  const strict = attempt(() => wholeBody(makeReader(file, text)));
  if (strict.is === 'read') return { is: 'hcl', file, text, body: strict.value, errors: [] };
  const errors: ParseError[] = [];
  const body = attempt(() => wholeBody(makeReader(file, text), { errors }));
  if (errors.length === 0) errors.push(strict.error);
  return { is: 'hcl', file, text, body: body.is === 'read' ? body.value : empty, errors: distinct(errors).slice(0, maxReported) };
}

function wholeBody(reader: Reader, recovery?: { readonly errors: ParseError[] }): Body {
  const body = readBody(recovery ? { reader, recovery } : { reader });
  return { ...body, span: { file: reader.file, start: 0, end: reader.end } };
}

/** One error a line: what follows from an error on the same line says nothing new. */
function distinct(errors: readonly ParseError[]): readonly ParseError[] {
  const seen = new Set<number>();
  return errors.filter((e) => !seen.has(e.span.start) && seen.add(e.span.start));
}

/** Reads a text as one expression, as the strings of a `.tf.json` file hold them. `shift` maps its offsets to the file's. */
export function parseExpression(file: string, text: string, shift: (offset: number) => number): Expression | ParseError {
  const reader = makeReader(file, text, shift);
  reader.newlines = false;
  const result = attempt(() => {
    const expression = readExpression(reader);
    skip(reader);
    if (reader.pos < reader.end) fail(reader, 'Expected the end of this expression.', 'Take out what follows.');
    return expression;
  });
  return result.is === 'read' ? result.value : result.error;
}

/** Reads a whole text as a template: what `templatefile` renders. */
export function parseTemplate(
  file: string,
  text: string,
  shift: (offset: number) => number = (o) => o,
): readonly TemplatePart[] | ParseError {
  if (text.length > maxSize)
    return { span: { file, start: 0, end: 0 }, message: `This template has more than ${maxSize} characters.`, remedy: 'Split the file.' };
  const result = attempt(() => wholeTemplate(makeReader(file, text, shift), readExpression));
  return result.is === 'read' ? result.value : result.error;
}

function attempt<T>(read: () => T): { readonly is: 'read'; readonly value: T } | { readonly is: 'error'; readonly error: ParseError } {
  try {
    return { is: 'read', value: read() };
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return { is: 'error', error: problem.at };
    throw problem;
  }
}
