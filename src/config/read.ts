import type { ParseError } from '../documents/document.ts';
import { parseYaml } from '../documents/data.ts';
import type { MapNode } from '../documents/node.ts';
import type { SourceFile } from '../documents/snapshot.ts';
import { lineAt, lineStarts, type Span } from '../documents/span.ts';
import { code } from '../engine/words.ts';
import { keys, locked, type Key, type Settings } from './settings.ts';
import { refuse, unknownKeys, type Known, type Reading } from './shape.ts';

/** Settings as one commit has them. */
export interface ReadSettings {
  readonly settings: Settings;
  /** What is wrong in the file, in the order of its lines. What is wrong is not obeyed; the default holds for it. */
  readonly problems: readonly ParseError[];
  /** The lines of the keys that the file says and that hold. */
  readonly lines: ReadonlyMap<string, number>;
  /** The same keys as places in the file. */
  readonly spans: ReadonlyMap<string, Span>;
}

/** An organisation's settings, with the settings and rules that it locks. */
export interface ReadOrganisation extends ReadSettings {
  readonly path: string;
  readonly locked: ReadonlySet<string>;
}

const names = Object.values(keys).map(({ name }) => name);

/** Reads a settings file; no file, or an empty one, is all defaults. Never throws. */
export function readSettings(file: SourceFile | undefined, known: Known): ReadSettings {
  const reading: Reading = { text: file?.text ?? '', known, problems: [], at: '' };
  const root = (file && rootOf(file, reading)) ?? null;
  const own = root?.entries.filter(({ key, keySpan }) => key !== locked.name || refuse(reading, keySpan, onlyAbove, setThere));
  unknownKeys(own ?? [], names, reading);
  return settingsIn(root, reading);
}
const onlyAbove = `${code(locked.name)} means nothing in a repository's own settings.`;
const setThere = 'Only the settings of an organisation, in its repository `.github`, lock something.';

/** Reads an organisation's settings file. Never throws. */
export function readOrganisation(file: SourceFile, known: Known): ReadOrganisation {
  const reading: Reading = { text: file.text, known, problems: [], at: '' };
  const root = rootOf(file, reading);
  unknownKeys(root?.entries ?? [], [...names, locked.name], reading);
  const entry = root?.entries.findLast(({ key }) => key === locked.name);
  const locks = entry ? locked.shape.read(entry.value, { ...reading, at: locked.name }) : null;
  return { ...settingsIn(root, reading), path: file.path, locked: new Set(locks ?? []) };
}

function settingsIn(root: MapNode | null, reading: Reading): ReadSettings {
  const starts = lineStarts(reading.text);
  const spans = new Map<string, Span>();
  const take = <T>(key: Key<T>): T => {
    const entry = root?.entries.findLast((one) => one.key === key.name);
    const value = entry ? key.shape.read(entry.value, { ...reading, at: key.name }) : null;
    if (entry && value !== null) spans.set(key.name, entry.keySpan);
    return value ?? key.otherwise;
  };
  const settings: Settings = {
    failAt: take(keys.failAt),
    commentAt: take(keys.commentAt),
    commentLimit: take(keys.commentLimit),
    drafts: take(keys.drafts),
    applyFixes: take(keys.applyFixes),
    rules: take(keys.rules),
    environments: take(keys.environments),
    aiPaths: take(keys.aiPaths),
    ignorePaths: take(keys.ignorePaths),
    approvedRegistries: take(keys.approvedRegistries),
    approvedModuleSources: take(keys.approvedModuleSources),
  };
  const lines = new Map(Array.from(spans, ([name, span]) => [name, lineAt(starts, span.start)]));
  return { settings, lines, spans, problems: reading.problems.toSorted((a, b) => a.span.start - b.span.start) };
}

/** The file's one map; null, with the reason in `reading`, when it has none. */
function rootOf({ path, text }: SourceFile, reading: Reading): MapNode | null {
  const { roots, errors, templated } = parseYaml(path, text);
  for (const error of errors) refuse(reading, error.span, error.message, withQuotes(error, text));
  const [root, second] = roots;
  const span = { file: path, start: 0, end: 0 };
  if (templated)
    return refuse(reading, span, 'The settings hold a template (`{{`), and nothing fills it in here.', 'Write the values themselves.');
  if (second) return refuse(reading, second.span, 'The settings are more than one YAML document.', 'Take out the line `---`.');
  if (!root || (root.is === 'scalar' && root.value === null)) return null;
  if (root.is === 'map') return root;
  return refuse(
    reading,
    root.span,
    'The settings are not a map.',
    `Write \`key: value\` lines. Allowed: ${names.map((name) => code(name)).join(', ')}.`,
  );
}

/** The commonest mistake in a list of paths. */
const withQuotes = ({ span, remedy }: ParseError, text: string): string =>
  /^[\s-]*\*/.test(text.slice(text.lastIndexOf('\n', span.start) + 1, span.end + 20).slice(0, 300))
    ? 'In YAML a text that starts with `*` needs quotes: `"**/x"`.'
    : remedy;
