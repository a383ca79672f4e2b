import type { Body } from './hcl-tree.ts';
import type { Node } from './node.ts';
import type { Span } from './span.ts';

/** Why a file, or a part of it, could not be read. `message` is a sentence for a person; `remedy` says what to do. */
export interface ParseError {
  readonly span: Span;
  readonly message: string;
  readonly remedy: string;
}

interface DocumentBase {
  readonly file: string;
  readonly text: string;
  readonly errors: readonly ParseError[];
}

export type Document =
  | (DocumentBase & { readonly is: 'hcl'; readonly body: Body })
  /** One root per YAML document in the file; JSON has one. `templated`: Go template actions were masked before parsing. */
  | (DocumentBase & {
      readonly is: 'data';
      readonly syntax: 'yaml' | 'json';
      readonly roots: readonly Node[];
      readonly templated: boolean;
    });
