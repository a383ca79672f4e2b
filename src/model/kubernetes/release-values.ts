import { posix } from 'node:path';
import type { Span } from '../../documents/span.ts';
import { embedded } from '../embedded.ts';
import { opened, overlaid } from '../merge.ts';
import { makeResource, type Environment, type Resource } from '../resource.ts';
import { absent, unknown, type Dict, type Known, type Origin, type Value } from '../value.ts';

/** One value of `--set`: `service.ports[0].port` with what it is set to. */
export interface SetValue {
  readonly name: Value;
  readonly value: Value;
  /** Text stays text, as `--set-string` has it. */
  readonly text: boolean;
  /** Where the setting as a whole is written. */
  readonly origins: readonly Origin[];
}

/** A chart as something else installs it: a Terraform `helm_release`, an Argo CD Application, a Flux HelmRelease. */
export interface Release {
  readonly address: string;
  readonly name: string;
  /** Of its own, so that the values find their chart and no other. */
  readonly scope: string;
  readonly environment: Environment;
  readonly at: Span;
  readonly span: Span;
  readonly chart: Value;
  readonly version: Value;
  readonly repository: Value;
  /** Values in order; a later one wins. Texts are read as YAML. */
  readonly layers: readonly Value[];
  readonly sets: readonly SetValue[];
  /** Values come in from where we can't see. */
  readonly others: boolean;
}

/**
 * A release as resources that rules know: the chart that it names, and its values laid over each other in one tree. Each value keeps its
 * origins: a line of a heredoc or file, or the `set` that gives it. The chart's own defaults are not in it.
 */
export function releaseResources(release: Release): readonly Resource[] {
  const values = valuesOf(release);
  const { address, scope, environment, at, span, name } = release;
  const chart = chartValue(release);
  const common = { dialect: 'helm-values', scope, environment, span } as const;
  return [
    ...(chart ? [makeResource({ ...common, type: 'chart', address: `${address}#chart`, name, at, value: chart })] : []),
    ...(values ? [makeResource({ ...common, type: 'values', address, name, at, value: values })] : []),
  ];
}

/** Undefined when nothing of the values is known. */
function valuesOf({ layers, sets, others }: Release): Dict | undefined {
  const empty: Dict = { is: 'map', entries: new Map(), origins: [] };
  let values: Value = empty;
  for (const layer of layers) {
    const tree = treeOf(layer);
    if (tree.is !== 'absent') values = values.is === 'map' && values.entries.size === 0 && !values.open ? tree : overlaid(values, tree);
    // Later layers are still known after one that is not.
    if (values.is === 'unknown') values = { ...empty, open: true, origins: values.origins };
  }
  const origins = values.origins;
  for (const set of sets) if (values.is === 'map') values = withSet(values, set);
  if (values.is !== 'map' || values.entries.size === 0) return undefined;
  const complete = others ? opened(values) : values;
  return complete.is === 'map' ? { ...complete, origins: origins.length > 0 ? origins : values.origins } : undefined;
}

