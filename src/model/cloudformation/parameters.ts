import { child, type Node, type ScalarNode } from '../../documents/node.ts';
import { textAt } from '../../documents/format.ts';
import { unknown, type Known, type Origin, type Value } from '../value.ts';
import { spend, type Template } from './template.ts';

/**
 * What a parameter is when nobody sets it: its default, or its only allowed value. Whoever deploys may choose another, as with a
 * Terraform variable; a parameter without a default is unknown.
 */
export function parameterValue(template: Template, name: string, parameter: Node, here: readonly Origin[]): Value {
  const type = textAt(parameter, 'Type') ?? 'String';
  const written = child(parameter, 'Default') ?? onlyAllowed(parameter);
  if (written?.is !== 'scalar' || written.value === null)
    return unknown(`the parameter ${name} has no default`, here, [{ to: `Parameters.${name}`, attr: [] }]);
  // The default is then the name of an entry in Parameter Store, not the value.
  if (type.startsWith('AWS::SSM::Parameter::Value'))
    return unknown(`the parameter ${name} is read from Parameter Store`, [...here, origin(written)]);
  if (typeof written.value === 'string' && written.value.includes('{{resolve:'))
    return unknown('dynamic reference', [...here, origin(written)]);
  if (type === 'CommaDelimitedList' || type.startsWith('List<')) return listValue(template, written, here);
  return { is: 'known', value: written.value, origins: [...here, { ...origin(written), literal: true }] };
}

const origin = ({ span }: ScalarNode): Origin => ({ span, what: 'parameter-default' });

function onlyAllowed(parameter: Node): Node | undefined {
  const allowed = child(parameter, 'AllowedValues');
  return allowed?.is === 'list' && allowed.items.length === 1 ? allowed.items[0] : undefined;
}

function listValue(template: Template, written: ScalarNode, here: readonly Origin[]): Value {
  if (!spend(template, 1)) return unknown('the list is too long', here);
  const parts = String(written.value).split(',');
  if (!spend(template, parts.length)) return unknown('the list is too long', here);
  const origins: readonly Origin[] = [...here, origin(written)];
  const only: readonly Origin[] = parts.length === 1 ? [...here, { ...origin(written), literal: true }] : origins;
  return { is: 'list', origins, items: parts.map((part): Known => ({ is: 'known', value: part.trim(), origins: only })) };
}
