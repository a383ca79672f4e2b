import type { Concept, Fix } from '../engine/rule.ts';
import type { Located, Resource, View } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { describesPods, podsOf } from './container.ts';
import { ownerName, parts } from './helm-values.ts';

/** One argument or environment variable of something that runs, in any dialect. */
export interface RunSetting {
  readonly of: Resource;
  readonly at: Located;
  readonly is: 'argument' | 'variable';
  /** For an argument: the argument, with a value that follows it joined by `=`. For a variable: its name. */
  readonly text: string;
  /** The variable's value. */
  readonly value: string;
  /** What runs with it, as a short name. */
  readonly owner: string;
  /** How it is taken out; empty where that cannot be said. */
  readonly removal: readonly Fix[];
  /** How it is given another value; empty where that cannot be said. */
  readonly change: (value: string) => readonly Fix[];
}

const inPlace = (at: Located): RunSetting['change'] => {
  return (value) => [{ do: 'set', at, to: value }];
};

export const runSetting: Concept<RunSetting> = {
  name: 'argument or environment variable',
  sees: (type, dialect) => environmentPaths.has(type) || type === 'google_cloud_run_v2_service' || describesPods(type, dialect),
  *view(resource, world) {
    for (const pod of podsOf(resource))
      for (const container of pod.containers) {
        const owner = container.name || resource.name;
        yield* variables(container.items('env'), owner);
        for (const key of ['command', 'args']) yield* listArguments(container.view, key, owner);
      }
    if (resource.type === 'ConfigMap') yield* inScripts(resource);
    if (resource.dialect === 'helm-values') yield* inValues(resource, world);
    else yield* environments(resource);
  },
};

function* variables(entries: readonly View[], owner: string): Generator<RunSetting> {
  for (const entry of entries) {
    const [name, value] = [entry.attr('name'), entry.attr('value')];
    if (name.is === 'known' && value.is === 'known')
      yield {
        of: entry.of,
        at: value,
        is: 'variable',
        text: String(name.value),
        value: String(value.value),
        owner,
        removal: [{ do: 'remove', at: entry }],
        change: inPlace(value),
      };
  }
}

function* listArguments(view: View, key: string, owner: string): Generator<RunSetting> {
  const list = view.attr(key);
  if (list.is === 'known' && typeof list.value === 'string') yield* inLine(list, list.value, owner);
  if (list.is !== 'list') return;
  for (const [i, item] of list.items.entries()) {
    if (item.is !== 'known') continue;
    const at: Located = { ...item, of: view.of, path: [...list.path, i] };
    const text = String(item.value);
    if (/\s/.test(text.trim())) {
      yield* inLine(at, text, owner);
      continue;
    }
    const next = list.items[i + 1];
    const follows =
      text.startsWith('--') && !text.includes('=') && next?.is === 'known' && !String(next.value).startsWith('-')
        ? { ...next, of: view.of, path: [...list.path, i + 1] }
        : undefined;
    yield argument(at, text, follows, owner);
  }
}

/** One item of a list of arguments, with the item after it where that is its value. */
function argument(at: Located, text: string, follows: Located | undefined, owner: string): RunSetting {
  const value = follows?.is === 'known' ? String(follows.value) : undefined;
  return {
    of: at.of,
    at,
    is: 'argument',
    text: value === undefined ? text : `${text}=${value}`,
    value: '',
    owner,
    removal: [{ do: 'remove', at }, ...(follows ? [{ do: 'remove' as const, at: follows }] : [])],
    change: follows ? inPlace(follows) : (to) => [{ do: 'set', at, to: `${text.replace(/=.*/s, '')}=${to}` }],
  };
}

/** The arguments inside a shell line, at most 200. */
function* inLine(at: Located, line: string, owner: string): Generator<RunSetting> {
  const words = [...line.slice(0, 20_000).matchAll(/[^\s;&|\\]+/g)].slice(0, 200);
  for (const [i, { 0: word, index }] of words.entries()) {
    if (!word.startsWith('--')) continue;
    const next = words[i + 1];
    const follows = !word.includes('=') && next !== undefined && !next[0].startsWith('-') ? next : undefined;
    const end = follows ? follows.index + follows[0].length : index + word.length;
    yield {
      of: at.of,
      at,
      is: 'argument',
      text: follows ? `${word}=${follows[0]}` : word,
      value: '',
      owner,
      removal: outOfLine(at, line, index, end),
      change: () => [],
    };
  }
}

