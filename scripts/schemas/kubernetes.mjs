import { execFileSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import { kubernetesKinds } from './sources.mjs';
import { filesOf } from './tarball.mjs';

/** Kubernetes' own kinds, from the client's model declarations: `apps/v1/Deployment` to its tree. */
export function kubernetesTypes(tarball) {
  const models = new Map();
  for (const [path, body] of filesOf(tarball, (name) => /\/gen\/models\/\w+\.d\.ts$/.test(name)))
    models.set(/(\w+)\.d\.ts$/.exec(path)[1], propertiesOf(body.toString()));
  const fieldsOf = (model, within) =>
    Object.fromEntries(
      models.get(model).map(({ name, required, type }) => [
        name,
        // Nobody writes a status.
        { need: required ? 'r' : 'o', ...(name === 'status' && within.length === 0 ? { form: 'any' } : shapeOf(type, within)) },
      ]),
    );
  const shapeOf = (type, within) => {
    const list = /^(?:Array|Set)<(.+)>$/.exec(type);
    if (list) {
      const inner = shapeOf(list[1], within);
      return { ...inner, form: `${inner.form}[]` };
    }
    const map = /^\{ \[key: string\]: (.+?);? \}$/.exec(type);
    if (map) return { form: `map<${map[1]}>` };
    if (!models.has(type)) return { form: type };
    return within.includes(type) ? { form: 'any' } : { form: 'object', fields: fieldsOf(type, [...within, type]) };
  };
  const out = new Map();
  for (const [version, kinds] of Object.entries(kubernetesKinds))
    for (const kind of kinds.split(' ')) out.set(`${version}/${kind}`, fieldsOf(modelOf(version, kind, models), []));
  return out;
}

/** `V1Deployment`; where two groups have a kind of one name, the class is called by its group too: `ResourceV1ResourceClaim`. */
function modelOf(version, kind, models) {
  const [, group = '', number] = /^(?:(\w+)[\w.]*\/)?v(\w+)$/.exec(version);
  const names = [`${group.replace(/^./, (first) => first.toUpperCase())}V${number}${kind}`, `V${number}${kind}`];
  const found = names.find((name) => models.has(name));
  if (!found) throw new Error(`The Kubernetes client has no model of ${version}/${kind}; looked for ${names.join(' and ')}.`);
  return found;
}

function propertiesOf(source) {
  const body = /export declare class \w+[^{]*\{\n(.*?)static readonly discriminator/s.exec(source)?.[1] ?? '';
  return [...body.matchAll(/^ {4}'(\w+|\$\w+)'(\??): ((?:\{[^}]*\}|[^;{])+);/gm)].map(([, name, optional, type]) => ({
    // Names that JavaScript keeps for itself carry an underscore: `_from`, `_continue`.
    name: name.replace(/^_/, ''),
    required: optional === '',
    type: type.replace(/\s+/g, ' ').trim(),
  }));
}

/** Custom kinds from the projects' definitions at pinned commits. `cloneOf(repository, commit)` gives a git directory that holds them. */
export function customTypes(sources, cloneOf) {
  const out = new Map();
  for (const { repository, commit, files = [], dataset = {} } of sources) {
    const clone = cloneOf(repository, commit);
    const read = (path) => execFileSync('git', ['-C', clone, 'show', `${commit}:${path}`], { encoding: 'utf8', maxBuffer: 1 << 28 });
    for (const path of files) for (const [name, schema] of definitions(read(path))) out.set(name, rootFields(schema));
    for (const [group, names] of Object.entries(dataset))
      for (const name of names.split(' ')) {
        const schema = JSON.parse(read(`${group}/${name}.json`));
        out.set(`${group}/${name.split('_')[1]}/${kindOf(name)}`, rootFields(schema));
      }
  }
  return out;
}

/** The catalogue's files carry the kind in lower case only; spelled out here where it is more than one word. */
const spelled =
  'ApplicationSet AppProject WorkflowTemplate ClusterWorkflowTemplate CronWorkflow SealedSecret CiliumNetworkPolicy CiliumClusterwideNetworkPolicy ExternalSecret SecretStore ClusterSecretStore HTTPRoute ReferenceGrant GRPCRoute TLSRoute TCPRoute HelmRelease EC2NodeClass NodePool ScaledObject ScaledJob TriggerAuthentication PodDefault ClusterQueue LocalQueue ResourceFlavor ClusterPolicy ServiceMonitor PodMonitor DestinationRule VirtualService ServiceEntry NVIDIADriver SecretProviderClass AuthorizationPolicy PeerAuthentication RequestAuthentication HelmRepository GitRepository OCIRepository SparkApplication ScheduledSparkApplication ConstraintTemplate IngressRoute ClusterStorageContainer'.split(
    ' ',
  );
function kindOf(name) {
  const lower = name.split('_')[0];
  return spelled.find((kind) => kind.toLowerCase() === lower) ?? `${lower[0].toUpperCase()}${lower.slice(1)}`;
}

function* definitions(text) {
  // Files that are Helm templates hold actions in their metadata; the schema itself is plain.
  for (const document of parseAllDocuments(text, { strict: false, uniqueKeys: false, logLevel: 'silent' })) {
    const { spec } = document.toJS({ maxAliasCount: -1 }) ?? {};
    for (const version of spec?.versions ?? [])
      if (version.schema) yield [`${spec.group}/${version.name}/${spec.names.kind}`, version.schema.openAPIV3Schema];
  }
}

const rootFields = (schema) => {
  const { fields = {} } = shapeOfSchema(schema);
  const { status: _status, metadata: _metadata, ...own } = fields;
  const identity = { need: 'o', form: 'string' };
  return {
    apiVersion: identity,
    kind: identity,
    ...own,
    metadata: { need: 'o', form: 'object', like: 'ObjectMeta' },
    status: { need: 'o', form: 'any' },
  };
};

function shapeOfSchema(schema) {
  if (schema === undefined || schema === true) return { form: 'any' };
  if (schema.type === 'array' || schema.items) {
    const inner = shapeOfSchema(schema.items);
    return { ...inner, form: `${inner.form}[]` };
  }
  const properties = { ...schema.properties };
  for (const branch of [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])])
    for (const [name, inner] of Object.entries(branch.properties ?? {})) properties[name] ??= inner;
  if (Object.keys(properties).length > 0) {
    const required = new Set(schema.required);
    return {
      form: schema['x-kubernetes-preserve-unknown-fields'] || schema.additionalProperties ? 'open' : 'object',
      fields: Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [
          name,
          {
            need: required.has(name) ? 'r' : 'o',
            ...shapeOfSchema(inner),
            ...(['string', 'number', 'boolean'].includes(typeof inner?.default) && { default: inner.default }),
          },
        ]),
      ),
    };
  }
  if (typeof schema.additionalProperties === 'object') {
    const inner = shapeOfSchema(schema.additionalProperties);
    return inner.fields ? { form: 'map', fields: inner.fields } : { form: `map<${inner.form}>` };
  }
  if (schema['x-kubernetes-int-or-string']) return { form: 'int-or-string' };
  return { form: schema.type === undefined || schema.type === 'object' ? 'any' : String(schema.type) };
}
