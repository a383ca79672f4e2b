import { parseArgs } from 'node:util';
import { ConfigurationError } from '../errors.ts';
import { nearest } from '../engine/nearest.ts';

export const formats = ['text', 'json', 'markdown'] as const;
export type Format = (typeof formats)[number];

/** The commands, with the options that each takes. */
const commands = {
  review: ['git-dir', 'repo', 'base', 'head', 'organisation', 'format'],
  fix: ['git-dir', 'repo', 'base', 'head', 'write'],
  scan: ['format'],
  config: ['git-dir', 'repo', 'base', 'organisation'],
  init: ['repo'],
} as const;
export type CommandName = keyof typeof commands;
const commandNames: readonly string[] = Object.keys(commands);
const isCommand = (name: string | undefined): name is CommandName => name !== undefined && commandNames.includes(name);

export type Command =
  | { readonly is: 'help'; readonly of: 'plumbline' | CommandName }
  | { readonly is: 'version' }
  | { readonly is: 'init'; readonly repo: string | undefined }
  | {
      readonly is: 'config';
      readonly gitDir: string | undefined;
      readonly repo: string | undefined;
      readonly base: string | undefined;
      /** The organisation's settings, a file on disk. */
      readonly organisation: string | undefined;
    }
  | {
      readonly is: 'review';
      readonly gitDir: string | undefined;
      readonly repo: string | undefined;
      readonly base: string | undefined;
      readonly head: string | undefined;
      /** The organisation's settings, a file on disk. */
      readonly organisation: string | undefined;
      readonly format: Format;
    }
  | { readonly is: 'scan'; readonly folder: string | undefined; readonly format: Format }
  | {
      readonly is: 'fix';
      readonly gitDir: string | undefined;
      readonly repo: string | undefined;
      readonly base: string | undefined;
      readonly head: string | undefined;
      /** Write the files of the working tree instead of printing the patch. */
      readonly write: boolean;
    };

const options = {
  'git-dir': { type: 'string' },
  repo: { type: 'string' },
  base: { type: 'string' },
  head: { type: 'string' },
  organisation: { type: 'string' },
  format: { type: 'string' },
  write: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;
const names = Object.keys(options);
const withValue = new Set(['git-dir', 'repo', 'base', 'head', 'format', 'organisation']);

/** What a command line asks for. Throws ConfigurationError, in one sentence and a remedy, for what it can't mean. */
export function parseCommand(args: readonly string[]): Command {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const given = new Map<string, string>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    if (!names.includes(token.name)) throw unknownOption(token.rawName);
    if (given.has(token.name)) throw new ConfigurationError(`${token.rawName} is given twice.`, 'Give it once.');
    // A value that looks like an option is one: `--base --head x` has no base.
    const value = token.value === undefined || (token.value.startsWith('-') && !token.inlineValue) ? undefined : token.value;
    if (withValue.has(token.name) && value === undefined)
      throw new ConfigurationError(`${token.rawName} needs a value.`, usageOf(token.name));
    if (!withValue.has(token.name) && value !== undefined)
      throw new ConfigurationError(`${token.rawName} takes no value.`, `Write ${token.rawName} alone.`);
    given.set(token.name, value ?? '');
  }
  return toCommand(given, words);
}

function toCommand(given: ReadonlyMap<string, string>, words: readonly string[]): Command {
  const [command, ...more] = words;
  if (given.has('help')) return { is: 'help', of: isCommand(command) ? command : 'plumbline' };
  if (given.has('version')) return { is: 'version' };
  if (command === undefined && given.size === 0) return { is: 'help', of: 'plumbline' };
  if (command === undefined) throw new ConfigurationError('There is no command.', 'Write `plumbline review`, followed by its options.');
  if (command === 'help') return { is: 'help', of: isCommand(more[0]) ? more[0] : 'plumbline' };
  if (!isCommand(command))
    throw new ConfigurationError(`There is no command \`${command}\`.`, suggestion(command, commandNames, 'See `plumbline --help`.'));
  const taken: readonly string[] = commands[command];
  const other = [...given.keys()].find((name) => !taken.includes(name));
  if (other !== undefined)
    throw new ConfigurationError(`\`plumbline ${command}\` takes no --${other}.`, `See \`plumbline ${command} --help\`.`);
  if (more.length > (command === 'scan' ? 1 : 0))
    throw new ConfigurationError(
      `\`${more.join(' ')}\` is one word too many.`,
      command === 'scan' ? 'Name one directory.' : 'A range is given with --base and --head; a directory with --repo.',
    );
  if (given.has('git-dir') && given.has('repo'))
    throw new ConfigurationError('--git-dir and --repo are both given.', 'Use --repo for a checkout, --git-dir for a bare repository.');
  const where = { gitDir: given.get('git-dir'), repo: given.get('repo') };
  switch (command) {
    case 'init':
      return { is: 'init', repo: where.repo };
    case 'config':
      return { is: 'config', ...where, base: given.get('base'), organisation: given.get('organisation') };
    case 'fix':
      if (given.has('write') && (where.gitDir !== undefined || given.has('head')))
        throw new ConfigurationError(
          '--write changes the files on disk, and these are not what would be reviewed.',
          'Check the revision out and leave out --head and --git-dir, or print the patch and apply it with `git apply`.',
        );
      return { is: 'fix', ...where, base: given.get('base'), head: given.get('head'), write: given.has('write') };
    case 'scan':
      return { is: 'scan', folder: more[0], format: toFormat(given.get('format') ?? 'text') };
    case 'review':
      return {
        is: 'review',
        ...where,
        base: given.get('base'),
        head: given.get('head'),
        organisation: given.get('organisation'),
        format: toFormat(given.get('format') ?? 'text'),
      };
  }
}

function toFormat(value: string): Format {
  const format = formats.find((one) => one === value);
  if (format) return format;
  throw new ConfigurationError(`--format \`${value}\` is not known.`, suggestion(value, formats, `Use ${formats.join(', ')}.`));
}

function unknownOption(rawName: string): ConfigurationError {
  const known = names.map((name) => `--${name}`);
  return new ConfigurationError(`There is no option \`${rawName}\`.`, suggestion(rawName, known, 'See `plumbline review --help`.'));
}

function suggestion(word: string, known: readonly string[], otherwise: string): string {
  const close = nearest(word, known);
  return close === undefined ? otherwise : `Did you mean \`${close}\`?`;
}

const kinds = new Map([
  ['repo', 'DIR'],
  ['git-dir', 'DIR'],
  ['organisation', 'FILE'],
]);
const usageOf = (name: string): string =>
  name === 'format' ? `Write --format ${formats.join('|')}.` : `Write --${name} ${kinds.get(name) ?? 'REV'}.`;
