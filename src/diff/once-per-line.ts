import type { Finding } from '../engine/finding.ts';
import type { Place } from './place.ts';

export interface Placed {
  readonly finding: Finding;
  readonly place: Place;
  /** Findings of the same line that this one is said for. */
  readonly with?: readonly Finding[];
}

/**
 * One line can be many resources: a block with `for_each`, a module that several roots call, a chart's value that several templates use. What
 * a rule has to say about a line is said once, for the first of them; `others` names the rest.
 */
export function oncePerLine(all: readonly Placed[]): readonly Placed[] {
  const byLine = new Map<string, Placed>();
  for (const { finding, place } of all) {
    const at = place.is === 'lines' ? [place.side, place.from, place.to] : [place.is, place.line];
    const line = [finding.rule, place.file, ...at, finding.subject].join('|');
    const first = byLine.get(line);
    byLine.set(
      line,
      first ? { place, finding: joined(first.finding, finding), with: [...(first.with ?? []), finding] } : { place, finding },
    );
  }
  return [...byLine.values()];
}

function joined(first: Finding, other: Finding): Finding {
  const same = other.resource.address === first.resource.address;
  return {
    ...first,
    others: same ? first.others : [...first.others, other.resource.address],
    environments: [...first.environments, ...other.environments],
  };
}
