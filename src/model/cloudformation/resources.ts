import { child, type Entry, type Node } from '../../documents/node.ts';
import { textAt } from '../../documents/format.ts';
import { makeResource, type Environment, type Resource } from '../resource.ts';
import type { Value } from '../value.ts';
import { conditionHolds } from './conditions.ts';
import { evaluate } from './intrinsics.ts';
import { isResource, valuesOfTemplate, type Template } from './template.ts';

/**
 * The resources of a CloudFormation template. A resource's value is the resource as the template has it, so properties are under
 * `Properties` (`attr('Properties', 'VpcConfig', 'Subnets')`) and `attr('DeletionPolicy')` is beside them. A resource whose condition is
 * false by the parameters' defaults does not exist.
 */
export function cloudFormationResources(file: string, root: Node, environment: Environment): readonly Resource[] {
  const resources = child(root, 'Resources');
  const template: Template = {
    file,
    parameters: child(root, 'Parameters'),
    mappings: child(root, 'Mappings'),
    conditions: child(root, 'Conditions'),
    resources: resources?.is === 'map' ? resources : undefined,
    decided: new Map(),
    budget: { left: valuesOfTemplate },
  };
  const entries = new Map((template.resources?.entries ?? []).map((e) => [e.key, e]));
  return [...entries.values()].flatMap((e) => oneResource(template, e, environment));
}

function oneResource(template: Template, { key, keySpan, value: node, span }: Entry, environment: Environment): readonly Resource[] {
  const type = textAt(node, 'Type');
  if (node.is !== 'map' || type === undefined) return [];
  const condition = textAt(node, 'Condition');
  if (condition !== undefined && conditionHolds(template, condition) === false) return [];
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
      value: { ...value, entries },
    }),
  ];
}

function asReferences(template: Template, value: Value): Value {
  if (value.is === 'list') return { ...value, items: value.items.map((item) => asReferences(template, item)) };
  if (value.is !== 'known' || !isResource(template, String(value.value))) return value;
  return { ...value, refs: [{ to: String(value.value), attr: [] }] };
}
