import { child, type Node } from '../../documents/node.ts';
import { nodeValue, originsOf } from '../node-value.ts';
import { absent, unknown, type Known, type Origin, type Value } from '../value.ts';
import { call } from './call.ts';
import { decide } from './conditions.ts';
import { parameterValue } from './parameters.ts';
import { joinValues, substitute } from './text.ts';
import { isResource, spend, type Template } from './template.ts';

export type Read = (node: Node) => Value;

/** What a node of the template means once its intrinsic functions are evaluated. */
export function evaluate(template: Template, node: Node): Value {
  return nodeValue(node, { special: (inner, read) => intrinsic(template, inner, read) });
}

/** What an intrinsic function gives, or undefined where a node is plain data. Secrets named by `{{resolve:...}}` are not known. */
function intrinsic(template: Template, node: Node, read: Read): Value | undefined {
  if (node.is === 'scalar' && node.tag === undefined && typeof node.value === 'string' && node.value.includes('{{resolve:')) {
    return unknown('dynamic reference', originsOf(node));
  }
  const called = call(node);
  if (!called) return node.tag === undefined ? undefined : unknown(`the tag !${node.tag}`, originsOf(node));
  const here: readonly Origin[] = [{ span: node.via ?? node.span, what: 'attribute' }];
  return evaluators.get(called.name)?.(template, called.argument, read, here) ?? unknown(`Fn::${called.name}`, here);
}

type Evaluator = (template: Template, argument: Node, read: Read, here: readonly Origin[]) => Value | undefined;

const evaluators: ReadonlyMap<string, Evaluator> = new Map<string, Evaluator>([
  ['Ref', (template, argument, _read, here) => (argument.is === 'scalar' ? reference(template, String(argument.value), here) : undefined)],
  ['GetAtt', getAtt],
  ['Sub', sub],
  ['Join', join],
  ['Select', select],
  ['Split', split],
  ['If', choose],
  ['FindInMap', findInMap],
  // The text before it is encoded: that is what people write and what rules look at.
  ['Base64', (_template, argument, read) => read(argument)],
]);

/** `Ref name` or `${name}`: a parameter's value, or the id that a resource gets when it is deployed. */
export function reference(template: Template, name: string, here: readonly Origin[]): Value {
  if (name === 'AWS::NoValue') return absent(here);
  if (name.startsWith('AWS::')) return unknown(`the pseudo parameter ${name}`, here);
  const parameter = template.parameters.get(name);
  if (parameter) return parameterValue(template, name, parameter, here);
  return isResource(template, name)
    ? unknown('known after deployment', here, [{ to: name, attr: [] }])
    : unknown('names nothing in this template', here);
}

function getAtt(template: Template, argument: Node, _read: Read, here: readonly Origin[]): Value | undefined {
  const written = argument.is === 'list' ? argument.items : [argument];
  const [id, ...attr] = written.flatMap((part) => (part.is === 'scalar' ? String(part.value).split('.') : []));
  if (id === undefined) return undefined;
  return attribute(template, id, attr, here);
}

export const attribute = (template: Template, id: string, attr: readonly string[], here: readonly Origin[]): Value =>
  unknown('known after deployment', here, isResource(template, id) ? [{ to: id, attr }] : []);

function sub(template: Template, argument: Node, read: Read, here: readonly Origin[]): Value | undefined {
  const [text, names] = argument.is === 'list' ? argument.items : [argument];
  if (text?.is !== 'scalar' || text.value === null) return undefined;
  return substitute(template, text, names, read, here);
}

function join(template: Template, argument: Node, read: Read, here: readonly Origin[]): Value | undefined {
  const [separator, list] = argument.is === 'list' ? argument.items : [];
  if (separator?.is !== 'scalar' || !list) return undefined;
  const items = read(list);
  if (items.is === 'unknown') return unknown(items.why, [...here, ...items.origins], items.refs);
  return items.is === 'list' ? joinValues(template, String(separator.value ?? ''), items.items, here) : undefined;
}

function select(_template: Template, argument: Node, read: Read, here: readonly Origin[]): Value | undefined {
  const [which, list] = argument.is === 'list' ? argument.items : [];
  if (!which || !list) return undefined;
  const index = read(which);
  const items = read(list);
  if (items.is === 'unknown') return unknown(items.why, here, items.refs);
  const item = items.is === 'list' && index.is === 'known' ? items.items[Number(index.value)] : undefined;
  return item && via(here, item);
}

function split(template: Template, argument: Node, read: Read, here: readonly Origin[]): Value | undefined {
  const [separator, source] = argument.is === 'list' ? argument.items : [];
  if (separator?.is !== 'scalar' || !source) return undefined;
  const text = read(source);
  if (text.is === 'unknown') return unknown(text.why, here, text.refs);
  if (text.is !== 'known' || String(separator.value ?? '') === '' || !spend(template, 1)) return undefined;
  const origins = [...here, ...text.origins.map(withoutLiteral)];
  const parts = String(text.value).split(String(separator.value));
  if (!spend(template, parts.length)) return unknown('the list is too long', here);
  return { is: 'list', origins, items: parts.map((value): Known => ({ is: 'known', value, origins })) };
}

function choose(template: Template, argument: Node, read: Read, here: readonly Origin[]): Value | undefined {
  const [condition, yes, no] = argument.is === 'list' ? argument.items : [];
  if (condition?.is !== 'scalar' || !yes || !no) return undefined;
  const { holds, origins } = decide(template, String(condition.value));
  if (holds === undefined)
    return unknown(
      `depends on the condition ${String(condition.value)}`,
      [...here, ...originsOf(yes), ...originsOf(no)].map(withoutLiteral),
    );
  const chosen = read(holds ? yes : no);
  // The branch itself is nearest: that is the text that holds the value.
  return { ...chosen, origins: [...chosen.origins, ...here, ...origins] };
}

function findInMap(template: Template, argument: Node, read: Read, here: readonly Origin[]): Value | undefined {
  const [map, top, second, options] = argument.is === 'list' ? argument.items : [];
  if (!map || !top || !second) return undefined;
  const keys = [map, top, second].map(read);
  const names = keys.flatMap((key) => (key.is === 'known' ? [String(key.value)] : []));
  if (names.length < 3) return unknown('a key of FindInMap is not known', here);
  const found = names.reduce<Node | undefined>((node, name) => child(node, name), template.mappings) ?? child(options, 'DefaultValue');
  if (!found || found.tag !== undefined || call(found)) return undefined;
  const value = read(found);
  return {
    ...value,
    origins: [
      ...here,
      ...value.origins.map((origin): Origin => ({ ...origin, what: 'mapping' })),
      ...keys.flatMap((key) => key.origins.slice(1)),
    ],
  };
}

export const withoutLiteral = ({ span, what }: Origin): Origin => ({ span, what });
const via = (here: readonly Origin[], value: Value): Value => ({ ...value, origins: [...here, ...value.origins] });
