import type { Body, Expression } from '../../src/documents/hcl-tree.ts';
import { isFree, schemaOf, type Field, type Fields } from './schema.ts';

/** Arguments and blocks that Terraform itself gives every resource. */
const metaArguments = new Set(['count', 'for_each', 'provider', 'depends_on']);
const metaBlocks = new Set(['lifecycle', 'provisioner', 'connection', 'timeouts']);
/** Blocks of a root module that declare no resource of a provider. What a backend or a provider is configured with is not in the extracts. */
const otherBlocks = new Set(['terraform', 'provider', 'variable', 'output', 'locals', 'module', 'moved', 'import', 'removed', 'check']);

/** Every name of a Terraform file that its provider does not have, as `type.path: why`; `types` counts and collects what was looked at. */
export function wrongInTerraform(body: Body, seen: { names: number }, isUnknown: (type: string) => boolean): string[] {
  return body.blocks.flatMap((block) => {
    if (otherBlocks.has(block.type)) return [];
    if (block.type !== 'resource' && block.type !== 'data') return [`${block.type}: Terraform has no such block`];
    const [label = ''] = block.labels;
    const type = block.type === 'data' ? `data.${label}` : label;
    const fields = schemaOf(type);
    if (!fields) return isUnknown(type) ? [] : [`${type}: no provider has such a type`];
    return wrongInBody(block.body, fields, type, seen, true);
  });
}

function wrongInBody(body: Body, fields: Fields, at: string, seen: { names: number }, top: boolean): string[] {
  const attributes = body.attributes.flatMap(({ name, value }) => {
    if (top && metaArguments.has(name)) return [];
    seen.names += 1;
    const field = fields.get(name);
    if (!field) return [`${at}.${name}: no such argument`];
    if (field.form.startsWith('block')) return [`${at}.${name}: a block, written as an argument`];
    if (field.need === 'c') return [`${at}.${name}: only the provider sets it`];
    return wrongInExpression(value, field, `${at}.${name}`, seen);
  });
  const blocks = body.blocks.flatMap((block) => {
    if (top && metaBlocks.has(block.type)) return [];
    const dynamic = block.type === 'dynamic';
    const name = dynamic ? (block.labels[0] ?? '') : block.type;
    const content = dynamic ? block.body.blocks.find(({ type }) => type === 'content')?.body : block.body;
    if (!content) return [`${at}.${name}: a dynamic block without content`];
    seen.names += 1;
    const field = fields.get(name);
    if (!field) return [`${at}.${name}: no such block`];
    if (!field.fields) return isFree(field) ? [] : [`${at}.${name}: an argument, written as a block`];
    return wrongInBody(content, field.fields, `${at}.${name}`, seen, false);
  });
  return [...attributes, ...blocks];
}

/** Structures written as expressions: `x = [{ … }]`. What is computed is not followed. */
function wrongInExpression(value: Expression, field: Field, at: string, seen: { names: number }): string[] {
  if (!field.fields) return [];
  if (value.is === 'list') return value.items.flatMap((item) => wrongInExpression(item, field, at, seen));
  if (value.is !== 'object') return [];
  const { fields } = field;
  return value.entries.flatMap((entry) => {
    const name = keyOf(entry.key);
    if (name === undefined) return [];
    if (field.form.startsWith('map')) return wrongInExpression(entry.value, { ...field, form: 'object' }, `${at}.${name}`, seen);
    seen.names += 1;
    const inner = fields.get(name);
    return inner ? wrongInExpression(entry.value, inner, `${at}.${name}`, seen) : [`${at}.${name}: no such attribute`];
  });
}

function keyOf(key: Expression): string | undefined {
  if (key.is === 'variable') return key.name;
  if (key.is === 'literal') return String(key.value);
  const [part, ...rest] = key.is === 'template' ? key.parts : [];
  return part?.is === 'text' && rest.length === 0 ? part.text : undefined;
}
