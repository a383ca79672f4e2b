import type { Key, Located, Resource, View } from '../../src/model/resource.ts';
import type { World } from '../../src/model/world.ts';
import { missing, schemaOf } from './schema.ts';
import { schemaName } from './walk-values.ts';

/** A place in the code that asks resources for a path, by what it asks: whether any type that it asked has it, and those that have not. */
export interface Question {
  readonly asker: string;
  readonly path: string;
  /** A type has the path, or one without a schema was asked, of which nobody knows. */
  answered: boolean;
  readonly lacking: Set<string>;
}

/** Every question by its place in the code and its path. `asked` counts the pairs of a type and a path in it. */
export interface Questions {
  readonly byPlace: Map<string, Question>;
  readonly asked: Set<string>;
}
export const noQuestions = (): Questions => ({ byPlace: new Map(), asked: new Set() });

type Ask = (...path: readonly Key[]) => Located;
type Items = (...path: readonly Key[]) => readonly View[];

/**
 * Runs something while the resources of a world write down every path that they are asked for, from where. They stay the objects that they
 * are, since others refer to them. A question in the way of another dialect (`Properties` of a Terraform resource) is not one.
 */
export function recording(world: World, questions: Questions, run: () => void): void {
  for (const resource of world.resources) {
    const type = schemaName(resource);
    const fields = schemaOf(type);
    const cloudformation = type.startsWith('AWS::');
    const lacks = (path: readonly Key[]): string | undefined => fields && missing(fields, cloudformation ? path.slice(1) : path);
    listen(resource, [], (at, path) => {
      if (fields && cloudformation !== ([...at, ...path][0] === 'Properties')) return;
      const names = path.filter((key) => typeof key === 'string').join('.');
      if (fields) questions.asked.add(`${type} ${at.join('.')} ${names}`);
      const asker = askerOf();
      const key = `${asker.place} ${names}`;
      const question = questions.byPlace.get(key) ?? { asker: asker.name, path: names, answered: false, lacking: new Set<string>() };
      questions.byPlace.set(key, question);
      const wrong = lacks([...at, ...path]);
      if (wrong === undefined) question.answered = true;
      else question.lacking.add(`${type}.${wrong}`);
    });
  }
  const limit = Error.stackTraceLimit;
  const prepare = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  Error.stackTraceLimit = 4;
  Error.prepareStackTrace = (_, sites) => sites;
  try {
    run();
  } finally {
    Error.stackTraceLimit = limit;
    Object.defineProperty(Error, 'prepareStackTrace', prepare ?? { value: undefined, configurable: true, writable: true });
  }
}

function listen(view: Resource | View, at: readonly Key[], note: (at: readonly Key[], path: readonly Key[]) => void): void {
  const attr: Ask = view.attr.bind(view);
  const items: Items = view.items.bind(view);
  const listening = {
    attr: (...path: readonly Key[]) => {
      note(at, path);
      return attr(...path);
    },
    items: (...path: readonly Key[]) => {
      note(at, path);
      const found = items(...path);
      for (const item of found) listen(item, [...at, ...path], note);
      return found;
    },
  };
  Object.assign(view, listening);
}

/** Who called `attr` or `items`: askerOf, the note and the listener are the three calls nearest. */
function askerOf(): { readonly place: string; readonly name: string } {
  const { stack }: { stack?: unknown } = new Error();
  const site = Array.isArray(stack) ? (stack as readonly NodeJS.CallSite[])[3] : undefined;
  const file = site?.getFileName()?.replace(/^.*\/(?=(?:src|rules|test)\/)/, '') ?? '?';
  return {
    place: `${file}:${site?.getLineNumber() ?? 0}:${site?.getColumnNumber() ?? 0}`,
    name: `${file} ${site?.getFunctionName() ?? ''}`.trim(),
  };
}
