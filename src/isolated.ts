import type { Change } from './change.ts';
import { loadHcl } from './documents/hcl.ts';
import { loadRules } from './engine/load-rules.ts';
import type { Report } from './isolation.ts';
import { review } from './review.ts';

// The entry of the process that reads what strangers wrote. It gets one change, answers with one review and is ended by its parent.
const say = (report: Report): void => void process.send?.(report);

process.once('message', (change: Change) => {
  Promise.all([loadHcl(), loadRules()])
    .then(([, rules]) => review(change, rules, new Date().toISOString().slice(0, 10), (reading) => say({ reading })))
    .then((result) => say({ review: result }))
    .catch((error: unknown) => say({ failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }));
});
