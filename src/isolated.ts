import { loadRules } from './engine/load-rules.ts';
import type { Rule } from './engine/rule.ts';
import type { Report, Request } from './isolation.ts';
import { fix, review } from './review.ts';

// The entry of the process that reads what strangers wrote. It gets one change, answers with one review or with its fixes, and is ended by its
// parent.
const say = (report: Report): void => void process.send?.(report);

process.once('message', (request: Request) => {
  const today = new Date().toISOString().slice(0, 10);
  const reading = (path: string): void => say({ reading: path });
  const answer = async (rules: readonly Rule[]): Promise<Report> =>
    request.want === 'review'
      ? { review: await review(request.change, rules, today, reading) }
      : { fixes: fix(request.change, rules, today, new Set(request.except), reading) };
  loadRules()
    .then(answer)
    .then(say)
    .catch((error: unknown) => say({ failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }));
});
