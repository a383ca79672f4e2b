import { posix } from 'node:path';
import type { Finding } from '../engine/finding.ts';
import type { Rule, Severity } from '../engine/rule.ts';
import type { Resource } from '../model/resource.ts';
import { matchesPath } from './glob.ts';
import { isLocked, isOffEverywhere, levelIn, stricterOf } from './rule-levels.ts';
import type { Settings } from './settings.ts';

/** The paths that a resource is looked for under: its file, and the root module, chart or template that it is deployed from. */
export const placesOf = ({ at, scope }: Pick<Resource, 'at' | 'scope'>): readonly string[] => [posix.normalize(scope), at.file];

export const isIgnored = ({ ignorePaths }: Settings, places: readonly string[]): boolean =>
  ignorePaths.some((glob) => places.some((place) => matchesPath(glob, place)));

/** Findings as the team wants them: without those that are switched off or in ignored paths, with the team's severities. */
export function heed(findings: readonly Finding[], settings: Settings): Finding[] {
  return findings.flatMap((finding) => {
    const severity = severityIn(settings, finding.rule, placesOf(finding.resource), finding.severity);
    return severity === 'off' || isOutside(finding, settings) ? [] : [{ ...finding, severity }];
  });
}

/** Deployed from an ignored path, or made of ignored files alone: what a reviewed file passes to an ignored module is still judged. */
const isOutside = ({ resource, origins }: Finding, settings: Settings): boolean =>
  isIgnored(settings, [posix.normalize(resource.scope)]) || origins.every(({ span }) => isIgnored(settings, [span.file]));

/** What a finding of a rule at one of these paths is worth to the team; no less than its organisation wants. `own`: what the rule says. */
export function severityIn({ rules, floor }: Settings, rule: string, places: readonly string[], own: Severity): Severity | 'off' {
  const level = levelIn(rules, rule, places, own);
  return floor && isLocked(floor, rule) ? stricterOf(level, levelIn(floor.rules, rule, places, own)) : level;
}

/** The rules that are not off everywhere: the others need not run, and no fix has to be right for them. */
export const rulesInForce = (rules: readonly Rule[], { rules: levels, floor }: Settings): readonly Rule[] =>
  rules.filter(({ id }) => !isOffEverywhere(levels, id) || (floor && isLocked(floor, id) && !isOffEverywhere(floor.rules, id)));
