import type { Span } from './span.ts';

/** The concrete tree of an HCL file, as the evaluator reads it. Every node has its span; nothing is evaluated. */
export interface Body {
  readonly span: Span;
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
}

export interface Attribute {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
  /** `name = value`, without a trailing comment. */
  readonly span: Span;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  /** From the block's type to before its `{`. */
  readonly header: Span;
  readonly body: Body;
  /** The whole block, from its type to its `}`. */
  readonly span: Span;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||';

export type Expression = { readonly span: Span } & (
  | { readonly is: 'literal'; readonly value: string | number | boolean | null }
  | { readonly is: 'template'; readonly parts: readonly TemplatePart[]; readonly heredoc?: { readonly indented: boolean } }
  | { readonly is: 'variable'; readonly name: string }
  | { readonly is: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly is: 'index'; readonly of: Expression; readonly key: Expression }
  /** `of[*].each` and `of.*.each`: `each` is applied to every item, written against the variable `each.item`. */
  | { readonly is: 'splat'; readonly of: Expression; readonly each: readonly SplatStep[] }
  | { readonly is: 'list'; readonly items: readonly Expression[] }
  | { readonly is: 'object'; readonly entries: readonly ObjectEntry[] }
  | { readonly is: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly spread: boolean }
  | { readonly is: 'unary'; readonly operator: '!' | '-'; readonly operand: Expression }
  | { readonly is: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'conditional'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | {
      readonly is: 'for';
      readonly keyName?: string;
      readonly valueName: string;
      readonly over: Expression;
      /** Present for `{for ...}`; absent for `[for ...]`. */
      readonly key?: Expression;
      readonly value: Expression;
      readonly condition?: Expression;
      readonly grouped: boolean;
    }
  /** Text that could not be parsed; always unknown. */
  | { readonly is: 'broken' }
);

export type SplatStep =
  | { readonly is: 'attribute'; readonly name: string }
  | { readonly is: 'index'; readonly key: Expression }
  /** A splat inside a splat: `of[*].inner[*].name`. */
  | { readonly is: 'splat'; readonly each: readonly SplatStep[] };

export interface ObjectEntry {
  readonly key: Expression;
  readonly value: Expression;
  readonly span: Span;
}

export type TemplatePart = { readonly span: Span } & (
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'value'; readonly value: Expression; readonly trimBefore: boolean; readonly trimAfter: boolean }
  | { readonly is: 'if'; readonly condition: Expression; readonly yes: readonly TemplatePart[]; readonly no: readonly TemplatePart[] }
  | {
      readonly is: 'for';
      readonly keyName?: string;
      readonly valueName: string;
      readonly over: Expression;
      readonly parts: readonly TemplatePart[];
    }
);
