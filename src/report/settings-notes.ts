import type { Change } from '../change.ts';
import type { ReadSettings } from '../config/read.ts';
import { lineAt, lineStarts } from '../documents/span.ts';
import type { ParseError } from '../documents/document.ts';
import type { SourceFile } from '../documents/snapshot.ts';
import type { SettingsNote } from './review.ts';

/**
 * What is wrong in the settings that this review obeys (the base's), and in those that the change brings (the head's), which hold once it is
 * merged. What the change leaves as it was is said once.
 */
export function settingsNotes(change: Change, path: string, base: ReadSettings, head: ReadSettings): readonly SettingsNote[] {
  const isChanged = change.files.some((file) => file.path === path || file.previousPath === path);
  const brought = isChanged ? notes(change.after.get(path), 'head', head.problems) : [];
  const same = ({ message, remedy }: SettingsNote): boolean => brought.some((one) => one.message === message && one.remedy === remedy);
  return [...brought, ...notes(change.before.get(path), 'base', base.problems).filter((note) => !same(note))];
}

function notes(file: SourceFile | undefined, side: SettingsNote['side'], problems: readonly ParseError[]): readonly SettingsNote[] {
  const starts = lineStarts(file?.text ?? '');
  return problems
    .slice(0, most)
    .map(({ span, message, remedy }) => ({ side, file: span.file, line: lineAt(starts, span.start), message, remedy }));
}
const most = 50;
