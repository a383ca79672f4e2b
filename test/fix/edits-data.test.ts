import { describe, expect, test } from 'vitest';
import { entry } from '../../src/documents/node.ts';
import type { Fix } from '../../src/engine/rule.ts';
import { applyFixes } from '../../src/fix/apply-fixes.ts';
import { nodeValue } from '../../src/model/node-value.ts';
import { makeResource, type Dialect } from '../../src/model/resource.ts';
import { fixture, type Fixture } from './located.ts';

interface Row {
  readonly name: string;
  readonly before: string;
  readonly fix: (f: Fixture) => readonly Fix[];
  /** Absent when the fix can't be made. */
  readonly after?: string;
  readonly file?: string;
  readonly dialect?: Dialect;
}

const yaml: readonly Row[] = [
  {
    name: 'sets a plain scalar and keeps its comment',
    before: 'spec:\n  privileged: true # gpu\n  x: 1\n',
    fix: ({ at }) => [{ do: 'set', at: at('spec', 'privileged'), to: false }],
    after: 'spec:\n  privileged: false # gpu\n  x: 1\n',
  },
  {
    name: "keeps the file's quotes",
    before: 'a: \'x\'\nb: "y"\nc: z\nd: w\n',
    fix: ({ at }) => [
      { do: 'set', at: at('a'), to: "it's" },
      { do: 'set', at: at('b'), to: 'say "x"' },
      { do: 'set', at: at('c'), to: 'nvcr.io/nvidia/tritonserver:24.01-py3' },
      { do: 'set', at: at('d'), to: 'true' },
    ],
    after: 'a: \'it\'\'s\'\nb: "say \\"x\\""\nc: nvcr.io/nvidia/tritonserver:24.01-py3\nd: "true"\n',
  },
  {
    name: 'makes quoted text a boolean when that is what is meant',
    before: 'a: "true"\n',
    fix: ({ at }) => [{ do: 'set', at: at('a'), to: true }],
    after: 'a: true\n',
  },
  {
    name: 'adds to a block map, before the comment of what follows',
    before: 'spec:\n  containers:\n    - name: llm\n      image: x # pinned\n      # the sidecar\n    - name: proxy\n  # end\n',
    fix: ({ at }) => [{ do: 'set', at: at('spec', 'containers', 0, 'imagePullPolicy'), to: 'Always' }],
    after:
      'spec:\n  containers:\n    - name: llm\n      image: x # pinned\n      imagePullPolicy: Always\n      # the sidecar\n    - name: proxy\n  # end\n',
  },
  {
    name: 'creates the missing maps, once for several settings, in the indentation of the file',
    before: 'spec:\n    name: x\n',
    fix: ({ at }) => [
      { do: 'set', at: at('spec', 'securityContext', 'runAsNonRoot'), to: true },
      { do: 'set', at: at('spec', 'securityContext', 'capabilities', 'drop'), to: ['ALL'] },
    ],
    after:
      'spec:\n    name: x\n    securityContext:\n        runAsNonRoot: true\n        capabilities:\n            drop:\n                - ALL\n',
  },
  {
    name: 'indents lists as the file does',
    before: 'a:\n- 1\nb:\n  c: 1\n',
    fix: ({ at }) => [{ do: 'set', at: at('b', 'd'), to: [{ x: 1, z: [2] }] }],
    after: 'a:\n- 1\nb:\n  c: 1\n  d:\n  - x: 1\n    z:\n    - 2\n',
  },
  {
    name: 'adds at the end of a file without a final line break',
    before: 'a: 1',
    fix: ({ at }) => [{ do: 'set', at: at('b'), to: 2 }],
    after: 'a: 1\nb: 2',
  },
  {
    name: 'adds behind a block scalar',
    before: 'a: |\n  x\n  y\n\nb:\n  c: 1\n',
    fix: ({ at }) => [{ do: 'set', at: at('d'), to: 2 }],
    after: 'a: |\n  x\n  y\n\nb:\n  c: 1\nd: 2\n',
  },
  {
    name: 'fills a key that has no value',
    before: 'a:\n  securityContext: # later\n  b: 1\n',
    fix: ({ at }) => [{ do: 'set', at: at('a', 'securityContext', 'runAsNonRoot'), to: true }],
    after: 'a:\n  securityContext: # later\n    runAsNonRoot: true\n  b: 1\n',
  },
  {
    name: 'fills a key that has no value with a scalar',
    before: 'a:\nb: ~\n',
    fix: ({ at }) => [
      { do: 'set', at: at('a'), to: 1 },
      { do: 'set', at: at('b'), to: 'x' },
    ],
    after: 'a: 1\nb: x\n',
  },
  {
    name: 'opens an empty map',
    before: 'a:\n  securityContext: {}\n  b: 1\n',
    fix: ({ at }) => [{ do: 'set', at: at('a', 'securityContext', 'runAsNonRoot'), to: true }],
    after: 'a:\n  securityContext:\n    runAsNonRoot: true\n  b: 1\n',
  },
  {
    name: 'adds to a flow map',
    before: 'a: { "b": 1 }\n',
    fix: ({ at }) => [{ do: 'set', at: at('a', 'c'), to: [1, 'x'] }],
    after: 'a: { "b": 1, "c": [1, x] }\n',
  },
  {
    name: 'replaces a scalar with a map',
    before: 'a:\n  b: 1 # why\n  c: 2\n',
    fix: ({ at }) => [{ do: 'set', at: at('a', 'b'), to: { x: 1 } }],
    after: 'a:\n  b: # why\n    x: 1\n  c: 2\n',
  },
  {
    name: 'leaves a block scalar, a tagged value and a value behind an anchor that others use',
    before: 'a: |\n  x\nb: !Ref x\nc: &c 1\nd: *c\n',
    fix: ({ at }) => [{ do: 'set', at: at('a'), to: 'y' }],
  },
  {
    name: 'leaves a tagged value',
    before: 'b: !Ref x\n',
    fix: ({ at }) => [{ do: 'set', at: at('b'), to: 'y' }],
  },
  {
    name: 'leaves an anchored value that others use',
    before: 'c: &c 1\nd: *c\n',
    fix: ({ at }) => [{ do: 'set', at: at('c'), to: 2 }],
  },
  {
    name: 'leaves a value whose anchor is a value of its own',
    before: 'c: &c 1\nd: *c\n',
    fix: ({ at }) => [{ do: 'set', at: at('d'), to: 2 }],
  },
  {
    name: 'edits at the anchor that only this value uses',
    before: 'x-on: &c true\nd: *c\n',
    fix: ({ at }) => [{ do: 'set', at: at('d'), to: false }],
    after: 'x-on: &c false\nd: *c\n',
  },
  {
    name: 'leaves an anchor that several values use',
    before: 'x-on: &c true\nd: *c\ne: *c\n',
    fix: ({ at }) => [{ do: 'set', at: at('d'), to: false }],
  },
  {
    name: 'leaves a map that others merge in',
    before: 'x-on: &c\n  a: 1\nd:\n  <<: *c\n',
    fix: ({ at }) => [{ do: 'set', at: at('x-on', 'b'), to: false }],
  },
  {
    name: 'adds to a map that merges another one in',
    before: 'x-on: &c\n  a: 1\nd:\n  <<: *c\ne: 1\n',
    fix: ({ at }) => [{ do: 'set', at: at('d', 'b'), to: false }],
    after: 'x-on: &c\n  a: 1\nd:\n  <<: *c\n  b: false\ne: 1\n',
  },
  {
    name: 'leaves a map that is an alias',
    before: 'x-on: &c\n  a: 1\nd: *c\n',
    fix: ({ at }) => [{ do: 'set', at: at('d', 'b'), to: false }],
  },
  {
    name: 'keeps CRLF',
    before: 'a:\r\n  b: 1\r\n',
    fix: ({ at }) => [{ do: 'set', at: at('a', 'c', 'd'), to: 2 }],
    after: 'a:\r\n  b: 1\r\n  c:\r\n    d: 2\r\n',
  },
  {
    name: 'removes an entry with its lines and its comment',
    before: 'a:\n  b: 1\n  c: # why\n    d: 2\n  e: 3\n',
    fix: ({ at }) => [{ do: 'remove', at: at('a', 'c') }],
    after: 'a:\n  b: 1\n  e: 3\n',
  },
  {
    name: 'removes the first entry of a list item',
    before: 'a:\n  - b: 1\n    c: 2\n  - d: 1\n',
    fix: ({ at }) => [{ do: 'remove', at: at('a', 0, 'b') }],
    after: 'a:\n  - c: 2\n  - d: 1\n',
  },
  {
    name: 'removes a list item',
    before: 'a:\n  - SYS_ADMIN\n  - NET_BIND_SERVICE\n',
    fix: ({ at }) => [{ do: 'remove', at: at('a', 0) }],
    after: 'a:\n  - NET_BIND_SERVICE\n',
  },
  {
    name: 'leaves an empty list where the only item goes',
    before: 'a:\n  add:\n    - SYS_ADMIN\n  b: 1\n',
    fix: ({ at }) => [{ do: 'remove', at: at('a', 'add', 0) }],
    after: 'a:\n  add: []\n  b: 1\n',
  },
  {
    name: 'removes an item of a flow list',
    before: 'a: [x, y]\n',
    fix: ({ at }) => [{ do: 'remove', at: at('a', 1) }],
    after: 'a: [x]\n',
  },
  {
    name: 'appends a document',
    before: 'a: 1\n---\nb: 1\n',
    fix: ({ resource }) => [{ do: 'append', after: resource, text: 'c: 1\n' }],
    after: 'a: 1\n---\nc: 1\n---\nb: 1\n',
  },
  {
    name: 'appends a document at the end',
    before: 'a: 1\n# end\n',
    fix: ({ resource }) => [{ do: 'append', after: resource, text: 'c: 1\n' }],
    after: 'a: 1\n# end\n---\nc: 1\n',
  },
  {
    name: 'adds to a template outside of its conditions',
    file: 'templates/deployment.yaml',
    before: 'spec:\n  a: 1\n  {{- if .Values.on }}\n  b: 2\n  {{- end }}\n',
    fix: ({ at }) => [{ do: 'set', at: at('spec', 'c'), to: true }],
    after: 'spec:\n  a: 1\n  c: true\n  {{- if .Values.on }}\n  b: 2\n  {{- end }}\n',
  },
  {
    name: 'leaves what a template writes',
    file: 'templates/deployment.yaml',
    before: 'spec:\n  a: {{ .Values.a }}\n',
    fix: ({ at }) => [{ do: 'set', at: at('spec', 'a'), to: true }],
  },
  {
    name: 'replaces a list in the manner of the file',
    before: 'a:\n- x\n- y # last\nb: 1\n',
    fix: ({ at }) => [{ do: 'set', at: at('a'), to: ['z', 'w'] }],
    after: 'a:\n- z\n- w # last\nb: 1\n',
  },
  {
    name: 'empties a list',
    before: 'a:\n- x\nb: 1\n',
    fix: ({ at }) => [{ do: 'set', at: at('a'), to: [] }],
    after: 'a: []\nb: 1\n',
  },
  {
    name: 'replaces a span',
    before: 'a: 1\n',
    fix: ({ file }) => [{ do: 'replace', span: { file, start: 3, end: 4 }, text: '2' }],
    after: 'a: 2\n',
  },
];

