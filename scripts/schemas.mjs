#!/usr/bin/env node
// Makes test/schemas/*.json, the extracts of the providers' schemas that test/schemas.test.ts checks every name against:
//   npm run schemas -- [--packages DIR] [--repositories DIR]
// Packages come from the npm registry into a temporary folder (200 MB) and never become dependencies; with --packages they are kept in DIR
// and taken from there the next time. Custom resource definitions come from git: clones named owner+name in the repositories folder, made
// when missing. An extract holds every type that the sources, rules and tests name, and those that `wanted` in schemas/sources.mjs describes.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cloudformationTypes } from './schemas/cloudformation.mjs';
import { customTypes, kubernetesTypes } from './schemas/kubernetes.mjs';
import { asKubernetesOwn, written } from './schemas/share.mjs';
import { cloudformationPackage, crds, kubernetesPackage, terraformPackages, wanted } from './schemas/sources.mjs';
import { terraformTypes } from './schemas/terraform.mjs';

const { values: options } = parseArgs({ options: { packages: { type: 'string' }, repositories: { type: 'string' } } });
const scratch = mkdtempSync(join(tmpdir(), 'plumbline-schemas-'));
const packages = options.packages ?? scratch;
const repositories = options.repositories ?? scratch;
const root = new URL('../', import.meta.url).pathname;
const out = join(root, 'test/schemas');

/** `@scope/name@1.2.3` to the path of its tarball. */
function packed(name) {
  const file = join(packages, `${name.replace(/^@/, '').replace('/', '-').replace('@', '-')}.tgz`);
  mkdirSync(packages, { recursive: true });
  if (!existsSync(file)) execFileSync('npm', ['pack', '--silent', name], { cwd: packages, stdio: ['ignore', 'ignore', 'inherit'] });
  return file;
}

/** A git directory that holds a commit. */
function cloneOf(repository, commit) {
  const base = join(repositories, repository.replace('/', '+'));
  const at = existsSync(join(base, 'repo')) ? join(base, 'repo') : base;
  if (!existsSync(at)) {
    execFileSync('git', ['init', '--quiet', '--bare', at]);
    execFileSync('git', ['-C', at, 'fetch', '--quiet', '--depth=1', `https://github.com/${repository}`, commit], { stdio: 'inherit' });
  }
  return at;
}

/** Everything that looks like a type's name in the sources, the rules and the tests. */
function namesInUse() {
  const names = new Set();
  for (const folder of ['src', 'rules', 'test'])
    for (const name of readdirSync(join(root, folder), { recursive: true }))
      if (name.endsWith('.ts') || name.endsWith('traps.json'))
        for (const [word] of readFileSync(join(root, folder, name), 'utf8').matchAll(
          /AWS::\w+::\w+|(?:\bdata\W{1,4})?\b[a-z]+_[a-z0-9_]+/g,
        ))
          names.add(word.replace(/^data\W+/, 'data.'));
  return names;
}

try {
  const used = namesInUse();
  const isWanted = (patterns) => (type) => used.has(type) || (!type.startsWith('data.') && patterns.some((pattern) => pattern.test(type)));
  const save = (name, about, types) => {
    const text = written(about, types);
    writeFileSync(join(out, `${name}.json`), text);
    console.log(`${name}: ${types.size} types, ${Math.round(text.length / 1000)} KB`);
  };
  mkdirSync(out, { recursive: true });
  const known = new Set();
  for (const [name, { package: source, provider }] of Object.entries(terraformPackages)) {
    const types = terraformTypes(packed(source), isWanted(wanted.terraform));
    // What google has, google-beta has too: of the second only its own types are kept.
    for (const type of types.keys()) if (known.has(type)) types.delete(type);
    for (const type of types.keys()) known.add(type);
    save(`terraform-${name}`, { source, provider, licence: 'MPL-2.0' }, types);
  }
  save(
    'cloudformation',
    { source: cloudformationPackage, licence: 'Apache-2.0' },
    cloudformationTypes(packed(cloudformationPackage), isWanted(wanted.cloudformation)),
  );
  const own = kubernetesTypes(packed(kubernetesPackage));
  const custom = asKubernetesOwn(customTypes(crds, cloneOf), own);
  save(
    'kubernetes',
    {
      source: [kubernetesPackage, ...crds.map(({ repository, commit }) => `${repository}@${commit}`)],
      licence: 'Apache-2.0; the catalogue of definitions MIT; of seldon-core the names of fields alone',
    },
    new Map([...own, ...custom]),
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
