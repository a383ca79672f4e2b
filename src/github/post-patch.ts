import type { FixSet } from '../fix/fix-all.ts';
import { renderPatch } from '../report/patch.ts';
import { commentLimit, fit } from './fit.ts';
import { marker } from './marker.ts';
import { putComment } from './sticky.ts';
import type { Conversation } from './threads.ts';

const patchMarker = marker('patch', 'pull request');

/** Writes the one comment that holds all fixes as a patch, or brings it up to date. `why` it is a patch follows "because". */
export async function postPatch(conversation: Conversation, fixes: FixSet, why: string): Promise<void> {
  const body = `${fit(renderPatch(fixes, conversation.head, why), commentLimit)}\n\n${patchMarker}`;
  await putComment(conversation, patchMarker, () => body, true);
}