const cloudFormation = 'Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n';

/** The resource under `Resources`, which is all that the file has. */
function stack({ file, text, documents }: Fixture): Fixture {
  const document = documents(file);
  const resources = document?.is === 'data' ? entry(document.roots[0], 'Resources')?.value : undefined;
  const bucket = entry(resources, 'Bucket');
  const value = bucket && nodeValue(bucket.value);
  if (!bucket || value?.is !== 'map') throw new Error('no resource');
  const environment = { stage: 'unknown', name: '', why: '' } as const;
  const resource = makeResource({
    dialect: 'cloudformation',
    type: 'AWS::S3::Bucket',
    address: 'Bucket',
    name: 'Bucket',
    scope: file,
    environment,
    at: bucket.keySpan,
    span: bucket.span,
    value,
  });
  return { file, text, documents, resource, at: (...path) => resource.attr(...path) };
}

const stacks: readonly Row[] = [
  {
    name: 'adds properties to the only resource',
    before: cloudFormation,
    fix: (f) => [{ do: 'set', at: stack(f).at('Properties', 'AccessControl'), to: 'Private' }],
    after: `${cloudFormation}    Properties:\n      AccessControl: Private\n`,
  },
  {
    name: 'appends a resource',
    before: cloudFormation,
    fix: (f) => [{ do: 'append', after: stack(f).resource, text: 'Policy:\n  Type: AWS::S3::BucketPolicy\n' }],
    after: `${cloudFormation}  Policy:\n    Type: AWS::S3::BucketPolicy\n`,
  },
  {
    name: 'appends a resource in JSON',
    file: 'template.json',
    before: '{\n  "Resources": {\n    "Bucket": {\n      "Type": "AWS::S3::Bucket"\n    }\n  }\n}\n',
    fix: (f) => [{ do: 'append', after: stack(f).resource, text: '"Policy": {\n  "Type": "AWS::S3::BucketPolicy"\n}' }],
    after:
      '{\n  "Resources": {\n    "Bucket": {\n      "Type": "AWS::S3::Bucket"\n    },\n    "Policy": {\n      "Type": "AWS::S3::BucketPolicy"\n    }\n  }\n}\n',
  },
];

