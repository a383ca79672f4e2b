import { review } from '../../../src/review.ts';
import { rules, today } from '../../config/reviewed.ts';
import { startStory } from '../story.ts';
import type { Story, StoryOptions } from '../story.ts';

/** A story with the product's own review and rules; the settings wait no time for another push. */
export const startReal = (options: StoryOptions = {}): Promise<Story> =>
  startStory({ review: (change) => review(change, rules, today), ...options, waits: { settle: 5, again: 5, ...options.waits } });
