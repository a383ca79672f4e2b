import type { Document, ParseError } from '../documents/document.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { Finding } from '../engine/finding.ts';
import type { Fix } from '../engine/rule.ts';
import { applyFixes } from './apply-fixes.ts';

/** What reading and judging a snapshot gives: the same for the head as it is and for the head with a fix in it. */
export interface Judged {
  readonly findings: readonly Pick<Finding, 'key'>[];
  readonly problems: readonly ParseError[];
}

export interface Grounds {
  readonly head: Snapshot;
  readonly documents: (file: string) => Document | undefined;
  /** All rules over the head as it is. */
  readonly judged: Judged;
  /** Reads a snapshot anew and runs all rules over it. */
  readonly judge: (snapshot: Snapshot) => Judged;
}

export type Proof =
  /** The new text of every file that the fix changes. */
  { readonly is: 'proven'; readonly texts: ReadonlyMap<string, string> } | { readonly is: 'unproven'; readonly why: string };

/**
 * Makes the fixes in a copy of the head and judges it: a fix is proven when every file still reads, the findings that it is for are gone and
 * no other has come. Gone findings ask for no fix, so making it again can change nothing.
 */
export function prove(findings: readonly Pick<Finding, 'key'>[], fixes: readonly Fix[], grounds: Grounds): Proof {
  const texts = applyFixes(fixes, grounds.documents);
  if (!texts) return { is: 'unproven', why: 'the fix cannot be written safely at its place' };
  const { problems, findings: left } = grounds.judge(withTexts(grounds.head, texts));
  const broken = newProblem(grounds.judged.problems, problems);
  if (broken) return { is: 'unproven', why: `\`${broken.span.file}\` could not be read after it: ${broken.message}` };
  const keys = new Set(left.map(({ key }) => key));
  if (findings.some(({ key }) => keys.has(key))) return { is: 'unproven', why: 'the finding is still there after it' };
  const before = new Set(grounds.judged.findings.map(({ key }) => key));
  const fresh = [...keys].find((key) => !before.has(key));
  if (fresh !== undefined) return { is: 'unproven', why: `it brings another finding: ${fresh}` };
  return { is: 'proven', texts };
}

function withTexts(head: Snapshot, texts: ReadonlyMap<string, string>): Snapshot {
  const out = new Map(head);
  // No commit has this text, so its blob id must not be taken for one that is in a cache.
  for (const [path, text] of texts) out.set(path, { path, text, sha: `fixed:${path}:${text}` });
  return out;
}

/** Problems move with the lines above them, so they are told apart by file and words, and counted. */
function newProblem(before: readonly ParseError[], after: readonly ParseError[]): ParseError | undefined {
  const left = new Map<string, number>();
  const name = ({ span, message }: ParseError): string => `${span.file}\n${message}`;
  for (const problem of before) left.set(name(problem), (left.get(name(problem)) ?? 0) + 1);
  return after.find((problem) => {
    const count = left.get(name(problem)) ?? 0;
    left.set(name(problem), count - 1);
    return count <= 0;
  });
}
