import type { Span } from '../documents/span.ts';
import type { Dialect, Located, Resource, View } from '../model/resource.ts';
import type { World } from '../model/world.ts';

export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];
export const atLeast = (severity: Severity, floor: Severity): boolean => severities.indexOf(severity) >= severities.indexOf(floor);

/** A typed way of looking at resources: the only place that knows how a concept is spelled in each dialect and cloud. */
export interface Concept<S> {
  readonly name: string;
  /** The only resource types that it can see something in, so that nobody asks it about others; absent when no list tells. */
  readonly types?: ReadonlySet<string>;
  /** The same where the types are too many to list or depend on what they are written in. */
  readonly sees?: (type: string, dialect: Dialect) => boolean;
  view(resource: Resource, world: World): Iterable<S>;
}

/** What a plain value looks like when a fix writes it. `Raw` is source text in the file's own language (an HCL expression). */
export type Literal = string | number | boolean | readonly Literal[] | { readonly [key: string]: Literal } | Raw;
export interface Raw {
  readonly raw: string;
}

/** A change to the configuration, said in its own terms; `fix/` turns it into text. Only what is right without knowing more is a fix. */
export type Fix =
  /** Writes a value at its origin, or adds it where it is absent. `blocks`: missing steps of the path are HCL blocks (the default for Terraform). */
  | { readonly do: 'set'; readonly at: Located; readonly to: Literal }
  | { readonly do: 'remove'; readonly at: Located | View }
  /** A whole companion after a resource, in the resource's own file and language, as source text. */
  | { readonly do: 'append'; readonly after: Resource; readonly text: string }
  | { readonly do: 'replace'; readonly span: Span; readonly text: string };

/** What a rule yields. Its identity is rule + resource + path (+ subject): never the wording. */
export interface Problem {
  readonly at: Located | View;
  /** One or two sentences: names the subject, what is wrong here, what can happen. Never repeats a secret. Markdown, identifiers through `code()`. */
  readonly message: string;
  /** Tells apart several problems at one place (a CVE, a port). */
  readonly subject?: string;
  readonly severity?: Severity;
  /** Other places that had a part, for placing the comment when the change did not touch `at` itself. */
  readonly related?: readonly Span[];
  readonly fix?: readonly Fix[];
}

export interface Frameworks {
  readonly cis?: readonly string[];
  readonly nist?: readonly string[];
  readonly stride?: readonly (
    'spoofing' | 'tampering' | 'repudiation' | 'information-disclosure' | 'denial-of-service' | 'elevation-of-privilege'
  )[];
  readonly atlas?: readonly string[];
  readonly owasp?: readonly string[];
}

/** Files of an example, path to text. A line ending in `# <- finds` (or `// <- finds`) is where a finding must land. */
export type Files = Readonly<Record<string, string>>;
export interface Example {
  readonly name: string;
  readonly files: Files;
}
export interface BadExample extends Example {
  /** The exact lines that the suggestion block holds, when the rule mends this case; absent when it only explains. */
  readonly suggests?: string;
}

export interface Rule<S = unknown> {
  /** `family/name`, equal to the path under `rules/`. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Requirement rows that the rule serves, e.g. `['R29', 'R45']`. */
  readonly requirements: readonly string[];
  readonly frameworks: Frameworks;
  /** Two or three sentences an ML engineer understands: what can happen, and to whom. */
  readonly why: string;
  readonly links: readonly string[];
  readonly looksAt: Concept<S>;
  check(subject: S, world: World): Iterable<Problem>;
  readonly examples: { readonly bad: readonly BadExample[]; readonly good: readonly Example[]; readonly unknown: readonly Example[] };
}
