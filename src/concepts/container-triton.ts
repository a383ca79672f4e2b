import type { Concept, Fix } from '../engine/rule.ts';
import { maySee } from './may-see.ts';
import type { Located } from '../model/resource.ts';
import { runSetting, type RunSetting } from './container-settings.ts';

/** A Triton server whose clients may load models, with whether that is restricted. */
export interface Triton {
  readonly name: string;
  /** The argument that lets clients load models. */
  readonly modelControl: Located;
  /** True when an argument restricts that API to whoever has a key. */
  readonly restricted: boolean;
  /** How clients are kept from it; empty where the server is told which models to load, which it only takes in this mode. */
  readonly fix: readonly Fix[];
}

const control = /^--model-control-mode=explicit$/;
const restriction = /^--(http-restricted-api|grpc-restricted-protocol)=/;

export const triton: Concept<Triton> = {
  name: 'Triton server with explicit model control',
  sees: (type, dialect) => maySee(runSetting, type, dialect),
  *view(resource, world) {
    const settings = [...runSetting.view(resource, world)];
    const restricted = new Set(settings.filter(({ text }) => restriction.test(text)).map((setting) => setting.owner));
    // "--load-model … only valid with explicit": Triton refuses to start with the one and without the other.
    const chosen = new Set(settings.filter(({ text }) => text.startsWith('--load-model=')).map((setting) => setting.owner));
    for (const setting of settings.filter(isArgument)) {
      const { text, at, owner } = setting;
      if (!control.test(text)) continue;
      yield { name: owner, modelControl: at, restricted: restricted.has(owner), fix: chosen.has(owner) ? [] : setting.change('none') };
    }
  },
};

const isArgument = (setting: RunSetting): boolean => setting.is === 'argument';
