import type { ParseError } from '../documents/document.ts';
import { code, list } from '../engine/words.ts';
import type { ReadOrganisation, ReadSettings } from './read.ts';
import { belowFloor } from './rule-levels.ts';
import { keys, type Floor, type Key, type Settings } from './settings.ts';

/** Where a setting's value comes from: both files when their entries are joined, none when it is the default. */
export interface Provenance {
  /** Lines in the organisation's and in the repository's file. */
  readonly organisation?: number;
  readonly repository?: number;
  /** The organisation locks it: the repository may only tighten it. */
  readonly locked: boolean;
}

/** The settings that hold for a repository. */
export interface Effective {
  readonly settings: Settings;
  /** By the setting's name; every setting is in it. */
  readonly from: ReadonlyMap<string, Provenance>;
  /** What is wrong in the repository's file, loosening what is locked included, in the order of its lines. */
  readonly problems: readonly ParseError[];
  /** Of those, what loosens something that is locked. */
  readonly refused: readonly ParseError[];
}

/**
 * A repository's settings on the base of its organisation's: what the repository says goes before, maps are joined name by name, and what the
 * organisation locks can only be tightened. Without an organisation's file they are the repository's own.
 */
export function mergeSettings(organisation: ReadOrganisation | undefined, repository: ReadSettings): Effective {
  const from = new Map<string, Provenance>();
  const refused: ParseError[] = [];
  const floor = organisation && floorOf(organisation);
  const loose = floor ? belowFloor(floor, repository.settings.rules) : [];
  const heard: Settings = { ...repository.settings, rules: repository.settings.rules.filter((one) => !loose.includes(one)) };

  const refuse = (
    { name, merging }: Pick<Key<unknown>, 'name'> & { readonly merging: { readonly words: string } },
    what: readonly string[],
  ): void => {
    const span = repository.spans.get(name);
    if (!span || !organisation || what.length === 0) return;
    const at = organisation.lines.get(name);
    refused.push({
      span,
      message: `${code(name)} is locked by the organisation. ${list(what.map(code))} would loosen it and does not count.`,
      remedy: `A repository may only ${merging.words}. The organisation's settings stand in ${code(at === undefined ? organisation.path : `${organisation.path}:${at}`)}.`,
    });
  };

  const merged = <T>(key: Key<T>, own: (settings: Settings) => T): T => {
    const { name, merging } = key;
    const below = repository.lines.get(name);
    const mine = own(heard);
    if (!organisation) {
      from.set(name, { ...(below !== undefined && { repository: below }), locked: false });
      return mine;
    }
    const above = organisation.lines.get(name);
    const theirs = own(organisation.settings);
    const locked = organisation.locked.has(name);
    const value = below === undefined ? theirs : locked ? merging.tighten(theirs, mine) : merging.join(theirs, mine);
    if (locked) refuse(key, merging.refused(theirs, mine));
    const [isTheirs, isMine] = [isSame(value, theirs), below !== undefined && isSame(value, mine)];
    from.set(name, {
      ...(above !== undefined && (isTheirs || !isMine) && { organisation: above }),
      ...(below !== undefined && (isMine || !isTheirs) && { repository: below }),
      locked,
    });
    return value;
  };

  refuse(keys.rules, [...new Set(loose.map(({ name }) => name))]);
  const settings: Settings = {
    failAt: merged(keys.failAt, ({ failAt }) => failAt),
    commentAt: merged(keys.commentAt, ({ commentAt }) => commentAt),
    commentLimit: merged(keys.commentLimit, ({ commentLimit }) => commentLimit),
    drafts: merged(keys.drafts, ({ drafts }) => drafts),
    applyFixes: merged(keys.applyFixes, ({ applyFixes }) => applyFixes),
    rules: merged(keys.rules, ({ rules }) => rules),
    environments: merged(keys.environments, ({ environments }) => environments),
    aiPaths: merged(keys.aiPaths, ({ aiPaths }) => aiPaths),
    ignorePaths: merged(keys.ignorePaths, ({ ignorePaths }) => ignorePaths),
    approvedRegistries: merged(keys.approvedRegistries, ({ approvedRegistries }) => approvedRegistries),
    approvedModuleSources: merged(keys.approvedModuleSources, ({ approvedModuleSources }) => approvedModuleSources),
    ...(floor && { floor }),
  };
  if (floor) from.set(keys.rules.name, { ...from.get(keys.rules.name), locked: true });
  const problems = [...repository.problems, ...refused].toSorted((a, b) => a.span.start - b.span.start);
  return { settings, from, problems, refused };
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Undefined when no rule is locked. */
function floorOf({ locked, settings }: ReadOrganisation): Floor | undefined {
  const names = [...locked].flatMap((name) => (name === keys.rules.name ? ['*'] : name.includes('/') ? [name] : []));
  return names.length > 0 ? { names, rules: settings.rules } : undefined;
}
