import { acceleratorMachine, aiServiceText, aiTypePrefixes, hintingWords, tellingWords } from '../facts/ai-words.ts';
import { code } from '../engine/words.ts';
import type { Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { onceForEach, onceForEachIn } from './remembered.ts';

/**
 * Why a resource belongs to an AI system, in words that fit after "because" or into brackets; undefined when nothing says that it does.
 * Rules about ordinary resources (buckets, roles, databases) speak only when there is a reason, and name it.
 *
 * In order: what it is, what its own text names (an AI service, a GPU), what it is called, who uses it within a few steps, and last
 * whether the configuration around it is for AI.
 */
export const aiRelevance = onceForEachIn(
  (resource: Resource, world: World): string | undefined =>
    ownReason(resource) ?? neighbourReason(resource, world) ?? surroundings(world).get(resource.scope),
);

/** A reason that the resource gives by itself. */
export const ownReason = onceForEach(
  (resource: Resource): string | undefined => resource.aiReason ?? typeReason(resource) ?? textReason(resource) ?? nameReason(resource),
);

function typeReason(resource: Resource): string | undefined {
  const what = aiTypePrefixes.find(([prefix]) => resource.type.startsWith(prefix))?.[1];
  return what && `it is ${what}`;
}

function textReason(resource: Resource): string | undefined {
  for (const text of texts(resource.value)) {
    if (acceleratorMachine.test(text)) return `it runs on ${code(text)}`;
    const service = aiServiceText.exec(text)?.[0];
    if (service) return `it names ${code(service)}`;
  }
  return undefined;
}

const mostTexts = 500;
const mostLength = 20_000;

/** Known texts of a value, and the known pieces of partly known ones; bounded, because a pull request can hold anything. */
function* texts(value: Value): Generator<string> {
  const todo = [value];
  for (let seen = 0; seen < mostTexts; seen++) {
    const next = todo.pop();
    if (!next) return;
    if (next.is === 'known') yield String(next.value).slice(0, mostLength);
    else if (next.is === 'unknown') for (const part of next.parts ?? []) if (part) yield part.slice(0, mostLength);
    if ((next.is === 'known' || next.is === 'unknown') && next.structure) todo.push(next.structure);
    if (next.is === 'list') todo.push(...next.items.slice(0, mostTexts));
    if (next.is === 'map') todo.push(...[...next.entries.values()].slice(0, mostTexts));
  }
}

/** Attributes that hold a name people gave, in any dialect. */
const naming = [
  'name',
  'bucket',
  'bucket_prefix',
  'name_prefix',
  'description',
  'display_name',
  'identifier',
  'family',
  'project',
  'member',
  'account_id',
  'cluster_name',
];
const namingInProperties = [
  'Name',
  'BucketName',
  'RoleName',
  'PolicyName',
  'Description',
  'FunctionName',
  'DomainName',
  'ClusterName',
  'GroupDescription',
];

function nameReason(resource: Resource): string | undefined {
  const address = resource.address.replace(resource.type, '');
  const inName = wordsIn([address, ...namesGiven(resource), ...tagsOf(resource).flatMap((value) => [...texts(value)])].join(' '));
  const telling = inName.find((word) => tellingWords.has(word));
  if (telling) return `its name says ${code(telling)}`;
  const hints = [...new Set(inName.filter((word) => hintingWords.has(word)).map(singular))];
  if (hints.length > 1) return `its name says ${hints.slice(0, 2).map(code).join(' and ')}`;
  const folder = wordsIn(resource.scope).find((word) => tellingWords.has(word));
  return folder && `it stands under ${code(resource.scope)}`;
}

/** The names that people gave a resource, by its attributes. */
function namesGiven(resource: Resource): readonly string[] {
  const found: string[] = [];
  const addFrom = (value: Value, keys: readonly string[]): void => {
    if (value.is !== 'map') return;
    for (const key of keys) {
      const name = value.entries.get(key);
      if (name) for (const text of texts(name)) found.push(text);
    }
  };
  addFrom(resource.value, naming);
  addFrom(resource.attr('Properties'), namingInProperties);
  return found;
}

function tagsOf(resource: Resource): Value[] {
  const found = [resource.attr('tags'), resource.attr('labels'), resource.attr('Properties', 'Tags')];
  return found.filter((value) => value.is === 'map' || value.is === 'list');
}

const singular = (word: string): string => word.replace(/s$/, '');

/**
 * The words of a text: `mlModels`, `ml_models` and `ml-models` are all `ml` and `models`. Two neighbours are also read as one word, because
 * product names are written either way: `SageMaker`, `hugging-face`, `feature_store`.
 */
export function wordsIn(text: string): string[] {
  const parts = text
    .slice(0, mostLength)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const pairs = parts.slice(1).map((part, i) => `${parts[i] ?? ''}${part}`);
  return [...parts, ...pairs.filter((pair) => pair.length > 5)];
}

/** Everything in an account hangs together through these; a path through one of them says nothing. */
const hubs =
  /^(?:data\.|provider|terraform|module$|output|parameter$|random_|aws_(?:vpc$|subnet|kms_key|kms_alias|route|internet_gateway|nat_gateway|eip|vpc_endpoint|cloudwatch_log_group)|AWS::EC2::(?:VPC|Subnet|Route|InternetGateway|NatGateway)|AWS::KMS::|google_(?:project$|project_service|compute_network|compute_subnetwork|kms_)|azurerm_(?:resource_group|virtual_network|subnet|log_analytics|private_dns)|time_)/;

const mostSteps = 4;
const mostVisits = 200;

/** Walks to the nearest resource that is surely part of an AI system: first over what refers to this one, then over what it refers to. */
function neighbourReason(resource: Resource, world: World): string | undefined {
  const seen = new Set<Resource>([resource]);
  let ring: readonly Resource[] = [resource];
  for (let step = 1; step <= mostSteps && seen.size < mostVisits; step++) {
    const next: Resource[] = [];
    for (const from of ring) {
      if (from !== resource && hubs.test(from.type)) continue;
      for (const near of [...world.graph.dependents(from), ...world.graph.dependencies(from)]) {
        if (seen.has(near)) continue;
        seen.add(near);
        next.push(near);
      }
    }
    const found =
      next.find((near) => typeReason(near) !== undefined) ?? next.find((near) => !hubs.test(near.type) && ownReason(near) !== undefined);
    if (found) return step === 1 ? `${code(found.address)} is tied to it` : `it serves ${code(found.address)}`;
    ring = next;
  }
  return undefined;
}

/** At least this part of a configuration must be AI resources before its other resources count as part of the AI system. */
const aiShare = 0.1;

/** For each scope that is mostly for AI, the reason. */
const surroundings = onceForEach((world: World): ReadonlyMap<string, string> => {
  const counts = new Map<string, { all: number; ai: number; first?: Resource }>();
  for (const resource of world.resources) {
    if (/^(?:data\.|output|parameter$|provider|terraform|module$)/.test(resource.type)) continue;
    const count = counts.get(resource.scope) ?? { all: 0, ai: 0 };
    counts.set(resource.scope, count);
    count.all++;
    if (typeReason(resource) === undefined) continue;
    count.ai++;
    count.first ??= resource;
  }
  const reasons = new Map<string, string>();
  for (const [scope, { all, ai, first }] of counts)
    if (first && ai / all >= aiShare) reasons.set(scope, `it stands beside ${code(first.address)}`);
  return reasons;
});

/** Why a store holds models that are served or trained here, for rules that only matter for those. */
export function holdsModels(resource: Resource, world: World): string | undefined {
  const words = new Set(wordsIn([resource.name, ...namesGiven(resource)].join(' ')));
  const named = ['model', 'models', 'weights', 'checkpoint', 'checkpoints', 'mlflow', 'registry'].find((word) => words.has(word));
  const reason = aiRelevance(resource, world);
  if (named !== undefined && reason !== undefined) return reason;
  const user = world.graph
    .dependents(resource)
    .find((other) =>
      /^(?:aws_sagemaker_(?:model|mlflow|pipeline)|AWS::SageMaker::(?:Model|MlflowTrackingServer|Pipeline)|google_vertex_ai_(?:model|endpoint))/.test(
        other.type,
      ),
    );
  return user && `it holds the artifact of ${code(user.address)}`;
}
