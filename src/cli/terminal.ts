import type { Surroundings } from './run.ts';

/** How the outputs may be written to. */
export interface Terminal {
  readonly colour: boolean;
  /** Columns to fill. */
  readonly width: number;
  /** Shows what is being done, on one line of the terminal that the next call overwrites; '' clears it. Silent in a pipe. */
  progress(doing: string): void;
}

export function openTerminal({ stdout, stderr, env }: Surroundings): Terminal {
  const dumb = env.TERM === 'dumb';
  const moving = stderr.isTTY === true && !dumb && !env.CI;
  let shown = false;
  return {
    colour: wantsColour(env, stdout.isTTY === true && !dumb),
    width: Math.min(100, Math.max(60, stdout.columns ?? 100)),
    progress(doing) {
      if (!moving || (!shown && doing === '')) return;
      shown = doing !== '';
      stderr.write(`\r\u001b[K${doing}`);
    },
  };
}

/** As no-color.org and force-color.org have it: NO_COLOR, when not empty, wins; then FORCE_COLOR; then whether it is a terminal. */
function wantsColour(env: Surroundings['env'], otherwise: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return otherwise;
}
