import type { Concept } from '../engine/rule.ts';
import { maySee } from './may-see.ts';
import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { aiPod, productOf } from './ai-workload.ts';
import { describesPods, podsOf } from './container.ts';
import { runSetting } from './container-settings.ts';
import { modelSource } from './model-source.ts';
import { servedModel } from './served-model.ts';

/** A model that a server fetches from the Hugging Face hub by name. */
export interface HubModel {
  readonly at: Located;
  readonly model: string;
  readonly owner: string;
  readonly revision: 'yes' | 'no' | 'unknown';
  /** How a revision is named there. */
  readonly pin: string;
}

/** Servers that take `--model` or `--model-id` for a name on the hub and `--revision` beside it. */
const fromHub = new Set(['vLLM', 'SGLang', 'Text Generation Inference', 'Text Embeddings Inference']);
const naming = /^--(?:model|model-id|model-path)=([\w.-]{1,100}\/[\w.-]{1,150})$/;

/** Containers of SageMaker that load a model from the hub by a variable, and the variables with which they take a revision. */
function* onSageMaker(resource: Resource, world: World): Generator<HubModel> {
  for (const { containers } of servedModel.view(resource, world))
    for (const { environment } of containers) {
      if (environment.is !== 'map' || environment.open) continue;
      const id = environment.entries.get('HF_MODEL_ID');
      const model = id?.is === 'known' ? /^[\w.-]{1,100}\/[\w.-]{1,150}$/.exec(String(id.value))?.[0] : undefined;
      if (!id || model === undefined) continue;
      const pinned = [...environment.entries.keys()].some((key) =>
        /^(?:HF_MODEL_REVISION|HF_REVISION|REVISION|OPTION_REVISION)$/.test(key),
      );
      const at: Located = { ...id, of: resource, path: [...environment.path, 'HF_MODEL_ID'] };
      yield { at, model, owner: resource.name, revision: pinned ? 'yes' : 'no', pin: 'HF_MODEL_REVISION' };
    }
}

/** KServe takes the revision after a colon: `hf://owner/model:revision`. Source: kserve_storage.py, _download_hf. */
function* onKserve(resource: Resource, world: World): Generator<HubModel> {
  for (const { of, at, uri } of modelSource.view(resource, world)) {
    const [, model, revision] = /^hf:\/\/([\w.-]{1,100}\/[\w.-]{1,150})(?::(.+))?$/.exec(uri) ?? [];
    if (model === undefined) continue;
    const moves = revision === undefined || /^(?:main|master)$/.test(revision);
    yield { at, model, owner: of.name, revision: moves ? 'no' : 'yes', pin: `hf://${model}:<commit>` };
  }
}

export const hubModel: Concept<HubModel> = {
  name: 'model from the Hugging Face hub',
  sees: (type, dialect) => maySee(servedModel, type, dialect) || describesPods(type, dialect),
  *view(resource, world) {
    yield* onSageMaker(resource, world);
    yield* onKserve(resource, world);
    const owners = new Set<string>();
    for (const pod of podsOf(resource))
      for (const container of pod.containers) {
        const name = productOf(container)?.name ?? aiPod(pod)?.what ?? '';
        const args = container.attr('args');
        const complete = args.is !== 'unknown' && (args.is !== 'list' || args.items.every((item) => item.is === 'known'));
        if (fromHub.has(name) && complete) owners.add(container.name || resource.name);
      }
    if (owners.size === 0) return;
    const settings = [...runSetting.view(resource, world)].filter((setting) => owners.has(setting.owner));
    for (const { at, text, is, owner } of settings) {
      const model = is === 'argument' ? naming.exec(text)?.[1] : undefined;
      if (model === undefined) continue;
      const pinned = settings.some(
        (other) => other.owner === owner && (/^--revision(=|$)/.test(other.text) || /^(REVISION|HF_REVISION)$/.test(other.text)),
      );
      yield { at, model, owner, revision: pinned ? 'yes' : 'no', pin: '--revision' };
    }
  },
};
