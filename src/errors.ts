/** An error that a person can act on: `message` says what happened, `remedy` what to do about it. */
export class ExplainedError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.remedy = remedy;
  }
}

/** What a person set up or typed can't be used: an environment variable, an option, a repository's settings. */
export class ConfigurationError extends ExplainedError {}

/** A change could not be reviewed at all. */
export class ReviewError extends ExplainedError {}

/** GitHub could not be asked or told something now; the same job may succeed later. */
export class TryLaterError extends ExplainedError {
  readonly afterSeconds: number;

  constructor(message: string, remedy: string, afterSeconds: number, options?: ErrorOptions) {
    super(message, remedy, options);
    this.afterSeconds = afterSeconds;
  }
}

/** Why a running job was asked to end before it was done. The reason of its AbortSignal. */
export class AbandonedError extends ExplainedError {
  readonly because: 'superseded' | 'stopping';

  constructor(because: 'superseded' | 'stopping') {
    super(
      because === 'superseded'
        ? 'A newer commit was pushed while this one was reviewed.'
        : 'Plumbline was stopped before this review ended.',
      because === 'superseded' ? 'Look at the check on the newer commit.' : 'Re-run this check, or push a new commit.',
    );
    this.because = because;
  }
}

/** The text of anything that was thrown, for a log line. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
