#!/usr/bin/env node
// Makes src/facts/vulnerable-versions.ts and src/facts/vulnerable-drivers.ts from a table of advisories:
//   node scripts/vulnerable-versions.mjs ADVISORIES.csv > src/facts/vulnerable-versions.ts
//   node scripts/vulnerable-versions.mjs ADVISORIES.csv drivers > src/facts/vulnerable-drivers.ts
// Columns: component,images,affected_range,fixed_in,id,severity,summary,source. Only critical and high rows with a plain version range and a
// fix count. Of a component's rows those stay that no other row covers (an equal or wider range of at least the same severity).
import { readFileSync } from 'node:fs';

/** The components whose image tags are their versions, with the repositories of those images (host, tag and digest removed). */
const images = {
  vllm: '(^|/)vllm-openai$',
  tgi: '(^|/)text-generation-inference$',
  ollama: '^ollama/ollama$',
  ray: '^rayproject/ray(-ml|-llm)?$',
  triton: '(^|/)tritonserver$',
  torchserve: '^pytorch/torchserve$',
  tensorflow: '^tensorflow/(serving|tensorflow)$',
  pytorch: '^pytorch/pytorch$',
  mlflow: '^(mlflow|burakince|bitnami)/mlflow$',
  jupyterhub: '^jupyterhub/jupyterhub$',
  litellm: '^berriai/litellm(-database)?$',
  'open-webui': '^open-webui/open-webui$',
  langflow: '^langflowai/langflow$',
  qdrant: '^qdrant/qdrant$',
  sglang: '^lmsysorg/sglang$',
  'label-studio': '^heartexlabs/label-studio$',
  'gpu-operator': '^nvidia/gpu-operator$',
  'nvidia-container-toolkit': '^nvidia/k8s/container-toolkit$',
  'nvidia-k8s-device-plugin': '^nvidia/k8s-device-plugin$',
  airflow: '^apache/airflow$',
  'ingress-nginx': '^ingress-nginx/controller$',
  dcgm: '^nvidia/cloud-native/dcgm$',
  dynamo: '^nvidia/ai-dynamo/',
  'kai-scheduler': '^nvidia/kai-scheduler/',
  riva: '^nvidia/riva/riva-speech$',
  'tensorrt-llm': '^nvidia/tensorrt-llm/release$',
};

const csv = (text) => {
  const rows = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') ((cell += '"'), (i += 1));
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ',' || c === '\n') {
      rows.at(-1).push(cell.replace(/\r$/, ''));
      cell = '';
      if (c === '\n') rows.push([]);
    } else cell += c;
  }
  const [head, ...body] = rows.filter((row) => row.length > 1);
  return body.map((row) => Object.fromEntries(head.map((key, i) => [key, row[i] ?? ''])));
};

const numbers = (version) =>
  version
    .replace(/^v/, '')
    .split(/[.+-]/)
    .map((part) => Number.parseInt(part, 10))
    .map((n) => (Number.isNaN(n) ? 0 : n));
const compare = (a, b) => {
  const [x, y] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(x.length, y.length); i += 1) if ((x[i] ?? 0) !== (y[i] ?? 0)) return (x[i] ?? 0) - (y[i] ?? 0);
  return 0;
};
const plain = /^(>= [\w.-]+, )?(<|<=) v?\d[\w.]*( \|\| (>= [\w.-]+, )?(<|<=) v?\d[\w.]*)*$/;
const rank = { high: 0, critical: 1 };

const all = csv(readFileSync(process.argv[2], 'utf8')).map((row) => ({ ...row, affected_range: surely(row.affected_range) }));

/** NVIDIA's bulletins say of older versions that only one mode of theirs is affected; which one is in use is not known. */
function surely(range) {
  const [, to, from] = /^<= ([\d.]+) \(CDI mode only for versions prior to ([\d.]+)\)$/.exec(range) ?? [];
  return to === undefined ? range : compare(from, to) <= 0 ? `>= ${from}, <= ${to}` : range;
}
const rows = all.filter(
  (row) =>
    row.component in images &&
    row.severity in rank &&
    plain.test(row.affected_range) &&
    // Of a release candidate we read the release, which is not the last affected one.
    !/<= [\d.]+(?:rc|a|b)\d/.test(row.affected_range) &&
    /^v?\d[\w.]*([, /]+v?\d[\w.]*)*$/.test(row.fixed_in) &&
    !row.summary.includes('see CWE'),
);
const newest = (versions) =>
  versions
    .split(/[, /]+/)
    .map((version) => version.replace(/^v/, ''))
    .sort(compare)
    .at(-1);
