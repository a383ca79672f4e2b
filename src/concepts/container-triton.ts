import type { Concept } from '../engine/rule.ts';
import type { Located } from '../model/resource.ts';
import { runSetting, type RunSetting } from './container-settings.ts';

/** A Triton server whose clients may load models, with whether that is restricted. */
export interface Triton {
  readonly name: string;
  /** The argument that lets clients load models. */
  readonly modelControl: Located;
  /** True when an argument restricts that API to whoever has a key. */
  readonly restricted: boolean;
}

const control = /^--model-control-mode=explicit$/;
const restriction = /^--(http-restricted-api|grpc-restricted-protocol)=/;

export const triton: Concept<Triton> = {
  name: 'Triton server with explicit model control',
  *view(resource, world) {
    const settings = [...runSetting.view(resource, world)];
    const restricted = new Set(settings.filter(({ text }) => restriction.test(text)).map((setting) => setting.owner));
    for (const { text, at, owner } of settings.filter(isArgument))
      if (control.test(text)) yield { name: owner, modelControl: at, restricted: restricted.has(owner) };
  },
};

const isArgument = (setting: RunSetting): boolean => setting.is === 'argument';
