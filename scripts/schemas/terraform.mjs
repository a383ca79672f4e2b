import { filesOf } from './tarball.mjs';

const snake = (name) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/**
 * The resources and data sources of a provider, from the TypeScript declarations that describe it. Returns a map from type
 * (`aws_s3_bucket`, `data.aws_ami`) to its tree; see `share.mjs` for what a tree is. Declarations carry no defaults.
 */
export function terraformTypes(tarball, isWanted) {
  const sources = new Map();
  for (const [path, body] of filesOf(tarball, (name) => /^package\/lib\/[^/]+\/.*\.d\.ts$/.test(name))) {
    const folder = path.split('/')[2];
    sources.set(folder, `${sources.get(folder) ?? ''}\n${body.toString()}`);
  }
  const out = new Map();
  for (const source of sources.values()) {
    const found =
      /export declare class (\w+) extends cdktf\.Terraform(Resource|DataSource) \{\s*static readonly tfResourceType = "([^"]+)"/.exec(
        source,
      );
    if (!found) continue;
    const type = found[2] === 'DataSource' ? `data.${found[3]}` : found[3];
    if (isWanted(type)) out.set(type, treeOf(source, found[1]));
  }
  return out;
}

function treeOf(source, name) {
  const inputs = inputsOf(source);
  const outputs = outputsOf(source);
  const build = (inputName, outputName, within) => {
    const fields = {};
    for (const field of inputs.get(inputName) ?? []) {
      const inner = /^\w+/.exec(field.type)?.[0];
      const need = field.required ? 'r' : 'o';
      if (inner !== undefined && inputs.has(inner)) {
        const form = `${field.block ? 'block' : 'object'}${field.type.includes('[]') ? '[]' : ''}`;
        // A structure that holds itself is followed once; below that everything is allowed.
        fields[field.name] = within.includes(inner)
          ? { need, form: 'any' }
          : { need, form, fields: build(inner, inner, [...within, inner]) };
      } else fields[field.name] = { need, form: field.type };
    }
    for (const [output, type] of outputs.get(outputName) ?? []) fields[snake(output)] ??= { need: 'c', ...shapeOf(type, within) };
    return fields;
  };
  /** What the provider computes may be a structure too, or a list of them; both have a class of their own. */
  const shapeOf = (type, within) => {
    const inner = type.replace(/(?:List|OutputReference)$/, '');
    if (inner === type || !outputs.has(inner)) return { form: plainType(type) };
    if (within.includes(inner)) return { form: 'any' };
    return { form: type.endsWith('List') ? 'object[]' : 'object', fields: build(inner, inner, [...within, inner]) };
  };
  return build(`${name}Config`, name, []);
}

function inputsOf(source) {
  const out = new Map();
  for (const [, name, body] of source.matchAll(/^export interface (\w+)[^{]*\{\n(.*?)^\}/gms)) {
    const fields = [];
    for (const [, doc, property, optional, type] of body.matchAll(/\/\*\*(.*?)\*\/\s*readonly (\w+)(\??): ((?:\{[^}]*\}|[^;{])+);/gs)) {
      // The link's anchor is the real name; the property is its camel case.
      const real = /\{@link \S*#(\S+) \S+\}/.exec(doc)?.[1] ?? snake(property);
      fields.push({ name: real, required: optional === '', block: / block\n/.test(doc), type: plainType(type) });
    }
    out.set(name, fields);
  }
  return out;
}

/** Getters without an `…Input` twin: what the provider alone knows. */
function outputsOf(source) {
  const out = new Map();
  for (const [, name, body] of source.matchAll(
    /^export declare class (\w+?)(?:OutputReference)? extends cdktf\.(?!ComplexList)\w+ \{\n(.*?)^\}/gms,
  )) {
    const getters = [...body.matchAll(/^\s+get (\w+)\(\): ([^;]+);/gm)].map(([, getter, type]) => [getter, type]);
    const names = new Set(getters.map(([getter]) => getter));
    out.set(
      name,
      getters.filter(
        ([getter]) => !getter.endsWith('Input') && !names.has(`${getter}Input`) && getter !== 'internalValue' && getter !== 'fqn',
      ),
    );
  }
  return out;
}

function plainType(type) {
  const flat = type
    .replaceAll('cdktf.IResolvable | ', '')
    .replaceAll(' | cdktf.IResolvable', '')
    .replaceAll('cdktf.', '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\(([\w ]+)\)/g, '$1')
    .replaceAll('boolean', 'bool')
    .trim();
  const map = /^\{ \[key: string\]: (.*?);? \}(\[\])?$/.exec(flat);
  if (map) return `map<${map[1]}>${map[2] ?? ''}`;
  const computedMap = /^(String|Number|Boolean|Any)Map(List)?$/.exec(flat);
  if (computedMap) return `map<${computedMap[1].toLowerCase()}>${computedMap[2] ? '[]' : ''}`;
  return flat === 'IResolvable' ? 'bool' : flat;
}
