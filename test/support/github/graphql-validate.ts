import type { ArgumentValue, Document, FieldSelection, Operation, Schema, Selection } from './graphql-language.ts';

/** What is wrong with a request before anything is carried out, in GitHub's words where they are known. */
export function validate(schema: Schema, document: Document, operation: Operation): readonly string[] {
  const problems: string[] = [];
  const used = new Set<string>();
  const root = operation.kind === 'query' ? 'Query' : 'Mutation';

  const checkValue = (value: ArgumentValue, type: string, where: string): void => {
    if (value.is === 'variable') {
      used.add(value.name);
      const declared = operation.variables.get(value.name);
      if (declared === undefined) problems.push(`Variable $${value.name} is used by anonymous ${operation.kind} but not declared`);
      else if (declared.type !== type && declared.type !== `${type}!` && !(declared.value !== undefined && `${declared.type}!` === type)) {
        problems.push(`Type mismatch on variable $${value.name} and argument ${where} (${declared.type} / ${type})`);
      }
    } else if (value.is === 'list') {
      const inner = /^\[(.*)\]!?$/.exec(type)?.[1];
      if (inner === undefined) problems.push(`Argument '${where}' has an invalid value. Expected type '${type}'.`);
      else for (const item of value.items) checkValue(item, inner, where);
    } else if (value.is === 'object') {
      checkInput(value.fields, type.replace('!', ''), where);
    } else if (value.value === null && type.endsWith('!'))
      problems.push(`Argument '${where}' has an invalid value (null). Expected type '${type}'.`);
  };

  const checkInput = (fields: ReadonlyMap<string, ArgumentValue>, type: string, where: string): void => {
    const known = schema.types.get(type);
    for (const [name, value] of fields) {
      const field = known?.get(name);
      if (field === undefined) problems.push(`InputObject '${type}' doesn't accept argument '${name}'`);
      else checkValue(value, field.args.get('of') ?? field.type, `${where}.${name}`);
    }
  };

  const checkField = (field: FieldSelection, type: string): void => {
    if (field.name === '__typename') return;
    const known = schema.types.get(type)?.get(field.name);
    if (known === undefined) {
      problems.push(`Field '${field.name}' doesn't exist on type '${type}'`);
      return;
    }
    for (const [name, value] of field.args) {
      const expected = known.args.get(name);
      if (expected === undefined) problems.push(`Field '${field.name}' doesn't accept argument '${name}'`);
      else checkValue(value, expected, name);
    }
    const missing = [...known.args].filter(([name, wanted]) => wanted.endsWith('!') && !field.args.has(name)).map(([name]) => name);
    if (missing.length > 0) problems.push(`Field '${field.name}' is missing required arguments: ${missing.join(', ')}`);
    const composite = schema.types.has(known.type) || schema.possible.has(known.type);
    if (composite && field.selections.length === 0)
      problems.push(`Field must have selections (field '${field.name}' returns ${known.type} but has no selections.)`);
    if (!composite && field.selections.length > 0)
      problems.push(`Selections can't be made on scalars (field '${field.name}' returns ${known.type})`);
    if (composite) checkSelections(field.selections, known.type);
  };

  const checkFragment = (on: string, inside: string, selections: readonly Selection[]): void => {
    const fits =
      on === inside || (schema.possible.get(inside)?.includes(on) ?? false) || (schema.possible.get(on)?.includes(inside) ?? false);
    if (!fits) problems.push(`Fragment on ${on} can't be spread inside ${inside}`);
    else checkSelections(selections, on);
  };

  const checkSelections = (selections: readonly Selection[], type: string): void => {
    for (const selection of selections) {
      if (selection.is === 'field') checkField(selection, type);
      else if (selection.is === 'inline') checkFragment(selection.on ?? type, type, selection.selections);
      else {
        const fragment = document.fragments.get(selection.name);
        if (fragment === undefined) problems.push(`Fragment ${selection.name} was used, but not defined`);
        else checkFragment(fragment.on, type, fragment.selections);
      }
    }
  };

  checkSelections(operation.selections, root);
  for (const name of operation.variables.keys()) {
    if (!used.has(name)) problems.push(`Variable $${name} is declared by anonymous ${operation.kind} but not used`);
  }
  return problems;
}
