import { PassThrough } from 'node:stream';
import type { Change } from '../../src/change.ts';
import { PlumblineOctokit } from '../../src/github/octokit.ts';
import type { Place } from '../../src/diff/place.ts';
import type { Review, ReviewComment } from '../../src/report/review.ts';
import { createLog } from '../../src/server-log.ts';
import { readSettings } from '../../src/server-settings.ts';
import { startServer } from '../../src/server.ts';
import type { RunningServer, ServerOptions } from '../../src/server.ts';
import { objects, parseObject, text } from '../support/github/json.ts';
import { startGitHub } from '../support/github/stand-in.ts';
import type { StandIn, StandInOptions } from '../support/github/stand-in.ts';

/** The real App, taking real webhooks from GitHub's stand-in; only the review itself is the test's. */
export interface Story {
  readonly github: StandIn;
  readonly app: RunningServer;
  /** Every change that was reviewed. */
  readonly changes: Change[];
  /** All that was logged so far, as JSON lines. */
  log(): string;
  /** Delivers the webhooks that are due and waits until the App has nothing to do. */
  settle(): Promise<void>;
  end(): Promise<void>;
}

export interface StoryOptions extends Partial<Pick<ServerOptions, 'parallel' | 'stopLimitMs' | 'waits'>> {
  readonly review?: (change: Change) => Promise<Review>;
  readonly fix?: ServerOptions['fix'];
  readonly github?: StandInOptions;
  readonly logLevel?: string;
}

/** Pauses between requests are left out, and failures are asked again at once. */
const HastyOctokit = PlumblineOctokit.defaults((options: object) => ({
  ...options,
  throttle: { enabled: false },
  retry: { retryAfterBaseValue: 1 },
}));

export async function startStory(options: StoryOptions = {}): Promise<Story> {
  const github = await startGitHub(options.github);
  const settings = readSettings({ ...github.environment(), HOST: '127.0.0.1', PORT: '0' });
  if (settings.is !== 'serve') throw new Error('The environment of the stand-in starts the App.');
  const lines: string[] = [];
  const out = new PassThrough();
  out.on('data', (chunk: Buffer) => lines.push(chunk.toString('utf8')));
  const changes: Change[] = [];
  const review = options.review ?? ((change: Change) => Promise.resolve(reviewMarkedLines(change)));
  const app = await startServer({
    settings,
    log: await createLog({ LOG_LEVEL: options.logLevel ?? 'debug', LOG_FORMAT: 'json' }, out),
    review: (change) => {
      changes.push(change);
      return review(change);
    },
    fix: options.fix ?? (() => Promise.reject(new Error('nobody wants fixes in this story'))),
    rules: () =>
      Promise.resolve([
        { id: 'test/marked-line', title: 'A marked line', why: 'It says itself that it is bad.', links: ['https://example.com/why'] },
      ]),
    Octokit: HastyOctokit,
    waits: { lag: [10, 20], ...options.waits },
    ...(options.parallel !== undefined && { parallel: options.parallel }),
    ...(options.stopLimitMs !== undefined && { stopLimitMs: options.stopLimitMs }),
  });
  github.connect(`http://127.0.0.1:${String(app.port)}${settings.webhookPath}`);
  return {
    github,
    app,
    changes,
    log: () => lines.join(''),
    async settle() {
      await github.deliver();
      await app.idle();
    },
    async end() {
      await app.stop();
      await github.close();
    },
  };
}

/**
 * A review that a test can read off its files: each line of a changed file that says `bad <name>` is a finding, unless the file said so at the
 * base. `bad <name> at 7` is said of line 7, `bad <name> in file` of the file, `bad <name> in summary` of nothing in particular.
 */
export function reviewMarkedLines(change: Change): Review {
  const comments = change.files.flatMap((file) => {
    const was = change.before.get(file.previousPath ?? file.path)?.text ?? '';
    const lines = change.after.get(file.path)?.text.split('\n') ?? [];
    return lines.flatMap((text, i) => {
      const [, name, where] = /\bbad (\w+)((?: at \d+| in file| in summary)?)/.exec(text) ?? [];
      if (name === undefined || new RegExp(`\\bbad ${name}\\b`).test(was)) return [];
      return [finding(name, placeOf(file.path, i + 1, where ?? ''))];
    });
  });
  return { ...emptyReview(change), verdict: comments.length > 0 ? 'block' : 'pass', comments };
}

function placeOf(file: string, line: number, where: string): Place {
  if (where === ' in file') return { is: 'file', file, line };
  if (where === ' in summary') return { is: 'summary', file, line, why: 'the test says so' };
  const at = where === '' ? line : Number(where.replace(' at ', ''));
  return { is: 'lines', file, side: 'RIGHT', from: at, to: at };
}

/** What was written to GitHub since the request of that index: each write in a few words, tokens left out. */
export function writes(github: StandIn, since = 0): string[] {
  return github.requests.slice(since).flatMap(({ method, path, body }) => {
    if (method === 'GET' || path.endsWith('/access_tokens')) return [];
    const sent = parseObject(body) ?? {};
    if (path === 'graphql') {
      const query = text(sent, 'query') ?? '';
      return query.startsWith('mutation') ? [...query.matchAll(/m\d+: (\w+)/g)].map(([, name]) => name ?? '') : [];
    }
    const about = path.replace(/^repos\/[^/]+\/[^/]+\//, '').replace(/\b\d{4,}\b/g, 'ID');
    const said = about.startsWith('check-runs') ? (text(sent, 'conclusion') ?? text(sent, 'status')) : headline(text(sent, 'body'));
    const comments = objects(sent, 'comments').map((comment) => headline(text(comment, 'body')));
    return [
      [`${method} ${about}`, [said, ...comments].filter((part) => part !== undefined && part !== '').join(' + ')]
        .join(': ')
        .replace(/: $/, ''),
    ];
  });
}

/** Of a comment: what it says first, or the problem that it names. */
function headline(body: string | undefined): string | undefined {
  return /(?:Problem \w+|Fixed in [0-9a-f]{7}|No longer introduced|Suppressed in|Ignored on this|This moved|No new problems|\d+ new problems?)/.exec(
    body ?? '',
  )?.[0];
}

export function finding(name: string, place: Place): ReviewComment {
  return {
    rule: 'test/marked-line',
    severity: 'high',
    title: `Problem ${name}`,
    message: `The line says that ${name} is bad.`,
    why: 'A test wants it found.',
    links: [],
    place,
    resource: `thing.${name}`,
    key: `test/marked-line|${name}|${place.file}`,
    environments: [],
    others: [],
    fix: { is: 'none' },
  };
}

export const emptyReview = (change: Change): Review => ({
  base: change.base,
  head: change.head,
  verdict: 'pass',
  comments: [],
  quiet: [],
  suppressions: [],
  older: 0,
  settings: [],
  posting: { failAt: 'high', limit: 25, drafts: 'wait', applyFixes: 'button' },
  notes: [],
  differences: [],
  impact: { resources: [], environments: [] },
  unread: change.unread,
  reviewedFiles: change.after.size,
});
