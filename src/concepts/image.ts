import type { Concept } from '../engine/rule.ts';
import { maySee } from './may-see.ts';
import { list } from '../engine/words.ts';
import type { Located, Resource, View } from '../model/resource.ts';
import { describesPods, podsOf } from './container.ts';
import { parts } from './helm-values.ts';
import { isPullable, parseImage, type ImageName } from './image-name.ts';

/** An image that something runs. */
export interface RunImage {
  readonly of: Resource;
  readonly name: ImageName;
  /** The reference without its tag, as written. */
  readonly repository: string;
  /** Where its version is written: the whole reference, or a chart's own `tag` key. */
  readonly at: Located;
  /** Where it is written what it is called: the whole reference, or a chart's `registry` or `repository` key. */
  readonly named: Located;
  /** What runs it, in words: "container server", "the chart". */
  readonly runs: string;
  /** The tag may come from elsewhere when the key is empty: a chart's appVersion. */
  readonly emptyMeansDefault: boolean;
  readonly privileged: boolean;
}

export const runImage: Concept<RunImage> = {
  name: 'image that a workload runs',
  sees: (type, dialect) => elsewhere.has(type) || describesPods(type, dialect),
  *view(resource) {
    for (const pod of podsOf(resource))
      for (const container of pod.containers) {
        const at = container.attr('image');
        const privileged = container.attr('securityContext', 'privileged');
        if (at.is !== 'known' || typeof at.value !== 'string') continue;
        yield whole(at, at.value, container.name || 'the model server', privileged.is === 'known' && privileged.value === true);
      }
    if (resource.dialect === 'helm-values') yield* imagesInValues(resource);
    else yield* imagesElsewhere(resource);
  },
};

/** The same, each image once for each resource: what a message has to say of it is the same for every container that runs it. */
export const distinctImage: Concept<RunImage> = {
  name: 'image that a workload runs, said once',
  sees: (type, dialect) => maySee(runImage, type, dialect),
  *view(resource, world) {
    const same = new Map<string, RunImage[]>();
    for (const image of runImage.view(resource, world)) {
      const reference = [image.repository, image.name.tag, image.name.digest].join('|');
      const found = same.get(reference);
      if (found) found.push(image);
      else same.set(reference, [image]);
    }
    for (const images of same.values()) {
      const [first] = images;
      const runs = list([...new Set(images.map((image) => image.runs))]);
      if (first) yield { ...first, runs, privileged: images.some((image) => image.privileged) };
    }
  },
};

function whole(at: Located, reference: string, runs: string, privileged = false): RunImage {
  const name = parseImage(reference);
  const named = reference.split('@', 1).join('');
  const repository = name.tag === undefined ? named : named.slice(0, -name.tag.length - 1);
  return { of: at.of, name, repository, at, named: at, runs, privileged, emptyMeansDefault: false };
}

/** Repositories are in lower case; anything else, and a bare name that nobody publishes, is what a tool puts the real image in for. */
export const isRealName = ({ repository, name }: RunImage): boolean => /^[a-z0-9][a-z0-9._/:-]*$/.test(repository) && isPullable(name);

const registryKeys = ['registry', 'imageRegistry'];
const repositoryKeys = ['repository', 'repo', 'name'];

/** `image: {registry, repository, tag, digest}` at any depth, and `image: name:tag`. */
function* imagesInValues(resource: Resource): Generator<RunImage> {
  for (const view of parts(resource)) {
    const owner = view.path.findLast((step) => typeof step === 'string') ?? 'the chart';
    if (view.value.is === 'map')
      for (const key of view.value.entries.keys()) {
        const text = /^image$|Image$/.test(key) ? view.attr(key) : undefined;
        if (text?.is === 'known' && typeof text.value === 'string' && /[:/]/.test(text.value))
          yield whole(text, text.value, key === 'image' ? owner : key);
      }
    const image = splitImage(view);
    if (image) yield image;
  }
}

function splitImage(view: View): RunImage | undefined {
  const parent = String(view.path.at(-1) ?? '');
  const repositoryAt = repositoryKeys.map((key) => view.attr(key)).find((value) => value.is === 'known');
  const tag = view.attr('tag');
  const looksLikeImage =
    /image$/i.test(parent) || view.attr('pullPolicy').is !== 'absent' || (tag.is === 'known' && view.attr('repository').is === 'known');
  if (!looksLikeImage || repositoryAt?.is !== 'known' || typeof repositoryAt.value !== 'string') return undefined;
  if (tag.is === 'unknown' || tag.is === 'map' || tag.is === 'list') return undefined;
  const registry = registryKeys.map((key) => view.attr(key)).find((value) => value.is === 'known');
  const digest = view.attr('digest');
  const repository =
    registry?.is === 'known' && registry.value !== '' ? `${String(registry.value)}/${repositoryAt.value}` : repositoryAt.value;
  const inRepository = parseImage(repository);
  const tagText = tag.is === 'known' && tag.value !== '' ? String(tag.value) : inRepository.tag;
  return {
    of: view.of,
    repository,
    name: {
      ...inRepository,
      ...(tagText === undefined ? {} : { tag: tagText }),
      ...(digest.is === 'known' && digest.value !== '' ? { digest: String(digest.value) } : {}),
    },
    at: tag.is === 'absent' ? repositoryAt : tag,
    named: registry?.is === 'known' && registry.value !== '' ? registry : repositoryAt,
    runs: view.path.slice(0, /image$/i.test(parent) ? -1 : undefined).findLast((step) => typeof step === 'string') ?? 'the chart',
    emptyMeansDefault: true,
    privileged: false,
  };
}

const elsewhere: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  [
    'aws_sagemaker_model',
    [
      ['primary_container', 'image'],
      ['container', 'image'],
    ],
  ],
  [
    'AWS::SageMaker::Model',
    [
      ['Properties', 'PrimaryContainer', 'Image'],
      ['Properties', 'Containers', 'Image'],
    ],
  ],
  ['AWS::SageMaker::InferenceComponent', [['Properties', 'Specification', 'Container', 'Image']]],
  ['aws_sagemaker_training_job', [['algorithm_specification', 'training_image']]],
  ['AWS::SageMaker::ProcessingJob', [['Properties', 'AppSpecification', 'ImageUri']]],
  ['aws_bedrockagentcore_agent_runtime', [['agent_runtime_artifact', 'container_configuration', 'container_uri']]],
  ['AWS::BedrockAgentCore::Runtime', [['Properties', 'AgentRuntimeArtifact', 'ContainerConfiguration', 'ContainerUri']]],
  ['google_cloud_run_v2_service', [['template', 'containers', 'image']]],
  ['google_vertex_ai_endpoint_with_model_garden_deployment', [['model_config', 'container_spec', 'image_uri']]],
  ['azurerm_container_app', [['template', 'container', 'image']]],
]);

function* imagesElsewhere(resource: Resource): Generator<RunImage> {
  for (const path of elsewhere.get(resource.type) ?? []) {
    const at = resource.attr(...path);
    if (at.is === 'known' && typeof at.value === 'string') yield whole(at, at.value, resource.name);
  }
  if (resource.type !== 'NIMService') return;
  for (const view of resource.items('spec', 'image')) {
    const image = splitImage(view);
    if (image) yield { ...image, emptyMeansDefault: false, runs: resource.name };
  }
}
