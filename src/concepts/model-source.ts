import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { podsOf } from './container.ts';

/** Where a KServe server fetches its model, or an adapter of it. */
export interface ModelSource {
  readonly of: Resource;
  readonly at: Located;
  readonly uri: string;
}

// KServe's CRDs: ComponentExtensionSpec and PredictorExtensionSpec (v1beta1), LLMModelSpec (v1alpha1 and v1alpha2).
export const modelSource = byType<ModelSource>('source of a model', {
  InferenceService: (resource) =>
    sources(resource, [
      ...podsOf(resource).flatMap((pod) => pod.containers.map((container) => container.attr('storageUri'))),
      ...resource.items('spec', 'predictor', 'storageUris').map((item) => item.attr('uri')),
    ]),
  LLMInferenceService: (resource) =>
    sources(resource, [
      resource.attr('spec', 'model', 'uri'),
      ...resource.items('spec', 'model', 'lora', 'adapters').map((item) => item.attr('uri')),
    ]),
});

const sources = (of: Resource, places: readonly Located[]): readonly ModelSource[] =>
  of.address.startsWith('serving.kserve.io/') ? places.flatMap((at) => (at.is === 'known' ? [{ of, at, uri: String(at.value) }] : [])) : [];