const json: readonly Row[] = [
  {
    name: 'sets a value',
    before: '{\n  "a": "x",\n  "b": 1\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('a'), to: 'y"' }],
    after: '{\n  "a": "y\\"",\n  "b": 1\n}\n',
  },
  {
    name: 'adds an entry in the indentation of the file',
    before: '{\n\t"a": {\n\t\t"b": 1\n\t}\n}\n',
    fix: ({ at }) => [
      { do: 'set', at: at('a', 'c', 'd'), to: true },
      { do: 'set', at: at('e'), to: [1, 'x'] },
    ],
    after: '{\n\t"a": {\n\t\t"b": 1,\n\t\t"c": {\n\t\t\t"d": true\n\t\t}\n\t},\n\t"e": [\n\t\t1,\n\t\t"x"\n\t]\n}\n',
  },
  {
    name: 'adds to an empty object and to one on one line',
    before: '{\n  "a": {},\n  "b": {"c": 1}\n}\n',
    fix: ({ at }) => [
      { do: 'set', at: at('a', 'x'), to: true },
      { do: 'set', at: at('b', 'd'), to: { e: 1 } },
    ],
    after: '{\n  "a": {\n    "x": true\n  },\n  "b": {"c": 1, "d": { "e": 1 }}\n}\n',
  },
  {
    name: 'removes an entry and the comma that is left over',
    before: '{\n  "a": 1,\n  "b": 2\n}\n',
    fix: ({ at }) => [{ do: 'remove', at: at('b') }],
    after: '{\n  "a": 1\n}\n',
  },
  {
    name: 'removes the first entry',
    before: '{\n  "a": 1,\n  "b": 2\n}\n',
    fix: ({ at }) => [{ do: 'remove', at: at('a') }],
    after: '{\n  "b": 2\n}\n',
  },
  {
    name: 'escapes what Terraform would take for a template',
    file: 'main.tf.json',
    before: '{"a": "x"}',
    fix: ({ at }) => [{ do: 'set', at: at('a'), to: '${b}' }],
    after: '{"a": "$${b}"}',
  },
];

const run = ({ file = 'manifest.yaml', before, fix, dialect }: Row): string | undefined => {
  const f = fixture(file, before, dialect);
  return applyFixes(fix(f), f.documents)?.get(file);
};

describe('YAML', () => {
  test.each(yaml)('$name', (row) => expect(run(row)).toBe(row.after));
});

describe('CloudFormation', () => {
  test.each(stacks)('$name', (row) => expect(run(row)).toBe(row.after));
});

describe('JSON', () => {
  test.each(json)('$name', (row) => expect(run({ file: 'template.json', ...row })).toBe(row.after));
});
