import type { Concept, Literal } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { isMissing, textOf } from './setting.ts';
import { writtenAs } from './written-as.ts';

/** A resource of Vertex AI without a key of the team's own, beside others of the same place that have one. */
export interface UnevenKey {
  readonly of: Resource;
  readonly at: Located;
  /** A resource beside it that has the key. */
  readonly sibling: string;
  /** The key of all those beside it, as an expression or text that can stand here too. */
  readonly key: Literal;
}

const keyed: ReadonlySet<string> = new Set([
  'google_vertex_ai_endpoint',
  'google_vertex_ai_featurestore',
  'google_vertex_ai_tensorboard',
  'google_vertex_ai_dataset',
  'google_vertex_ai_metadata_store',
  'google_colab_runtime_template',
]);

const keyOf = (resource: Resource): Located => resource.attr('encryption_spec', 'kms_key_name');

export const unevenKey: Concept<UnevenKey> = {
  name: 'Vertex AI resource without the key of its siblings',
  types: keyed,
  *view(of, world) {
    if (!keyed.has(of.type) || !isMissing(keyOf(of))) return;
    const siblings = siblingsOf(of, world);
    const [first] = siblings;
    const keys = new Set(siblings.map((one) => JSON.stringify(writtenAs(keyOf(one)))));
    const key = first && writtenAs(keyOf(first));
    if (first && key !== undefined && keys.size === 1) yield { of, at: keyOf(of), sibling: first.address, key };
  },
};

/** Those of the same configuration and region that name a key: a key serves one region only. */
function siblingsOf(of: Resource, world: World): readonly Resource[] {
  return world.resources.filter(
    (other) =>
      keyed.has(other.type) &&
      other.scope === of.scope &&
      moduleOf(other) === moduleOf(of) &&
      regionOf(other) === regionOf(of) &&
      !isMissing(keyOf(other)),
  );
}

const moduleOf = ({ address, type }: Resource): string => address.slice(0, Math.max(0, address.indexOf(`${type}.`)));

function regionOf(resource: Resource): string {
  const at = [resource.attr('region'), resource.attr('location')].find((value) => value.is !== 'absent');
  return at ? (textOf(at) ?? JSON.stringify(at.is === 'unknown' ? at.refs : '')) : '';
}
