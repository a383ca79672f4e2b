import { child, type Entry, type Node } from '../../documents/node.ts';
import { textAt } from '../../documents/format.ts';
import { makeResource, type Environment, type Resource } from '../resource.ts';
import { nodeValue } from '../node-value.ts';
import type { Value } from '../value.ts';
import { decide } from './conditions.ts';
import { evaluate } from './intrinsics.ts';
import { isResource, valuesOfTemplate, type Template } from './template.ts';

/**
 * The resources of a CloudFormation template. A resource's value is the resource as the template has it, so properties are under
 * `Properties` (`attr('Properties', 'VpcConfig', 'Subnets')`) and `attr('DeletionPolicy')` is beside them. A resource whose condition is
 * false by the parameters' defaults does not exist. Parameters and outputs are there too, as `Parameters.<name>` and `Outputs.<name>` of the
 * types `parameter` and `output`, with their own keys at the top.
 */
export function cloudFormationResources(file: string, root: Node, environment: Environment): readonly Resource[] {
  const template: Template = {
    file,
    parameters: new Map(entriesOf(child(root, 'Parameters')).map((e) => [e.key, e.value])),
    mappings: child(root, 'Mappings'),
    conditions: child(root, 'Conditions'),
    resources: new Map(entriesOf(child(root, 'Resources')).map((e) => [e.key, e])),
    decided: new Map(),
    budget: { left: valuesOfTemplate },
  };
  return [
    ...[...template.resources.values()].flatMap((e) => oneResource(template, e, environment)),
    ...entriesOf(child(root, 'Parameters')).flatMap((e) =>
      part(template, 'parameter', `Parameters.${e.key}`, e, nodeValue(e.value), environment),
    ),
    ...entriesOf(child(root, 'Outputs')).flatMap((e) =>
      part(template, 'output', `Outputs.${e.key}`, e, evaluate(template, e.value), environment),
    ),
  ];
}

function part(
  template: Template,
  type: 'parameter' | 'output',
  address: string,
  { key, keySpan, span }: Entry,
  value: Value,
  environment: Environment,
): readonly Resource[] {
  if (value.is !== 'map') return [];
  return [
    makeResource({ dialect: 'cloudformation', type, address, name: key, scope: template.file, environment, at: keySpan, span, value }),
  ];
}

const entriesOf = (node: Node | undefined): readonly Entry[] => (node?.is === 'map' ? node.entries : []);

function oneResource(template: Template, { key, keySpan, value: node, span }: Entry, environment: Environment): readonly Resource[] {
  const type = textAt(node, 'Type');
  if (node.is !== 'map' || type === undefined) return [];
  const condition = textAt(node, 'Condition');
  const decision = condition === undefined ? undefined : decide(template, condition);
  if (decision?.holds === false) return [];
  const value = evaluate(template, node);
  if (value.is !== 'map') return [];
  const dependsOn = value.entries.get('DependsOn');
  const entries = dependsOn ? new Map([...value.entries, ['DependsOn', asReferences(template, dependsOn)]]) : value.entries;
  return [
    makeResource({
      dialect: 'cloudformation',
      type,
      address: key,
      name: key,
      scope: template.file,
      environment,
      at: keySpan,
      span,
      // What lets it exist is a place of the whole resource.
      value: { ...value, entries, origins: [...value.origins, ...(decision?.holds === true ? decision.origins : [])] },
    }),
  ];
}

function asReferences(template: Template, value: Value): Value {
  if (value.is === 'list') return { ...value, items: value.items.map((item) => asReferences(template, item)) };
  if (value.is !== 'known' || !isResource(template, String(value.value))) return value;
  return { ...value, refs: [{ to: String(value.value), attr: [] }] };
}
