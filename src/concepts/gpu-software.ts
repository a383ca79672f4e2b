import type { Concept } from '../engine/rule.ts';
import { maySee } from './may-see.ts';
import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { chartInstall } from './chart-install.ts';
import { distinctImage } from './image.ts';

/** A part of NVIDIA's software on GPU nodes, with the version that is written for it. */
export interface GpuSoftware {
  readonly of: Resource;
  readonly is: 'driver' | 'container toolkit' | 'operator';
  /** Where the version is written. */
  readonly at: Located;
  readonly version: string;
}

/**
 * The GPU Operator's driver and toolkit: in its chart's values (`driver.version`), in its ClusterPolicy and NVIDIADriver objects; the operator
 * by its chart's version; the driver's own image. A version that is not written is the operator's own choice and not known here.
 */
export const gpuSoftware: Concept<GpuSoftware> = {
  name: 'driver, toolkit or operator of GPU nodes',
  sees: (type, dialect) => maySee(chartInstall, type, dialect) || maySee(distinctImage, type, dialect),
  *view(resource, world) {
    yield* inChart(resource, world);
    if (resource.dialect === 'kubernetes') yield* inObject(resource);
    for (const { of, at, name } of distinctImage.view(resource, world))
      if (name.path === 'nvidia/driver' && name.tag !== undefined) yield { of, is: 'driver', at, version: name.tag };
  },
};

type Given = (...path: readonly string[]) => Located;

function* inChart(resource: Resource, world: World): Generator<GpuSoftware> {
  for (const install of chartInstall.view(resource, world)) {
    if (!install.chart.names.includes('gpu-operator')) continue;
    yield* parts(install.of, (...path) => install.given(...path));
    if (install.version) yield* written(install.of, 'operator', install.version);
  }
}

function* inObject(resource: Resource): Generator<GpuSoftware> {
  const version = resource.attr('apiVersion');
  if (version.is !== 'known' || !String(version.value).startsWith('nvidia.com/')) return;
  if (resource.type === 'ClusterPolicy') yield* parts(resource, (...path) => resource.attr('spec', ...path));
  else if (resource.type === 'NVIDIADriver') yield* written(resource, 'driver', resource.attr('spec', 'version'));
}

/** What is switched off is on the nodes already, in a version of theirs. */
function* parts(of: Resource, given: Given): Generator<GpuSoftware> {
  if (!isOff(given('driver', 'enabled'))) yield* written(of, 'driver', given('driver', 'version'));
  if (!isOff(given('toolkit', 'enabled'))) yield* written(of, 'container toolkit', given('toolkit', 'version'));
}

const isOff = (enabled: Located): boolean => enabled.is === 'unknown' || (enabled.is === 'known' && enabled.value === false);

function* written(of: Resource, is: GpuSoftware['is'], at: Located): Generator<GpuSoftware> {
  if (at.is === 'known') yield { of, is, at, version: String(at.value) };
}
