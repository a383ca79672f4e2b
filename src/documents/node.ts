import type { Span } from './span.ts';

/**
 * The tree of a data document (YAML or JSON), the same for both. Aliases are followed: an aliased node keeps its own span (the alias)
 * and says in `via` where the anchor stands. Tags are kept as written, without the `!` (CloudFormation's `Ref`, `Sub`, ...).
 */
export type Node = ScalarNode | ListNode | MapNode;

interface NodeBase {
  /** The node's own text, without its key, its comment or the line break after it. */
  readonly span: Span;
  readonly tag?: string;
  /** The anchored node's span, when this node is an alias or came in through a merge key. */
  readonly via?: Span;
}

export interface ScalarNode extends NodeBase {
  readonly is: 'scalar';
  readonly value: string | number | boolean | null;
  /** For a block scalar: maps an offset in `value` to an offset in the file, so that a document inside it keeps its positions. */
  readonly offsets?: (inValue: number) => number;
  /** Set when the text holds a template action (`{{ ... }}`): the value is then not known. */
  readonly templated?: true;
  /** What a templated block text says around its actions, where none of them is a control action. */
  readonly around?: readonly TextPiece[];
}

/** A part of a block text: text with the way back to the file, or a template action. */
export type TextPiece =
  | { readonly is: 'text'; readonly text: string; readonly offsets: (inText: number) => number }
  | { readonly is: 'action'; readonly span: Span };

export interface ListNode extends NodeBase {
  readonly is: 'list';
  readonly items: readonly Node[];
  readonly flow: boolean;
}

export interface MapNode extends NodeBase {
  readonly is: 'map';
  readonly entries: readonly Entry[];
  readonly flow: boolean;
  /** Set when a template action stands among the entries or writes a key: entries may exist that are not listed. */
  readonly open?: true;
}

/** One `key: value`. A duplicate key is an error of the document; the last one wins here. */
export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node;
  /** Key and value together. */
  readonly span: Span;
}

export function entry(node: Node | undefined, key: string): Entry | undefined {
  return node?.is === 'map' ? node.entries.findLast((e) => e.key === key) : undefined;
}

export function child(node: Node | undefined, key: string): Node | undefined {
  return entry(node, key)?.value;
}
