import type { Known, Shape, Text } from './shape.ts';
import { didYouMean, either, fields, named, path, texts, whole, word } from './shape.ts';
import { severities } from '../engine/rule.ts';
import { suppressionRules } from '../engine/suppress-rules.ts';

/** One setting, said once: its documentation, its JSON Schema, its reader and its error messages are made of this. */
export interface Key<T> {
  readonly name: string;
  readonly shape: Shape<T>;
  /** What holds when the file does not say it. */
  readonly otherwise: T;
  /** Markdown, for the documentation and (without the marks) for editors. */
  readonly says: string;
  /** As it may be written, in YAML. */
  readonly example: string;
}
const key = <T>(one: Key<T>): Key<T> => one;

const ruleName: Text = {
  allowed: 'rules (`family/name`, `family/*` or `*`)',
  schema: (known) => ({ enum: ruleNames(known) }),
  fault: (text, known) => {
    const names = ruleNames(known);
    if (names.includes(text)) return undefined;
    return { message: 'is no rule', remedy: didYouMean(text, names, 'Allowed: a rule’s id, `family/*` for a family, or `*` for all.') };
  },
};

const familyOf = (rule: string): string => `${rule.slice(0, rule.indexOf('/'))}/*`;

/** Every key that `rules` may have, the most general first. */
function ruleNames({ rules }: Known): readonly string[] {
  const ids = [...rules, ...Object.values(suppressionRules)].map(({ id }) => id);
  return ['*', ...new Set(ids.map(familyOf)), ...ids];
}

const levels = ['off', 'on', ...severities] as const;
const atOrNever = [...severities, 'never'] as const;

export const keys = {
  failAt: key<(typeof atOrNever)[number]>({
    name: 'fail-at',
    shape: word(atOrNever),
    otherwise: 'high',
    says: 'A new finding of this severity or above makes the check fail. With `never` the check only advises.',
    example: 'fail-at: critical',
  }),
  commentAt: key<(typeof atOrNever)[number]>({
    name: 'comment-at',
    shape: word(atOrNever),
    otherwise: 'info',
    says: 'A new finding of this severity or above gets a comment; one below it is only listed in the summary of the check. With `never` nothing is commented.',
    example: 'comment-at: medium',
  }),
  commentLimit: key<number>({
    name: 'comment-limit',
    shape: whole(1, 100),
    otherwise: 25,
    says: 'How many comments are placed in the diff, the most severe first; the rest stands in the text of the review.',
    example: 'comment-limit: 10',
  }),
  drafts: key<'wait' | 'comment'>({
    name: 'drafts',
    shape: word(['wait', 'comment']),
    otherwise: 'wait',
    says: 'What happens on a draft pull request: `wait` runs the check and keeps the comments until the pull request is ready for review, `comment` comments at once.',
    example: 'drafts: comment',
  }),
  rules: key({
    name: 'rules',
    shape: named(ruleName, either(word(levels), named(path, word(levels), 100)), 500),
    otherwise: [],
    says: 'What each rule is worth to you: `off`, a severity of your own, or `on` for the severity that it brings along. A rule is named by its id, a family by `family/*`, all of them by `*`; the most exact name counts. In place of one word, paths may be given one each: the first that holds the resource counts, and where none does, the next more general name. Of Terraform the directory of the root module that a resource belongs to is looked at as well.',
    example: `rules:
  storage/no-versioning: off
  supply-chain/*: low
  notebooks/root-access:
    sandbox/**: off
    "**": critical`,
  }),
  environments: key({
    name: 'environments',
    shape: named(
      {
        allowed: 'names',
        schema: () => ({ type: 'string', minLength: 1, maxLength: 50 }),
        fault: (text) =>
          text.trim() !== '' && text.length <= 50 ? undefined : { message: 'is no name', remedy: 'Allowed: up to 50 characters.' },
      },
      fields<{ readonly stage: 'prod' | 'staging' | 'dev'; readonly paths: readonly string[] }>({
        stage: word(['prod', 'staging', 'dev']),
        paths: texts(path, 100),
      }),
      100,
    ),
    otherwise: [],
    says: 'Which environment paths belong to, under the name that you call it by. Some rules ask more of `prod` and less of `dev`. It goes before what names of directories, variables files, namespaces and labels say, which counts for all other paths. For Terraform name the root module’s directory or an environment’s variables file. The first environment that fits counts.',
    example: `environments:
  production:
    stage: prod
    paths:
      - live/**
      - infra/eu.tfvars`,
  }),
  aiPaths: key<readonly string[]>({
    name: 'ai-paths',
    shape: texts(path, 100),
    otherwise: [],
    says: 'Everything in these paths is taken as part of an AI system. Rules about ordinary resources (buckets, roles, databases) speak only where something says that they are; with this you say it.',
    example: `ai-paths:
  - platform/ml/**`,
  }),
  ignorePaths: key<readonly string[]>({
    name: 'ignore-paths',
    shape: texts(path, 100),
    otherwise: [],
    says: 'Nothing in these paths is reviewed, nor what is deployed from them. The files there still give context to others: a module that a reviewed file calls is followed, and what is passed to it is judged.',
    example: `ignore-paths:
  - examples
  - "**/testdata/**"`,
  }),
} as const;

/** The team's settings, each with a value that can be used. */
export type Settings = { readonly [K in keyof typeof keys]: (typeof keys)[K]['otherwise'] };