/** A layer as a map. Text without anything in it is no layer. */
function treeOf(layer: Value): Value {
  if (layer.is === 'known' && String(layer.value).trim() === '') return absent(layer.origins);
  const tree = embedded(layer, 'yaml');
  if (tree.is === 'map' || tree.is === 'absent') return tree;
  if (tree.is === 'known' && !/^[^#\n]/m.test(String(tree.value))) return absent(tree.origins);
  return unknown('these values could not be read', layer.origins);
}

/** `oci://registry/charts/vllm:1.2`, `./charts/vllm`, `vllm-0.1.0.tgz` -> `vllm`. */
function chartValue({ chart, version, repository }: Release): Dict | undefined {
  if (chart.is !== 'known') return undefined;
  const name = posix
    .basename(String(chart.value))
    .replace(/\.tgz$/, '')
    .replace(/[:@].*$/, '')
    .replace(/-v?\d+(?:\.\d+)+.*$/, '');
  if (name === '' || name === '.') return undefined;
  const entries = new Map<string, Value>([['name', { is: 'known', value: name, origins: chart.origins }]]);
  if (version.is !== 'absent') entries.set('version', version);
  if (repository.is !== 'absent') entries.set('repository', repository);
  return { is: 'map', entries, origins: chart.origins };
}

function withSet(values: Dict, { name, value, text, origins }: SetValue): Value {
  const path = name.is === 'known' ? setPath(String(name.value)) : undefined;
  // Which value is set is not known: it may be any.
  if (!path) return opened(values);
  return put(values, path, setTo(value, text), origins) ?? values;
}

type Step = string | number;
const maxSteps = 30;
const maxIndex = 1000;

/** The steps of a `--set` name: `a.b[0]`, `a\.b`. Undefined for what Helm would refuse. */
export function setPath(name: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  let key = '';
  let afterIndex = false;
  const close = (): void => {
    if (!afterIndex) steps.push(key);
    key = '';
    afterIndex = false;
  };
  for (let i = 0; i < name.length; i++) {
    const c = name[i];
    if (c === '\\') key += name.charAt(++i);
    else if (c === '.') close();
    else if (c === '[') {
      const end = name.indexOf(']', i);
      const index = name.slice(i + 1, end);
      if (end === -1 || !/^\d{1,4}$/.test(index) || Number(index) > maxIndex) return undefined;
      if (!afterIndex) close();
      steps.push(Number(index));
      afterIndex = true;
      i = end;
    } else if (afterIndex) return undefined;
    else key += name.charAt(i);
  }
  close();
  return steps.length > maxSteps || steps.includes('') ? undefined : steps;
}

/** The value in place, or undefined where what is there is neither map nor list. */
function put(at: Value, [step, ...rest]: readonly Step[], value: Value, origins: readonly Origin[]): Value | undefined {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const items = at.is === 'list' ? [...at.items] : [];
    while (items.length < step) items.push(absent(origins));
    const inner = put(items[step] ?? absent(origins), rest, value, origins);
    if (inner) items[step] = inner;
    return { is: 'list', items, origins: at.is === 'list' ? at.origins : origins, ...(at.is === 'list' && at.open ? { open: true } : {}) };
  }
  if (at.is === 'unknown') return undefined;
  const entries = new Map(at.is === 'map' ? at.entries : []);
  const inner = put(entries.get(step) ?? absent(origins), rest, value, origins);
  if (!inner) return undefined;
  if (inner.is === 'absent' && rest.length === 0) entries.delete(step);
  else entries.set(step, inner);
  return { is: 'map', entries, origins: at.is === 'map' ? at.origins : origins, ...(at.is === 'map' && at.open ? { open: true } : {}) };
}

/** Helm reads what is set as `true`, a number, `null` or a list `{a,b}`, unless it is told that it is text. */
function setTo(value: Value, text: boolean): Value {
  if (value.is !== 'known') return value;
  const { origins, refs } = value;
  const made = (scalar: string | number | boolean): Known => ({ is: 'known', value: scalar, origins, ...(refs ? { refs } : {}) });
  const written = String(value.value);
  if (text) return made(written);
  if (written === 'true' || written === 'false') return made(written === 'true');
  if (written === 'null') return absent(origins);
  if (/^-?(?:0|[1-9]\d{0,14})$/.test(written)) return made(Number(written));
  if (/^\{.*\}$/s.test(written)) {
    const inside = written.slice(1, -1).trim();
    // The parts have no place of their own that could be replaced.
    const places = origins.map(({ span, what }) => ({ span, what }));
    const items =
      inside === ''
        ? []
        : inside
            .split(',')
            .slice(0, maxIndex)
            .map((item): Value => ({ is: 'known', value: item.trim(), origins: places }));
    return { is: 'list', items, origins: places };
  }
  return typeof value.value === 'string' ? made(written.replace(/\\([,.])/g, '$1')) : value;
}
