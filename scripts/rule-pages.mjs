/** The pages that are made from the rules: plain functions from rules to Markdown. */
const note = 'This page is made from the rules by `npm run docs`.';
const marker = /[ \t]*(?:#|\/\/) <- finds$/gm;

const familyOf = (id) => id.slice(0, id.indexOf('/'));
const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const byFamily = (rules) => {
  const families = new Map();
  for (const rule of rules) families.set(familyOf(rule.id), [...(families.get(familyOf(rule.id)) ?? []), rule]);
  return families;
};

/** Dialects that a rule's bad examples are written in, by their files. */
export function dialectsOf({ examples }) {
  const names = examples.bad.flatMap(({ files }) => Object.entries(files).map(([path, text]) => dialect(path, text)));
  return [...new Set(names)].filter((name) => name !== undefined).toSorted();
}

function dialect(path, text) {
  if (/\.(?:tf|tfvars)(?:\.json)?$/.test(path)) return 'terraform';
  if (path.startsWith('.github/workflows/')) return 'workflow';
  if (/AWSTemplateFormatVersion|Type: '?"?AWS::|"Type": "AWS::/.test(text)) return 'cloudformation';
  if (/^(?:model_endpoint|training_cluster):/m.test(text)) return 'definition';
  if (/^apiVersion:/m.test(text) && /^kind:/m.test(text)) return 'kubernetes';
  return /\.ya?ml$/.test(path) ? 'helm' : undefined;
}

/**
 * The requirement rows that a rule serves: those it names, and those that every rule serves by what it is: reading CloudFormation (R30),
 * reading both Terraform and Helm values (R15), naming the frameworks' controls (R43).
 */
export function requirementsOf(rule) {
  const dialects = dialectsOf(rule);
  return [
    ...rule.requirements,
    ...(dialects.includes('terraform') && dialects.includes('helm') ? ['R15'] : []),
    ...(dialects.includes('cloudformation') ? ['R30'] : []),
    ...(Object.keys(rule.frameworks).length > 0 ? ['R43'] : []),
  ].filter((row, i, rows) => rows.indexOf(row) === i);
}

/** Families about what only AI systems have. Rules of the other families are counted as generic, also where they are about AI alone. */
const aiFamilies = new Set([
  'agents',
  'charts',
  'definitions',
  'endpoints',
  'gpu',
  'models',
  'notebooks',
  'serving',
  'tracking',
  'training',
  'vector',
]);
export const isAboutAi = ({ id }) => aiFamilies.has(familyOf(id));

/** A rule mends when one of its bad examples gets a suggestion. */
export const mends = ({ examples }) => examples.bad.some(({ suggests }) => suggests !== undefined);

export function indexPage(rules) {
  const parts = [...byFamily(rules)].map(
    ([family, own]) =>
      `## ${family}\n\n| Rule | Severity | Says | Mends | Dialects |\n|---|---|---|---|---|\n${own
        .map(
          (rule) =>
            `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${cell(rule.title)} | ${mends(rule) ? 'yes' : ''} | ${dialectsOf(rule).join(', ')} |`,
        )
        .join('\n')}`,
  );
  return `# Rules\n\n${rules.length} rules, ${rules.filter(mends).length} of them with a fix. ${note}\n\n${parts.join('\n\n')}\n`;
}

export function rulePage(rule) {
  const frameworks = Object.entries(rule.frameworks).map(([name, ids]) => `${frameworkNames[name] ?? name}: ${ids.join(', ')}`);
  const mapped = [`Requirements: ${requirementsOf(rule).join(', ')}`, ...frameworks].map((line) => `- ${line}`).join('\n');
  return [
    `# ${rule.title}`,
    `\`${rule.id}\` · severity ${rule.severity}`,
    rule.why.trim(),
    `## Found\n\n${rule.examples.bad.map(badExample).join('\n\n')}`,
    `## Not found\n\n${rule.examples.good.map(example).join('\n\n')}`,
    `## Not known, so not said\n\n${rule.examples.unknown.map(example).join('\n\n')}`,
    `## Mapping\n\n${mapped}`,
    ...(rule.links.length > 0 ? [`## Read on\n\n${rule.links.map((link) => `- <${link}>`).join('\n')}`] : []),
    note,
  ]
    .join('\n\n')
    .concat('\n');
}

const frameworkNames = { cis: 'CIS', nist: 'NIST SP 800-53', stride: 'STRIDE', atlas: 'MITRE ATLAS', owasp: 'OWASP' };

const badExample = (row) =>
  `${example(row)}${row.suggests === undefined ? '' : `\n\nSuggested instead:\n\n${block(row.suggests, Object.keys(row.files)[0] ?? '')}`}`;

function example({ name, files }) {
  const shown = Object.entries(files).map(
    ([path, text]) =>
      `\`${path}\`\n\n${block(
        text.replace(marker, (found) => found.replace('<- finds', '<-- here')),
        path,
      )}`,
  );
  return `**${name}**\n\n${shown.join('\n\n')}`;
}

function block(text, path) {
  const fence = '`'.repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
  const language = /\.tf|\.hcl/.test(path) ? 'hcl' : path.endsWith('.json') ? 'json' : 'yaml';
  return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}`;
}

export function coveragePage(rules) {
  const link = ({ id }) => `[${id}](rules/${id}.md)`;
  const table = (head, groups) =>
    `| ${head} | Rules |\n|---|---|\n${groups.map(([key, own]) => `| ${cell(key)} | ${own.map(link).join(', ')} |`).join('\n')}`;
  const requirements = grouped(rules, requirementsOf).toSorted(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)));
  const frameworks = Object.keys(frameworkNames).map((name) => {
    const groups = grouped(rules, (rule) => rule.frameworks[name] ?? []).toSorted(([a], [b]) => a.localeCompare(b));
    return groups.length === 0 ? '' : `## ${frameworkNames[name]}\n\n${table('Control', groups)}`;
  });
  return `# Coverage\n\nWhich rules serve which requirement and which control. ${note}\n\n## Requirements\n\n${table('Requirement', requirements)}\n\n${frameworks.filter(Boolean).join('\n\n')}\n`;
}

function grouped(rules, keysOf) {
  const groups = new Map();
  for (const rule of rules) for (const key of keysOf(rule)) groups.set(key, [...(groups.get(key) ?? []), rule]);
  return [...groups];
}
