import type { CheckedFile, Obeyed } from '../config/obeyed.ts';
import { lineAt, lineStarts } from '../documents/span.ts';
import type { SettingsNote } from './review.ts';

/**
 * What is wrong in the settings that the change brings (the head's), which hold once it is merged, in those that this review obeys (the
 * base's), and in those of the organisation. What the change leaves as it was is said once.
 */
export function settingsNotes({ base, brought, organisation }: Pick<Obeyed, 'base' | 'brought' | 'organisation'>): readonly SettingsNote[] {
  const fresh = brought.flatMap((file) => notes(file, 'head'));
  const same = ({ message, remedy }: SettingsNote): boolean => fresh.some((one) => one.message === message && one.remedy === remedy);
  const old = [...notes(base, 'base'), ...notes(organisation, 'organisation')];
  return [...fresh, ...old.filter((note) => !same(note))];
}

function notes(checked: CheckedFile | undefined, side: SettingsNote['side']): readonly SettingsNote[] {
  if (!checked) return [];
  const { file, problems } = checked;
  const starts = lineStarts(file.text);
  return problems
    .slice(0, most)
    .map(({ span, message, remedy }) => ({ side, file: file.path, line: lineAt(starts, span.start), message, remedy }));
}
const most = 50;
