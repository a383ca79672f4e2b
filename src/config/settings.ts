import type { Known, Named, Shape, Text } from './shape.ts';
import { didYouMean, either, fields, named, path, source, texts, whole, word } from './shape.ts';
import { severities } from '../engine/rule.ts';
import { suppressionRules } from '../engine/suppress-rules.ts';
import { byName, highest, less, more, narrower, ownNames, strictest, type Merging } from './tighten.ts';

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
  /** What an organisation's word and a repository's come to. */
  readonly merging: Merging<T>;
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
export type Level = (typeof levels)[number];
/** One level everywhere, or one for each of some paths. */
export type RuleLevels = Level | readonly Named<Level>[];
interface Place {
  readonly stage: 'prod' | 'staging' | 'dev';
  readonly paths: readonly string[];
}
const atOrNever = [...severities, 'never'] as const;

/** What a lock may name: a setting, or rules. */
const lockable: Text = {
  allowed: 'settings, or rules (`family/name`, `family/*`)',
  schema: (known) => ({ enum: lockNames(known) }),
  fault: (text, known) => {
    const names = lockNames(known);
    if (names.includes(text)) return undefined;
    return {
      message: 'is neither a setting nor a rule',
      remedy: didYouMean(text, names, 'Allowed: a setting’s name, a rule’s id, or `family/*` for a family.'),
    };
  },
};
const lockNames = (known: Known): readonly string[] => [
  ...Object.values(keys).map(({ name }) => name),
  ...ruleNames(known).filter((name) => name !== '*'),
];

export const keys = {
  failAt: key<(typeof atOrNever)[number]>({
    name: 'fail-at',
    shape: word(atOrNever),
    otherwise: 'high',
    says: 'A new finding of this severity or above makes the check fail. With `never` the check only advises.',
    example: 'fail-at: critical',
    merging: strictest(atOrNever, 'lower it'),
  }),
  commentAt: key<(typeof atOrNever)[number]>({
    name: 'comment-at',
    shape: word(atOrNever),
    otherwise: 'info',
    says: 'A new finding of this severity or above gets a comment; one below it is only listed in the summary of the check. With `never` nothing is commented.',
    example: 'comment-at: medium',
    merging: strictest(atOrNever, 'lower it'),
  }),
  commentLimit: key<number>({
    name: 'comment-limit',
    shape: whole(1, 100),
    otherwise: 25,
    says: 'How many comments are placed in the diff, the most severe first; the rest stands in the text of the review.',
    example: 'comment-limit: 10',
    merging: highest('raise it'),
  }),
  drafts: key<'wait' | 'comment'>({
    name: 'drafts',
    shape: word(['wait', 'comment']),
    otherwise: 'wait',
    says: 'What happens on a draft pull request: `wait` runs the check and keeps the comments until the pull request is ready for review, `comment` comments at once.',
    example: 'drafts: comment',
    merging: strictest(['comment', 'wait'], 'choose `comment`'),
  }),
  applyFixes: key<'button' | 'patch' | 'off'>({
    name: 'apply-fixes',
    shape: word(['button', 'patch', 'off']),
    otherwise: 'button',
    says: 'What the button _Apply fixes_ on the check does: `button` commits all proven fixes to the branch of the pull request, where the App may (it was given _Contents: write_, the branch is in this repository) and otherwise posts them as one patch; `patch` always posts the patch; with `off` there is no button. Only people who can push to the repository can use it.',
    example: 'apply-fixes: patch',
    merging: strictest(['off', 'patch', 'button'], 'choose `patch` or `off`'),
  }),
  rules: key<readonly Named<RuleLevels>[]>({
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
    // What is locked are rules, not entries: a floor holds where a finding is judged.
    merging: { join: byName, tighten: byName, refused: () => [], words: 'raise severities and switch rules on' },
  }),
  environments: key<readonly Named<Place>[]>({
    name: 'environments',
    shape: named(
      {
        allowed: 'names',
        schema: () => ({ type: 'string', minLength: 1, maxLength: 50 }),
        fault: (text) =>
          text.trim() !== '' && text.length <= 50 ? undefined : { message: 'is no name', remedy: 'Allowed: up to 50 characters.' },
      },
      fields<Place>({
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
    merging: ownNames(
      (place: Place) => place.stage === 'prod',
      'add environments, of stage `prod` before the organisation’s, others for paths of which it says nothing',
    ),
  }),
  aiPaths: key<readonly string[]>({
    name: 'ai-paths',
    shape: texts(path, 100),
    otherwise: [],
    says: 'Everything in these paths is taken as part of an AI system. Rules about ordinary resources (buckets, roles, databases) speak only where something says that they are; with this you say it.',
    example: `ai-paths:
  - platform/ml/**`,
    merging: more('add paths'),
  }),
  ignorePaths: key<readonly string[]>({
    name: 'ignore-paths',
    shape: texts(path, 100),
    otherwise: [],
    says: 'Nothing in these paths is reviewed, nor what is deployed from them. The files there still give context to others: a module that a reviewed file calls is followed, and what is passed to it is judged.',
    example: `ignore-paths:
  - examples
  - "**/testdata/**"`,
    merging: less('ignore less: only paths within the organisation’s count'),
  }),
  approvedRegistries: key<readonly string[]>({
    name: 'approved-registries',
    shape: texts(source, 100),
    otherwise: [],
    says: 'Where images may come from: a registry with as much of the repository’s name as you like. An image from elsewhere is a finding of `supply-chain/unapproved-registry`, whatever runs it. Docker Hub is `docker.io`, its own images are `docker.io/library`. Without this setting images may come from anywhere.',
    example: `approved-registries:
  - "*.dkr.ecr.eu-central-1.amazonaws.com"
  - nvcr.io/nvidia`,
    merging: narrower('allow less: only what the organisation’s cover counts'),
  }),
  approvedModuleSources: key<readonly string[]>({
    name: 'approved-module-sources',
    shape: texts(source, 100),
    otherwise: [],
    says: 'Where Terraform modules may come from: a registry’s host and namespace, or a git host and its path, without `https://`, `git::` and `.git`. The public registry is `registry.terraform.io`. A module from elsewhere is a finding of `supply-chain/unapproved-module-source`; those in the repository itself are always approved. Without this setting modules may come from anywhere.',
    example: `approved-module-sources:
  - registry.terraform.io/terraform-aws-modules
  - github.com/acme`,
    merging: narrower('allow less: only what the organisation’s cover counts'),
  }),
} as const;

/** Only an organisation's file has it: what a repository may tighten, but not loosen. */
export const locked = {
  name: 'locked',
  shape: texts(lockable, 200),
  says: 'What a repository may tighten but not loosen: settings by their names, and rules by theirs. `rules` locks all rules. A locked setting that this file does not give is locked at its default.',
  example: `locked:
  - fail-at
  - secrets/*`,
} as const;

/** Severities below which a repository can't go: what the organisation says of the rules that it locks. */
export interface Floor {
  /** The rules, as `rules` names them. */
  readonly names: readonly string[];
  readonly rules: readonly Named<RuleLevels>[];
}

/** The team's settings, each with a value that can be used. */
export type Settings = { readonly [K in keyof typeof keys]: (typeof keys)[K]['otherwise'] } & { readonly floor?: Floor };
