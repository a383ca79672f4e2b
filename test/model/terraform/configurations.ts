import { parseHcl } from '../../../src/documents/hcl.ts';
import type { Block, Body, Expression, SplatStep, TemplatePart } from '../../../src/documents/hcl-tree.ts';
import { loadRules } from '../../../src/engine/load-rules.ts';

/** One configuration with the expressions in it that need no provider: its variables and locals, and what resources are given from them. */
export interface Evaluable {
  /** Variables and locals, each name with a prefix of its own, so that many can stand in one module. */
  readonly declarations: string;
  readonly expressions: readonly string[];
}

/** Every evaluable expression of the rules' Terraform examples. */
export async function evaluableExamples(): Promise<readonly Evaluable[]> {
  const texts = (await loadRules()).flatMap(({ examples }) =>
    [...examples.bad, ...examples.good, ...examples.unknown].map(({ files }) =>
      Object.entries(files)
        .filter(([path]) => path.endsWith('.tf') && !path.includes('/'))
        .map(([, text]) => text)
        .join('\n'),
    ),
  );
  return [...new Set(texts)].filter((text) => text !== '').flatMap((text, i) => evaluableIn(text, `e${i}_`) ?? []);
}

function evaluableIn(text: string, prefix: string): Evaluable | undefined {
  const document = parseHcl('main.tf', text);
  if (document.is !== 'hcl' || document.errors.length > 0) return undefined;
  const rename = (part: string): string => part.replaceAll(/\b(var|local)\.([a-z_]\w*)/g, `$1.${prefix}$2`);
  const textOf = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
  const variables = document.body.blocks.filter(({ type }) => type === 'variable');
  const given = new Set(
    variables.filter(({ body }) => body.attributes.some(({ name }) => name === 'default')).map(({ labels }) => `var.${labels[0] ?? ''}`),
  );
  const locals = new Map(
    document.body.blocks
      .filter(({ type }) => type === 'locals')
      .flatMap(({ body }) => body.attributes.map((a) => [a.name, a.value] as const)),
  );
  const isEvaluable = (expression: Expression, depth = 0): boolean =>
    [...rootsOf(expression)].every((root) => {
      const local = root.startsWith('local.') ? locals.get(root.slice(6)) : undefined;
      return given.has(root) || (local !== undefined && depth < 10 && isEvaluable(local, depth + 1));
    });
  const declared = variables
    .filter(({ labels }) => given.has(`var.${labels[0] ?? ''}`))
    .map(({ labels, body }) => {
      const inner = body.attributes.filter(({ name }) => name === 'type' || name === 'default').map(({ span }) => textOf(span));
      return `variable "${prefix}${labels[0] ?? ''}" {\n${inner.join('\n')}\n}\n`;
    });
  const kept = [...locals]
    .filter(([, value]) => isEvaluable(value))
    .map(([name, value]) => `${prefix}${name} = ${rename(textOf(value.span))}\n`);
  const expressions = [...expressionsIn(document.body.blocks)].filter((e) => isEvaluable(e)).map(({ span }) => rename(textOf(span)));
  return { declarations: `${declared.join('')}locals {\n${kept.join('')}}\n`, expressions: [...new Set(expressions)] };
}

/** The values of all attributes of resources and data sources, at any depth of blocks. */
function* expressionsIn(blocks: readonly Block[]): Generator<Expression> {
  for (const { type, body } of blocks) {
    if (type === 'variable' || type === 'locals' || type === 'dynamic' || type === 'lifecycle' || type === 'terraform') continue;
    yield* inBody(body);
  }
}
function* inBody({ attributes, blocks }: Body): Generator<Expression> {
  for (const { name, value } of attributes) if (name !== 'depends_on' && name !== 'provider' && name !== 'providers') yield value;
  yield* expressionsIn(blocks);
}

/** What an expression takes from around it: `var.x`, `local.y`, or the bare name of anything else. */
function* rootsOf(expression: Expression, bound: ReadonlySet<string> = new Set()): Generator<string> {
  switch (expression.is) {
    case 'literal':
      return;
    case 'broken':
      yield 'broken';
      return;
    case 'variable':
      if (!bound.has(expression.name)) yield expression.name;
      return;
    case 'attribute':
      if (expression.of.is === 'variable' && (expression.of.name === 'var' || expression.of.name === 'local'))
        yield `${expression.of.name}.${expression.name}`;
      else yield* rootsOf(expression.of, bound);
      return;
    case 'index':
      yield* rootsOf(expression.of, bound);
      yield* rootsOf(expression.key, bound);
      return;
    case 'splat':
      yield* rootsOf(expression.of, bound);
      for (const step of expression.each) yield* ofStep(step, bound);
      return;
    case 'list':
      for (const item of expression.items) yield* rootsOf(item, bound);
      return;
    case 'object':
      for (const { key, value } of expression.entries) {
        yield* rootsOf(key, bound);
        yield* rootsOf(value, bound);
      }
      return;
    case 'call':
      // What reads files, the clock or chance is not the same twice, or in another directory.
      if (
        /^(?:file|template|timestamp|plantimestamp|uuid|bcrypt|abspath|pathexpand|sensitive|nonsensitive|ephemeral)/.test(expression.name)
      )
        yield expression.name;
      for (const arg of expression.args) yield* rootsOf(arg, bound);
      return;
    case 'unary':
      yield* rootsOf(expression.operand, bound);
      return;
    case 'binary':
      yield* rootsOf(expression.left, bound);
      yield* rootsOf(expression.right, bound);
      return;
    case 'conditional':
      for (const part of [expression.condition, expression.yes, expression.no]) yield* rootsOf(part, bound);
      return;
    case 'for': {
      yield* rootsOf(expression.over, bound);
      const inner = new Set([...bound, expression.valueName, ...(expression.keyName === undefined ? [] : [expression.keyName])]);
      for (const part of [expression.key, expression.value, expression.condition]) if (part) yield* rootsOf(part, inner);
      return;
    }
    case 'template':
      yield* ofParts(expression.parts, bound);
  }
}

function* ofStep(step: SplatStep, bound: ReadonlySet<string>): Generator<string> {
  if (step.is === 'index') yield* rootsOf(step.key, bound);
  else if (step.is === 'splat') for (const inner of step.each) yield* ofStep(inner, bound);
}

function* ofParts(parts: readonly TemplatePart[], bound: ReadonlySet<string>): Generator<string> {
  for (const part of parts) {
    if (part.is === 'value') yield* rootsOf(part.value, bound);
    else if (part.is === 'if') {
      yield* rootsOf(part.condition, bound);
      yield* ofParts([...part.yes, ...part.no], bound);
    } else if (part.is === 'for') {
      yield* rootsOf(part.over, bound);
      yield* ofParts(part.parts, new Set([...bound, part.valueName, ...(part.keyName === undefined ? [] : [part.keyName])]));
    }
  }
}
