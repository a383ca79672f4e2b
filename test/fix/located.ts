import { parseJson, parseYaml } from '../../src/documents/data.ts';
import type { Document } from '../../src/documents/document.ts';
import type { Body, Expression } from '../../src/documents/hcl-tree.ts';
import { parseHcl } from '../../src/documents/hcl.ts';
import { makeResource, type Dialect, type Key, type Located, type Resource } from '../../src/model/resource.ts';
import { nodeValue } from '../../src/model/node-value.ts';
import { absent, known, unknown, type Dict, type List, type Origin, type Value } from '../../src/model/value.ts';

/** One file as a resource, without any of the model's knowledge: the first block of an HCL file, the first document of a data file. */
export interface Fixture {
  readonly file: string;
  readonly text: string;
  readonly resource: Resource;
  readonly documents: (file: string) => Document | undefined;
  readonly at: (...path: readonly Key[]) => Located;
}

export function fixture(file: string, text: string, dialect: Dialect = file.endsWith('.tf') ? 'terraform' : 'kubernetes'): Fixture {
  const document = parse(file, text);
  const resource = document.is === 'hcl' ? ofBlock(document) : ofRoot(document, dialect);
  return { file, text, resource, documents: (path) => (path === file ? document : undefined), at: (...path) => resource.attr(...path) };
}

export function parse(file: string, text: string): Document {
  if (file.endsWith('.tf')) return parseHcl(file, text);
  return file.endsWith('.json') ? parseJson(file, text) : parseYaml(file, text);
}

const facts = { address: 'it', name: 'it', scope: '.', environment: { stage: 'unknown', name: '', why: '' } } as const;

function ofBlock(document: Extract<Document, { is: 'hcl' }>): Resource {
  const [block] = document.body.blocks;
  if (!block) throw new Error('the fixture has no block');
  const value = bodyValue(block.body, [{ span: block.span, what: 'attribute' }]);
  return makeResource({ ...facts, dialect: 'terraform', type: block.labels[0] ?? block.type, at: block.header, span: block.span, value });
}

function bodyValue(body: Body, origins: readonly Origin[]): Dict {
  const entries = new Map<string, Value>();
  for (const { name, value } of body.attributes) entries.set(name, expressionValue(value));
  for (const { type, body: inner, span } of body.blocks) {
    const there = entries.get(type);
    const item = bodyValue(inner, [{ span, what: 'attribute' }]);
    const list: List = { is: 'list', items: [...(there?.is === 'list' ? there.items : []), item], origins: [{ span, what: 'attribute' }] };
    entries.set(type, list);
  }
  return { is: 'map', entries, origins };
}

function expressionValue(value: Expression): Value {
  const here: readonly Origin[] = [{ span: value.span, what: 'attribute' }];
  switch (value.is) {
    case 'literal':
      return value.value === null ? absent(here) : known(value.value, [{ span: value.span, what: 'attribute', literal: true }]);
    case 'list':
      return { is: 'list', items: value.items.map(expressionValue), origins: here };
    case 'object':
      return { is: 'map', entries: new Map(value.entries.map((e) => [nameOf(e.key), expressionValue(e.value)])), origins: here };
    case 'unary':
      return known(false, here);
    case 'variable':
      return known('from elsewhere', [...here, { span: value.span, what: 'variable-default' }]);
    default:
      return unknown('not needed here', here);
  }
}

const nameOf = (key: Expression): string => (key.is === 'literal' ? String(key.value) : key.is === 'variable' ? key.name : '?');

function ofRoot(document: Extract<Document, { is: 'data' }>, dialect: Dialect): Resource {
  const [root] = document.roots;
  const value = root && nodeValue(root);
  if (!root || value?.is !== 'map') throw new Error(`the fixture is not a map: ${JSON.stringify(document.errors)}`);
  return makeResource({ ...facts, dialect, type: 'it', at: root.span, span: root.span, value });
}
