import type { BinaryOperator, Expression, ObjectEntry, SplatStep } from './hcl-tree.ts';
import {
  at,
  expect,
  fail,
  found,
  match,
  maxChain,
  nested,
  peekIdentifier,
  skip,
  skipLines,
  spanOf,
  take,
  takeIdentifier,
  type Reader,
} from './hcl-reader.ts';
import { forNames, heredoc, quoted } from './hcl-template.ts';

/** Binary operators from the loosest to the tightest; longer ones first within a level, so that `<=` is not read as `<`. */
const levels: readonly (readonly BinaryOperator[])[] = [['||'], ['&&'], ['==', '!='], ['<=', '>=', '<', '>'], ['+', '-'], ['*', '/', '%']];

/** Reads an expression; afterwards the reader stands right behind it, before any blanks. */
export function readExpression(reader: Reader): Expression {
  return nested(reader, reader.newlines, () => {
    skip(reader);
    const start = reader.pos;
    const condition = binary(reader, 0);
    const end = reader.pos;
    if (!take(reader, '?')) {
      reader.pos = end;
      return condition;
    }
    skipLines(reader);
    const yes = readExpression(reader);
    skipLines(reader);
    expect(reader, ':', 'in this conditional');
    skipLines(reader);
    const no = readExpression(reader);
    return { is: 'conditional', condition, yes, no, span: spanOf(reader, start) };
  });
}

function binary(reader: Reader, level: number): Expression {
  const operators = levels[level];
  if (!operators) return withTraversal(reader);
  skip(reader);
  const start = reader.pos;
  let left = binary(reader, level + 1);
  for (let count = 0; ; count++) {
    if (count > maxChain) tooLong(reader);
    const end = reader.pos;
    skip(reader);
    const operator = operators.find((o) => at(reader, o));
    // `%{` would be a template's directive.
    if (operator === undefined || (operator === '%' && at(reader, '%{'))) {
      reader.pos = end;
      return left;
    }
    reader.pos += operator.length;
    const right = binary(reader, level + 1);
    left = { is: 'binary', operator, left, right, span: spanOf(reader, start) };
  }
}

function withTraversal(reader: Reader): Expression {
  skip(reader);
  const start = reader.pos;
  const sign = at(reader, '-') ? '-' : at(reader, '!') && !at(reader, '!=') ? '!' : undefined;
  if (sign) {
    reader.pos++;
    const operand = nested(reader, reader.newlines, () => withTraversal(reader));
    return { is: 'unary', operator: sign, operand, span: spanOf(reader, start) };
  }
  let expression = term(reader);
  for (let count = 0; ; count++) {
    if (count > maxChain) tooLong(reader);
    const end = reader.pos;
    skip(reader);
    const next = traversalStep(reader, expression, start);
    if (!next) {
      reader.pos = end;
      return expression;
    }
    expression = next;
  }
}

function tooLong(reader: Reader): never {
  return fail(reader, `This expression has more than ${maxChain} operators or steps in a row.`, 'Split it into locals.');
}

