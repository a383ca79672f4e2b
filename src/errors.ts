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
  readonly because: Abandonment;

  constructor(because: Abandonment) {
    super(...abandonments[because]);
    this.because = because;
  }
}

/** `superseded`: by a newer commit. `again`: the same is begun anew. `stopping`: the process ends. */
export type Abandonment = 'superseded' | 'again' | 'stopping';

const abandonments: Readonly<Record<Abandonment, readonly [message: string, remedy: string]>> = {
  superseded: ['A newer commit was pushed while this one was reviewed.', 'Look at the check on the newer commit.'],
  again: ['The same pull request is reviewed anew.', 'Look at the newest check.'],
  stopping: ['Plumbline was stopped before this review ended.', 'Re-run this check, or push a new commit.'],
};

/** The text of anything that was thrown, for a log line. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
