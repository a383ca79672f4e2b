// Starts a rule: `npm run new-rule family/name` writes rules/family/name.ts, which compiles and whose tests fail until it is filled in.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const stop = (message) => {
  console.error(`new-rule: ${message}`);
  process.exit(2);
};

const [id, ...rest] = process.argv.slice(2);
if (id === undefined || rest.length > 0) stop('Give one id, as in `npm run new-rule storage/no-versioning`.');
if (!/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/.test(id))
  stop(`\`${id}\` is not a rule id. Write family/name in lower case, words joined by hyphens; the name says what is wrong.`);

const path = `rules/${id}.ts`;
const file = new URL(`../${path}`, import.meta.url);
if (existsSync(file)) stop(`${path} is there already.`);
mkdirSync(dirname(fileURLToPath(file)), { recursive: true });
writeFileSync(file, template(id));
console.log(`${path} is written. Fill it in until its tests pass:\n\n  npx vitest test/rules.test.ts -t ${id}\n`);

function template(rule) {
  return `import { byType } from '../../src/concepts/by-type.ts';
import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';

// TODO: take a concept of src/concepts that sees what the rule is about in every dialect and cloud, or add one there.
const subject = byType('TODO', { TODO_resource_type: (resource) => [resource] });

export default defineRule({
  id: '${rule}',
  title: 'TODO: what is wrong, in a few words',
  severity: 'medium',
  requirements: [],
  frameworks: {},
  why: \`TODO: two or three sentences that an ML engineer understands. What can happen, and to whom?\`,
  links: [],
  looksAt: subject,

  *check(resource) {
    const setting = resource.attr('TODO');
    // Only what is known is judged. Say what absent means: look up the provider's default.
    if (setting.is !== 'known' || setting.value === true) return;
    yield {
      at: setting,
      message: \`TODO: \${code(resource.address)} …\`,
      fix: [{ do: 'set', at: setting, to: true }],
    };
  },

  examples: {
    bad: [
      {
        name: 'TODO',
        files: terraform\`
          resource "TODO_resource_type" "example" {
            other = true # <- finds
          }
        \`,
        suggests: '  TODO = true',
      },
    ],
    // What must stay silent: at least one right way to write it, and one where the value can't be known.
    good: [],
    unknown: [],
  },
});
`;
}