const parse = (range) =>
  range
    .split(' || ')
    .map((part) => ({ from: />= ([\w.]+)/.exec(part)?.[1] ?? '', to: /<=? v?([\w.]+)/.exec(part)[1], including: /<= /.test(part) }));
const covers = (a, b) =>
  a !== b &&
  rank[a.severity] >= rank[b.severity] &&
  parse(b.affected_range).every((p) =>
    parse(a.affected_range).some(
      (q) =>
        (q.from === '' || (p.from !== '' && compare(q.from, p.from) <= 0)) &&
        (compare(q.to, p.to) > 0 || (compare(q.to, p.to) === 0 && (q.including || !p.including))),
    ),
  );

const text = (value) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", '’')}'`;

function software() {
  const components = Object.keys(images).map((component) => {
    const mine = rows.filter((row) => row.component === component);
    const kept = mine.filter((row, i) => !mine.some((other, j) => covers(other, row) && !(covers(row, other) && j > i)));
    const fixed = all
      .filter((row) => row.component === component && /^v?\d+[\d.]*([, /]+v?\d[\d.]*)*$/.test(row.fixed_in))
      .map((row) => newest(row.fixed_in))
      .sort(compare)
      .at(-1);
    return {
      component,
      repository: images[component],
      moveTo: fixed,
      rows: kept.sort((a, b) => rank[b.severity] - rank[a.severity] || -compare(newest(a.fixed_in), newest(b.fixed_in))),
    };
  });

  console.log(`// Made by scripts/vulnerable-versions.mjs from NVIDIA product security bulletins, the PyPA advisory database, the Go vulnerability database
// and NVD (read 2026-08). Do not edit by hand.

/** Versions of an image's software with known critical or high vulnerabilities. \`moveTo\`: the newest version that an advisory names as fixed. */
export interface VulnerableSoftware {
  readonly software: string;
  readonly repository: RegExp;
  readonly moveTo: string;
  readonly vulnerabilities: readonly Vulnerability[];
}
export interface Vulnerability {
  readonly id: string;
  readonly severity: 'critical' | 'high';
  readonly summary: string;
  readonly fixedIn: string;
  /** Alternatives; \`to\` is exclusive unless \`including\`. An empty \`from\` means every older version. */
  readonly affected: readonly { readonly from: string; readonly to: string; readonly including?: true }[];
}

export const vulnerableSoftware: readonly VulnerableSoftware[] = [`);
  for (const { component, repository, moveTo, rows: kept } of components) {
    if (kept.length === 0) continue;
    console.log(
      `  {\n    software: ${text(component)},\n    repository: /${repository.replaceAll('/', '\\/')}/,\n    moveTo: ${text(moveTo)},\n    vulnerabilities: [`,
    );
    for (const row of kept) {
      const id = row.id.split(' ')[0];
      const summary = row.summary
        .replace(/ \(CVSS [\d.]+\)/, '')
        .replace(/\s+/g, ' ')
        .trim();
      const affected = parse(row.affected_range).map(
        ({ from, to, including }) => `{ from: ${text(from)}, to: ${text(to)}${including ? ', including: true' : ''} }`,
      );
      console.log(
        `      { id: ${text(id)}, severity: ${text(row.severity)}, summary: ${text(summary)}, fixedIn: ${text(newest(row.fixed_in))}, affected: [${affected.join(', ')}] },`,
      );
    }
    console.log('    ],\n  },');
  }
  console.log('];');
}

/** Drivers are fixed branch by branch: of each the newest fix, and what it fixed. Every older version of the branch has that, or more. */
function drivers() {
  const branches = new Map();
  for (const row of all) {
    const [, branch, fixed] = /^>= (\d+), < (\1[\d.]+)$/.exec(row.affected_range) ?? [];
    if (row.component !== 'nvidia-driver-linux' || !(row.severity in rank) || branch === undefined) continue;
    const known = branches.get(branch);
    if (!known || compare(fixed, known.fixed) > 0) branches.set(branch, { fixed, ids: row.id.split(' ') });
  }
  console.log(`// Made by scripts/vulnerable-versions.mjs from NVIDIA's product security bulletins (read 2026-08). Do not edit by hand.

/** The newest fix of high or critical vulnerabilities in a branch of NVIDIA's data-centre driver for Linux, and what it fixed. */
export interface DriverFix {
  readonly branch: number;
  readonly fixedIn: string;
  readonly ids: readonly string[];
}

export const driverFixes: readonly DriverFix[] = [`);
  for (const [branch, { fixed, ids }] of [...branches].sort(([a], [b]) => a - b))
    console.log(`  { branch: ${branch}, fixedIn: ${text(fixed)}, ids: [${ids.map(text).join(', ')}] },`);
  console.log('];');
}

if (process.argv[3] === 'drivers') drivers();
else software();
