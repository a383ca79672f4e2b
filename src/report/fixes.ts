import { plural } from '../engine/words.ts';
import type { FixSet, FixSubject } from '../fix/fix-all.ts';
import { printableLine } from './printable.ts';
import { flow, painter } from './terminal-style.ts';

const mostNamed = 20;

/** What a set of fixes mends and what it does not, for a terminal. Without colours: it goes beside the patch. */
export function renderFixes({ mended, left, unfixed }: FixSet, width: number): string {
  const all = mended.length + left.length + unfixed.length;
  if (all === 0) return 'The change introduces no problem.\n';
  const parts = [
    mended.length === 0
      ? `There is no proven fix for what the change introduces (${plural(all, 'problem')}).`
      : `Mends ${mended.length} of ${plural(all, 'problem')} that the change introduces.`,
    named('Left out:', left, ({ why }) => why, width),
    named('To be mended by hand (`plumbline review` says how):', unfixed, () => '', width),
  ];
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

function named<T extends FixSubject>(heading: string, subjects: readonly T[], why: (subject: T) => string, width: number): string {
  if (subjects.length === 0) return '';
  const lines = subjects.slice(0, mostNamed).map((one) => {
    const reason = why(one);
    return flow(
      `${printableLine(`${one.file}:${one.line}`)} ${one.title} (${one.rule})${reason === '' ? '' : `: ${reason}`}`,
      width,
      '  ',
      painter(false),
    );
  });
  return [heading, ...lines, ...(subjects.length > mostNamed ? [`  …and ${subjects.length - mostNamed} more`] : [])].join('\n');
}
