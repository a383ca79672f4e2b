import type { Concept } from '../engine/rule.ts';
import { maySee } from './may-see.ts';
import type { Located, Resource, View } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { aiPod } from './ai-workload.ts';
import { describesPods, type Pod, podsOf } from './container.ts';
import { aiValues, parts } from './helm-values.ts';
import type { Identity } from './identity.ts';
import { identitiesOfPod, identitiesOfValues, identityNamed } from './identity-kubernetes.ts';
import { storedAt, type Stored } from './identity-questions.ts';
import { spell } from './policy-text.ts';
import { servedModel } from './served-model.ts';

/** Something that serves a model from a store of the cloud, and as whom. */
export interface ModelAccess {
  readonly resource: Resource;
  readonly identities: readonly Identity[];
  readonly models: readonly Stored[];
}

/** A model server with the identity that it runs with: SageMaker models, KServe, pods and charts that are given a model's address. */
export const modelAccess: Concept<ModelAccess> = {
  name: 'model server with its identity',
  sees: (type, dialect) => maySee(servedModel, type, dialect) || describesPods(type, dialect),
  *view(resource, world) {
    for (const model of servedModel.view(resource, world)) {
      const identity = identityNamed(model.role, world);
      const models = model.containers.flatMap(({ artifacts }) => storesIn(artifacts, world));
      if (identity && models.length > 0) yield { resource, identities: [identity], models };
    }
    for (const pod of podsOf(resource)) {
      const identities = aiPod(pod)?.role === 'model server' ? identitiesOfPod(pod, world) : [];
      const models = identities.length > 0 ? storesIn(addressesOf(pod), world) : [];
      if (models.length > 0) yield { resource, identities, models };
    }
    if (resource.dialect === 'helm-values' && aiValues(resource, world)?.role === 'model server') {
      const identities = identitiesOfValues(resource, world);
      const models = identities.length > 0 ? storesIn(modelValues(resource), world) : [];
      if (models.length > 0) yield { resource, identities, models };
    }
  },
};

const storesIn = (values: readonly Located[], world: World): readonly Stored[] =>
  values.flatMap((value) => {
    const stored = storedAt((spell(value, world) ?? '').replace(/^--[\w-]+[= ]/, ''));
    return stored ? [stored] : [];
  });

/** Names of variables and values that hold where a model comes from, not where something is written to. */
const ofModel = /model|weight|artifact|checkpoint|storage_?uri/i;
const notOfModel = /output|result|log|upload|export|cache|backup/i;
const isOfModel = (name: string): boolean => ofModel.test(name) && !notOfModel.test(name);

/** Where a pod may be told its model: KServe's `storageUri`, arguments, variables. */
const addressesOf = (pod: Pod): readonly Located[] =>
  pod.containers.flatMap((container) => [
    container.view.attr('storageUri'),
    container.view.attr('storage', 'path'),
    ...container.items('args').map((view) => asValue(view)),
    ...container
      .items('env')
      .filter((entry) => isOfModel(textAt(entry)))
      .map((entry) => entry.attr('value')),
  ]);

const textAt = (entry: View): string => {
  const name = entry.attr('name');
  return name.is === 'known' ? String(name.value) : '';
};

const asValue = (view: View): Located => ({ ...view.value, of: view.of, path: view.path });

function modelValues(values: Resource): readonly Located[] {
  return [...parts(values)].flatMap((view) =>
    view.value.is === 'map' ? [...view.value.entries.keys()].filter(isOfModel).map((key) => view.attr(key)) : [],
  );
}
