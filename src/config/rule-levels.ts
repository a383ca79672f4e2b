import { severities, type Severity } from '../engine/rule.ts';
import { matchesPath } from './glob.ts';
import type { Floor, Level, RuleLevels } from './settings.ts';
import type { Named } from './shape.ts';

type Rules = readonly Named<RuleLevels>[];

/** The names that a rule goes by in the settings, the most exact first. A family (`family/*`) goes by its own and by `*`. */
export const namesFor = (rule: string): readonly string[] => [...new Set([rule, `${rule.slice(0, rule.indexOf('/'))}/*`, '*'])];

/** What some settings make of a rule's finding at one of these paths. `own`: what the rule says. */
export function levelIn(rules: Rules, rule: string, places: readonly string[], own: Severity): Severity | 'off' {
  for (const name of namesFor(rule)) {
    const value = rules.find((one) => one.name === name)?.value;
    if (value === undefined) continue;
    const level = typeof value === 'string' ? value : value.find((one) => places.some((place) => matchesPath(one.name, place)))?.value;
    if (level !== undefined) return level === 'on' ? own : level;
  }
  return own;
}

export const isOffEverywhere = (rules: Rules, rule: string): boolean =>
  namesFor(rule)
    .map((name) => rules.find((one) => one.name === name)?.value)
    .find((one) => one !== undefined) === 'off';

const rank = (level: Severity | 'off'): number => (level === 'off' ? -1 : severities.indexOf(level));
export const stricterOf = (a: Severity | 'off', b: Severity | 'off'): Severity | 'off' => (rank(a) >= rank(b) ? a : b);

export const isLocked = ({ names }: Floor, rule: string): boolean => namesFor(rule).some((name) => names.includes(name));

/**
 * The entries of a repository that go below what the organisation says of the rules that it locks, as far as that can be told without knowing
 * what each rule brings along. What can't be told from the entry is kept to the floor where a finding is judged.
 */
export function belowFloor(floor: Floor, repository: Rules): Rules {
  return repository.filter(({ name, value }) => {
    if (name === '*' ? !floor.names.includes('*') : !isLocked(floor, name)) return false;
    const least = namesFor(name)
      .map((one) => floor.rules.find((entry) => entry.name === one)?.value)
      .find((one) => one !== undefined);
    return levelsOf(value).some((level) => isBelow(level, least ?? 'on'));
  });
}

const levelsOf = (value: RuleLevels): readonly Level[] => (typeof value === 'string' ? [value] : value.map((one) => one.value));

function isBelow(level: Level, least: RuleLevels): boolean {
  const leasts = levelsOf(least);
  if (level === 'off') return !leasts.includes('off');
  // A severity of one's own and what the rule brings along can't be compared here.
  return level !== 'on' && leasts.every((one) => one !== 'on' && one !== 'off' && rank(level) < rank(one));
}