function traversalStep(reader: Reader, of: Expression, start: number): Expression | undefined {
  if (at(reader, '...')) return undefined;
  if (take(reader, '.*')) return { is: 'splat', of, each: splatSteps(reader, false), span: spanOf(reader, start) };
  if (at(reader, '[') && /\[\s*\*/y.test(reader.text.slice(reader.pos, reader.pos + 20))) {
    reader.pos++;
    nested(reader, false, () => {
      expect(reader, '*', 'in this splat');
      expect(reader, ']', 'after `[*`');
    });
    return { is: 'splat', of, each: splatSteps(reader, true), span: spanOf(reader, start) };
  }
  const step = plainStep(reader);
  if (!step) return undefined;
  const span = spanOf(reader, start);
  return step.is === 'attribute' ? { is: 'attribute', of, name: step.name, span } : { is: 'index', of, key: step.key, span };
}

/** `.name`, `.0` or `[key]`. */
function plainStep(reader: Reader): Exclude<SplatStep, { is: 'splat' }> | undefined {
  const start = reader.pos;
  if (take(reader, '.')) {
    skip(reader);
    const from = reader.pos;
    const digits = match(reader, /[0-9]+/y);
    if (digits !== undefined) {
      reader.pos += digits.length;
      return { is: 'index', key: { is: 'literal', value: Number(digits), span: spanOf(reader, from) } };
    }
    const name = takeIdentifier(reader);
    if (name === undefined)
      fail(
        reader,
        `Expected a name after \`.\`, found ${found(reader)}.`,
        'Name the attribute, or take out the dot.',
        start,
        reader.pos + 1,
      );
    return { is: 'attribute', name };
  }
  if (!take(reader, '[')) return undefined;
  const key = nested(reader, false, () => {
    const inner = readExpression(reader);
    expect(reader, ']', 'to close this index');
    return inner;
  });
  return { is: 'index', key };
}

/** What applies to every item: after `.*` attributes only, after `[*]` everything that follows. */
function splatSteps(reader: Reader, full: boolean): readonly SplatStep[] {
  const steps: SplatStep[] = [];
  for (;;) {
    const end = reader.pos;
    skip(reader);
    if (full && (at(reader, '[*]') || at(reader, '.*'))) {
      reader.pos += at(reader, '.*') ? 2 : 3;
      const each = nested(reader, reader.newlines, () => splatSteps(reader, true));
      return [...steps, { is: 'splat', each }];
    }
    const step = at(reader, '...') || at(reader, '.*') || (!full && at(reader, '[')) ? undefined : plainStep(reader);
    if (!step) {
      reader.pos = end;
      return steps;
    }
    steps.push(step);
  }
}

function term(reader: Reader): Expression {
  const start = reader.pos;
  const c = reader.text[start] ?? '';
  if (c === '"') return quoted(reader, readExpression);
  if (c === '[') return tuple(reader);
  if (c === '{') return object(reader);
  if (c === '(') return parenthesis(reader);
  if (at(reader, '<<')) return heredoc(reader, readExpression);
  const number = match(reader, /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y);
  if (number !== undefined) {
    reader.pos += number.length;
    return { is: 'literal', value: Number(number), span: spanOf(reader, start) };
  }
  const name = takeIdentifier(reader);
  if (name === undefined)
    return fail(
      reader,
      `Expected a value, found ${found(reader)}.`,
      'Write a value here, such as a string in quotes, a number or a reference.',
    );
  const span = spanOf(reader, start);
  if (name === 'true' || name === 'false') return { is: 'literal', value: name === 'true', span };
  if (name === 'null') return { is: 'literal', value: null, span };
  const after = reader.pos;
  const full = namespaced(reader, name);
  skip(reader);
  if (take(reader, '(')) return call(reader, full, start);
  reader.pos = after;
  return { is: 'variable', name, span };
}

/** `provider::aws::arn_parse`. */
function namespaced(reader: Reader, name: string): string {
  let full = name;
  while (at(reader, '::')) {
    reader.pos += 2;
    full += `::${takeIdentifier(reader) ?? ''}`;
  }
  return full;
}

function parenthesis(reader: Reader): Expression {
  reader.pos++;
  return nested(reader, false, () => {
    const inner = readExpression(reader);
    expect(reader, ')', 'to close this parenthesis');
    return inner;
  });
}

function call(reader: Reader, name: string, start: number): Expression {
  return nested(reader, false, () => {
    const args: Expression[] = [];
    let spread = false;
    while (!take(reader, ')')) {
      args.push(readExpression(reader));
      if (take(reader, '...')) {
        spread = true;
        expect(reader, ')', 'after `...`');
        break;
      }
      if (!take(reader, ',')) {
        expect(reader, ')', `to close the call of \`${name}\``);
        break;
      }
    }
    return { is: 'call', name, args, spread, span: spanOf(reader, start) };
  });
}

function atFor(reader: Reader): boolean {
  skipLines(reader);
  return match(reader, /for[ \t\r\n]+[\p{ID_Start}_]/uy) !== undefined;
}

function tuple(reader: Reader): Expression {
  const start = reader.pos++;
  return nested(reader, false, () => {
    if (atFor(reader)) return forExpression(reader, start, ']');
    const items: Expression[] = [];
    while (!take(reader, ']')) {
      items.push(readExpression(reader));
      if (!take(reader, ',')) {
        expect(reader, ']', 'or `,` in this list');
        break;
      }
    }
    return { is: 'list', items, span: spanOf(reader, start) };
  });
}

function object(reader: Reader): Expression {
  const start = reader.pos++;
  const outer = reader.pos;
  if (atFor(reader)) return nested(reader, false, () => forExpression(reader, start, '}'));
  reader.pos = outer;
  return nested(reader, true, () => {
    const entries: ObjectEntry[] = [];
    for (;;) {
      skipLines(reader);
      if (take(reader, '}')) return { is: 'object', entries, span: spanOf(reader, start) };
      entries.push(entry(reader));
      if (!take(reader, ',') && !take(reader, '\n') && !at(reader, '}')) {
        fail(
          reader,
          `Expected \`,\`, the end of the line or \`}\` after this entry, found ${found(reader)}.`,
          'Put every entry on its own line, or a comma between them.',
        );
      }
    }
  });
}

function entry(reader: Reader): ObjectEntry {
  const start = reader.pos;
  const key = bareKey(reader) ?? readExpression(reader);
  skip(reader);
  if (at(reader, '==') || (!take(reader, '=') && !take(reader, ':'))) {
    fail(reader, `Expected \`=\` or \`:\` after this key, found ${found(reader)}.`, 'Write `key = value`.');
  }
  skipLines(reader);
  const value = readExpression(reader);
  return { key, value, span: spanOf(reader, start) };
}

/** A key that is a plain name stands for itself; anything else, also a name in parentheses, is an expression. */
function bareKey(reader: Reader): Expression | undefined {
  const start = reader.pos;
  const name = peekIdentifier(reader);
  if (name === undefined) return undefined;
  reader.pos += name.length;
  const span = spanOf(reader, start);
  skip(reader);
  if ((at(reader, '=') && !at(reader, '==')) || at(reader, ':')) return { is: 'literal', value: name, span };
  reader.pos = start;
  return undefined;
}

function forExpression(reader: Reader, start: number, close: ']' | '}'): Expression {
  skip(reader);
  takeIdentifier(reader);
  const names = forNames(reader);
  const over = readExpression(reader);
  expect(reader, ':', 'after what `for` goes over');
  const first = readExpression(reader);
  const second = close === '}' ? (expect(reader, '=>', 'between key and value'), readExpression(reader)) : undefined;
  const grouped = take(reader, '...');
  skip(reader);
  const condition =
    match(reader, /if(?![\p{ID_Continue}-])/uy) === undefined ? undefined : (takeIdentifier(reader), readExpression(reader));
  expect(reader, close, 'to close this `for`');
  return {
    is: 'for',
    ...names,
    over,
    ...(second ? { key: first } : {}),
    value: second ?? first,
    ...(condition ? { condition } : {}),
    grouped,
    span: spanOf(reader, start),
  };
}
