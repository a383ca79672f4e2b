import { gunzipSync } from 'node:zlib';
import { filesOf } from './tarball.mjs';

/** CloudFormation's resource types from the AWS service specification, as a map from type to the tree of its properties. */
export function cloudformationTypes(tarball, isWanted) {
  const [[, packed]] = [...filesOf(tarball, (name) => name === 'package/db.json.gz')];
  const { schema } = JSON.parse(gunzipSync(packed).toString());
  const definitions = new Map(schema.typeDefinition.entities.map((definition) => [definition.$id, definition]));

  const fieldsOf = (properties, within) =>
    Object.fromEntries(
      Object.entries(properties).map(([name, { type, required, defaultValue }]) => [
        name,
        { need: required ? 'r' : 'o', ...shapeOf(type, within), ...(scalar(defaultValue) && { default: defaultValue }) },
      ]),
    );
  const shapeOf = (type, within) => {
    switch (type.type) {
      case 'ref': {
        const definition = definitions.get(type.reference.$ref);
        // A definition that holds itself, or has no listed properties, allows everything.
        if (!definition || within.includes(definition.$id) || Object.keys(definition.properties).length === 0) return { form: 'any' };
        return { form: 'object', fields: fieldsOf(definition.properties, [...within, definition.$id]) };
      }
      case 'array': {
        const inner = shapeOf(type.element, within);
        return { ...inner, form: `${inner.form}[]` };
      }
      case 'map': {
        const inner = shapeOf(type.element, within);
        return inner.fields ? { form: 'map', fields: inner.fields } : { form: `map<${inner.form}>` };
      }
      case 'union': {
        const shapes = type.types.map((one) => shapeOf(one, within));
        const structures = shapes.filter((shape) => shape.fields);
        if (structures.length > 0)
          return { form: structures[0].form, fields: Object.assign({}, ...structures.map((shape) => shape.fields)) };
        return { form: [...new Set(shapes.map((shape) => shape.form))].join('|') };
      }
      case 'tag':
        return { form: 'object', fields: { Key: { need: 'r', form: 'string' }, Value: { need: 'r', form: 'string' } } };
      default:
        return { form: type.type };
    }
  };

  return new Map(
    schema.resource.entities
      .filter(({ cloudFormationType }) => isWanted(cloudFormationType))
      .map(({ cloudFormationType, properties }) => [cloudFormationType, fieldsOf(properties, [])]),
  );
}

const scalar = (value) => ['string', 'number', 'boolean'].includes(typeof value);
