import { organisationSettings } from '../context.ts';
import { keys, locked, type Key } from './settings.ts';
import type { JsonSchema, Known } from './shape.ts';

const all: readonly Key<unknown>[] = Object.values(keys);

const organisationFile = `${organisationSettings.path} in the repository ${organisationSettings.repository}`;

const plain = (markdown: string): string => markdown.replaceAll('`', '"');

/** The JSON Schema (draft 7, as editors read it) of the settings file: a repository's, or an organisation's. */
export function settingsSchema(known: Known, of: 'repository' | 'organisation' = 'repository'): JsonSchema {
  const more = of === 'organisation' ? { [locked.name]: { description: plain(locked.says), ...locked.shape.schema(known) } } : {};
  const properties = all.map(
    ({ name, shape, otherwise, says }) =>
      [name, { description: plain(says), ...(!Array.isArray(otherwise) && { default: otherwise }), ...shape.schema(known) }] as const,
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title:
      of === 'organisation'
        ? `Settings of Plumbline for an organisation (${organisationFile})`
        : 'Settings of Plumbline (.github/plumbline.yml)',
    type: ['object', 'null'],
    properties: { ...Object.fromEntries(properties), ...more },
    additionalProperties: false,
  };
}

/** The reference for people, in Markdown. */
export function settingsReference(): string {
  return `# Settings

A repository's settings stand in \`.github/plumbline.yml\`. Every setting has a default, and a repository without the file has them all. \`plumbline init\` writes a commented file to start from; \`plumbline config\` shows what holds and where it comes from.

A pull request is judged by the settings that **its base branch** has at the moment, so that it can't loosen its own review and a stricter rule holds for those that are open already: when the settings change there, they are reviewed again. What a pull request changes in the settings is checked and holds once it is merged. A mistake is named with its line and what is allowed there; what can't be used is not obeyed, the default holds in its place, and the rest of the file counts.

Paths are written from the root of the repository. \`*\` is any text within a name, \`?\` one character, \`**\` any number of directories. A path without a wildcard in its last part means everything below it too. In YAML a text that starts with \`*\` needs quotes.

Editors that know JSON Schema complete and check the file when they are pointed to [plumbline.schema.json](../schema/plumbline.schema.json).

${all.map(section).join('\n\n')}

## For a whole organisation

The file \`${organisationSettings.path}\` at the root of the repository \`${organisationSettings.repository}\` of the same owner, on its default branch, is the base that every repository builds on. It takes the same settings. What a repository says goes before it; \`rules\` and \`environments\` are joined name by name. Plumbline reads it when it may read that repository, so include it where you install the App on selected repositories only; what changes in it holds from the next review on, within a minute.

\`${locked.name}\`, which only that file has, keeps repositories from loosening what they inherit. ${locked.says} Each setting above says what a repository may still do then. What would loosen a locked setting is not obeyed, and is said on the pull request that brings it.

\`\`\`yaml
fail-at: high
rules:
  secrets/*: critical
${locked.example}
\`\`\`

\`plumbline config --organisation FILE\` prints what comes of both, with the line that each setting comes from; \`plumbline review --organisation FILE\` reviews by it. Editors check the organisation's file with [plumbline-organisation.schema.json](../schema/plumbline-organisation.schema.json).

## Suppressions in files

A comment hides one rule's finding at its place: on the line itself, or directly above the line or the resource.

\`\`\`hcl
# plumbline:ignore storage/no-versioning until=2027-03-31 -- scratch space, emptied every night
resource "aws_s3_bucket" "scratch" {
  bucket = "acme-scratch" # plumbline:ignore storage/uniform-access -- read by the old exporter
}
\`\`\`

\`#\` works in Terraform and YAML, \`//\` in Terraform. The reason is mandatory; \`until=\` is the last day on which the suppression holds, in UTC. A hidden finding is not commented and does not fail the check. The summary of the check lists what is hidden with the reason, and every suppression that the pull request adds.

A suppression that names no rule there is (\`plumbline/unknown-suppression\`), gives no reason (\`plumbline/unreasoned-suppression\`), can't be read (\`plumbline/malformed-suppression\`) or has ended (\`plumbline/expired-suppression\`) hides nothing, and is said itself where a pull request adds or alters it, with severity \`low\`. These four can be set under \`rules\` like any other.
`;
}

const section = ({ name, shape, otherwise, says, example, merging }: Key<unknown>): string => `## \`${name}\`

${says}

- Allowed: ${shape.allowed}.
- Default: ${defaultWords(otherwise)}.
- Where an organisation locks it, a repository may only ${merging.words}.

\`\`\`yaml
${example}
\`\`\``;

const defaultWords = (value: unknown): string => (Array.isArray(value) ? 'nothing' : `\`${String(value)}\``);

/** A file to start from: every setting explained, commented out, with its default or an example. */
export function settingsTemplate(): string {
  const head = `# Plumbline's settings. Every line below is commented out: without it the default holds.
# A pull request is judged by this file as it is at the pull request's base.`;
  return `${[head, ...all.map(commented)].join('\n\n')}\n`;
}

function commented({ name, shape, otherwise, says, example }: Key<unknown>): string {
  const shown = Array.isArray(otherwise) ? example : `${name}: ${String(otherwise)}`;
  const about = Array.isArray(otherwise) ? says : `${says} Allowed: ${shape.allowed}.`;
  return [...wrap(plain(about)), ...shown.split('\n').map((line) => `#${line}`)].join('\n');
}

/** Comment lines of at most 100 characters. */
function wrap(text: string): readonly string[] {
  const lines = ['#'];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length + 1 > 100) lines.push(`# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