/** Cuts words out of a script: with their line where they have one to themselves and it goes on behind them, else with the blank before. */
function outOfLine(at: Located, line: string, start: number, end: number): readonly Fix[] {
  const file = at.is === 'known' ? (at.textFile ?? at.origins[0]?.span.file) : undefined;
  const offsets = at.is === 'known' ? at.offsets : undefined;
  if (file === undefined || offsets === undefined) return [];
  const lineStart = line.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*\\?(?:\n|$)/.exec(line.slice(end))?.[0];
  const own = line.slice(lineStart, start).trim() === '' && lineStart > 0;
  if (own && rest?.includes('\\'))
    return [{ do: 'replace', span: { file, start: offsets(lineStart), end: offsets(end + rest.length) }, text: '' }];
  const from = start - (/[ \t]+$/.exec(line.slice(lineStart, start))?.[0].length ?? 0);
  return own || from === start ? [] : [{ do: 'replace', span: { file, start: offsets(from), end: offsets(end) }, text: '' }];
}

function* inValues(resource: Resource, world: World): Generator<RunSetting> {
  for (const view of parts(resource)) {
    const owner = ownerName(view, world);
    for (const key of ['args', 'extraArgs', 'command', 'customArgs', 'extraContainerArgs']) yield* listArguments(view, key, owner);
    for (const key of ['env', 'extraEnv', 'extraEnvVars', 'envVars', 'environment']) {
      const environment = view.attr(key);
      if (environment.is === 'list') yield* variables(view.items(key), owner);
      else yield* mapVariables(view, key, owner);
    }
  }
}

const mostText = 200_000;
const keyword = /^(?![^\S\n]*#)[^\n]*?\b(trust_remote_code)["']?[^\S\n]*[:=][^\S\n]*(?:True|true)\b/m;

/** The keyword arguments that a server's own program in a ConfigMap passes on: the first of each file, as `name=True`, on its own line. */
function* inScripts(resource: Resource): Generator<RunSetting> {
  const data = resource.attr('data');
  if (data.is !== 'map') return;
  for (const [name, value] of data.entries) {
    if (value.is !== 'known' || typeof value.value !== 'string' || value.value.length > mostText) continue;
    const match = keyword.exec(value.value);
    const file = value.origins[0]?.span.file;
    if (!match?.[1]) continue;
    const start = match.index + match[0].lastIndexOf(match[1]);
    const place =
      value.offsets && file !== undefined ? { file, start: value.offsets(start), end: value.offsets(start + match[1].length) } : undefined;
    const origins = place ? [{ span: place, what: 'attribute' as const }] : value.origins;
    const at: Located = { is: 'known', value: value.value, origins, of: resource, path: [...data.path, name] };
    yield { of: resource, at, is: 'argument', text: `${match[1]}=True`, value: '', owner: resource.name, removal: [], change: () => [] };
  }
}

const environmentPaths: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  [
    'aws_sagemaker_model',
    [
      ['primary_container', 'environment'],
      ['container', 'environment'],
    ],
  ],
  ['aws_lambda_function', [['environment', 'variables']]],
  ['aws_sagemaker_training_job', [['environment']]],
  ['aws_bedrockagentcore_agent_runtime', [['environment_variables']]],
  [
    'AWS::SageMaker::Model',
    [
      ['Properties', 'PrimaryContainer', 'Environment'],
      ['Properties', 'Containers', 'Environment'],
    ],
  ],
  ['AWS::SageMaker::InferenceComponent', [['Properties', 'Specification', 'Container', 'Environment']]],
  ['AWS::SageMaker::ProcessingJob', [['Properties', 'Environment']]],
  ['AWS::BedrockAgentCore::Runtime', [['Properties', 'EnvironmentVariables']]],
  ['AWS::Lambda::Function', [['Properties', 'Environment', 'Variables']]],
  ['ConfigMap', [['data']]],
]);

function* environments(resource: Resource): Generator<RunSetting> {
  for (const path of environmentPaths.get(resource.type) ?? []) yield* mapVariables(resource, path, resource.name);
  if (resource.type === 'google_cloud_run_v2_service')
    for (const item of resource.items('template', 'containers')) yield* variables(item.items('env'), resource.name);
}

function* mapVariables(view: View, path: string | readonly string[], owner: string): Generator<RunSetting> {
  const map = view.attr(...(typeof path === 'string' ? [path] : path));
  if (map.is !== 'map') return;
  for (const [name, value] of map.entries)
    if (value.is === 'known') {
      const at: Located = { ...value, of: view.of, path: [...map.path, name] };
      yield {
        of: view.of,
        at,
        is: 'variable',
        text: name,
        value: String(value.value),
        owner,
        removal: [{ do: 'remove', at }],
        change: inPlace(at),
      };
    }
}

/** The fix that a table of settings names for one of its rows. */
export const mended = ({ removal, change }: RunSetting, mend: 'remove' | { readonly to: string } | undefined): readonly Fix[] =>
  mend === undefined ? [] : mend === 'remove' ? removal : change(mend.to);
