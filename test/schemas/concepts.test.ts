import { describe, expect, test } from 'vitest';
import { loadRules } from '../../src/engine/load-rules.ts';
import type { Fix, Literal } from '../../src/engine/rule.ts';
import { runRules } from '../../src/engine/run-rules.ts';
import { buildModel, readDocuments } from '../../src/model/model.ts';
import type { World } from '../../src/model/world.ts';
import { noQuestions, recording, type Question } from './asked.ts';
import { knownTypes, missing, schemaOf } from './schema.ts';
import { fillings, worldOf } from './synthetic.ts';
import { schemaName } from './walk-values.ts';

const rules = await loadRules();

/** One resource of every type in every filling, then every example. */
function* worlds(): Generator<World> {
  for (const type of knownTypes()) {
    const fields = schemaOf(type);
    if (fields) for (const filling of fillings) yield worldOf(type, fields, filling);
  }
  for (const { examples } of rules)
    for (const { files } of [...examples.bad, ...examples.good, ...examples.unknown]) {
      const snapshot = new Map(Object.entries(files).map(([path, text]) => [path, { path, sha: '', text }]));
      yield* buildModel(snapshot, readDocuments(snapshot)).worlds;
    }
}

/** Code that asks every resource for its name: there the path need only exist somewhere. */
const asksEverything = /^src\/(?:concepts\/relevance|model\/graph)\.ts/;

function isForAnyType({ asker, path }: Question): boolean {
  if (!asksEverything.test(asker)) return false;
  const keys = path.split('.');
  const cloudformation = keys[0] === 'Properties';
  return knownTypes().some((type) => {
    const fields = type.startsWith('AWS::') === cloudformation ? schemaOf(type) : undefined;
    return fields !== undefined && missing(fields, cloudformation ? keys.slice(1) : keys) === undefined;
  });
}

/** Fields that the projects' current releases no longer have and people's manifests still do. */
const formerly: ReadonlyMap<string, string> = new Map([
  ['backend.serviceName', 'extensions/v1beta1 and networking.k8s.io/v1beta1 Ingress, served until Kubernetes 1.22'],
  ['spec.podTemplateOverrides', 'Kubeflow Trainer 2.0 and 2.1; runtimePatches since'],
]);
const isOfOldVersion = ({ path }: Question): boolean => formerly.has(path);

/** What Terraform itself takes in every resource is in no provider's schema. */
const isOfTerraform = ({ path }: Question): boolean => path.startsWith('lifecycle.');

describe('what concepts and rules ask of resources', () => {
  /**
   * A place in the code may ask several types for one path (every resource for its name, every container for its port); it is wrong when
   * none of the types that it asks has the path.
   */
  test('is in the schema of a type that is asked', { timeout: 120_000 }, () => {
    const questions = noQuestions();
    for (const world of worlds()) recording(world, questions, () => void runRules(rules, { worlds: [world] }));
    const inVain = [...questions.byPlace.values()].filter(
      (question) => !question.answered && !isForAnyType(question) && !isOfOldVersion(question) && !isOfTerraform(question),
    );
    expect(inVain.map(({ asker, path, lacking }) => `${asker} asks for ${path}: ${[...lacking].slice(0, 3).join(', ')}`)).toEqual([]);
    // What is never asked is never checked: most types of the extracts and thousands of their paths are.
    expect(questions.asked.size).toBeGreaterThan(8000);
  });

  test('is in the schema where a fix writes it', { timeout: 120_000 }, () => {
    const written = [...worlds()].flatMap((world) => runRules(rules, { worlds: [world] })).flatMap(({ fix, rule }) => writes(fix, rule));
    expect([
      ...new Set(written.filter(({ lacks }) => lacks !== undefined).map(({ rule, lacks }) => `${rule} writes ${lacks ?? ''}`)),
    ]).toEqual([]);
    expect(written.length).toBeGreaterThan(300);
  });
});

/** Every path that a rule's fixes set, with the keys of what they set it to, and what of it the type lacks. */
function writes(fixes: readonly Fix[], rule: string): readonly { readonly rule: string; readonly lacks: string | undefined }[] {
  return fixes.flatMap((fix) => {
    if (fix.do !== 'set') return [];
    const type = schemaName(fix.at.of);
    const fields = schemaOf(type);
    if (!fields) return [];
    return pathsOf(fix.to).map((inner) => {
      const path = [...fix.at.path, ...inner];
      const lacks = missing(fields, type.startsWith('AWS::') ? path.slice(1) : path);
      return { rule, lacks: lacks === undefined ? undefined : `${type}.${lacks}` };
    });
  });
}

function pathsOf(to: Literal): readonly (readonly string[])[] {
  if (Array.isArray(to)) return (to as readonly Literal[]).flatMap(pathsOf);
  // An expression in HCL, or CloudFormation's functions.
  if (typeof to !== 'object' || Object.keys(to).some((key) => /^(?:raw|Ref|Fn::\w+)$/.test(key))) return [[]];
  return Object.entries(to as Readonly<Record<string, Literal>>).flatMap(([key, inner]) => pathsOf(inner).map((rest) => [key, ...rest]));
}
