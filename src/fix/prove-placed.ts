import type { Placed } from '../diff/once-per-line.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { Finding } from '../engine/finding.ts';
import type { Understanding } from '../engine/understand.ts';
import { prove, type Grounds, type Proof } from './prove.ts';

/** Findings said together of which each has its own fix proven along; beyond, only the first one's. */
const mostTogether = 30;

export function groundsOf(head: Understanding, judge: (snapshot: Snapshot) => Understanding): Grounds {
  return {
    head: head.snapshot,
    documents: (file) => head.documents.get(file),
    judged: { findings: head.findings, problems: head.model.problems },
    judge: (snapshot) => {
      const { findings, model } = judge(snapshot);
      return { findings, problems: model.problems };
    },
  };
}

/** Proves the fixes of several findings together, and of those that are said along with them. */
export function provePlaced(subjects: readonly Placed[], grounds: Grounds): Proof {
  const findings = subjects.flatMap(findingsOf);
  return prove(
    findings,
    findings.flatMap(({ fix }) => fix),
    grounds,
  );
}

const findingsOf = ({ finding, with: more = [] }: Placed): readonly Finding[] =>
  more.length < mostTogether ? [finding, ...more] : [finding];
