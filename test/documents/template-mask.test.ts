import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../src/documents/data.ts';
import { child, type Node } from '../../src/documents/node.ts';
import { isTemplate, maskTemplate } from '../../src/documents/template-mask.ts';

describe('what counts as a template', () => {
  test.each([
    ['name: {{ .Values.name }}', true],
    ['name: "{{ .Release.Name }}"', true],
    ['{{- if .Values.x }}\na: 1\n{{- end }}', true],
    ['labels:\n  {{- include "x" . | nindent 2 }}', true],
    ['name: {{ MODEL }}-fsdp', true],
    ['- {{.Name}}', true],
    ['run: echo ${{ github.ref }}', false],
    ['expr: "{{ $labels.pod }}"', false],
    ['# {{ .Values.x }}', false],
    ["password: '{{resolve:secretsmanager:x}}'", false],
    ['a: {b: {c: 1}}', false],
  ])('%j: %s', (text, expected) => expect(isTemplate(text)).toBe(expected));
});

test('a mask has the same length and the same line breaks outside of what it blanks', () => {
  const text = 'a: {{ .Values.a }}\r\n{{- if .x }}\r\nb: 1\r\n{{- end }}\r\nc:\r\n  {{- toYaml .Values.c | nindent 2 }}\r\n';
  const masked = maskTemplate(text);
  expect(masked).toHaveLength(text.length);
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) expect(masked.charAt(i)).toBe('\n');
});

/** A tree as plain data: templated texts as `<their source>`, open maps with a `...` key. */
function outline(node: Node | undefined): unknown {
  if (!node) return undefined;
  if (node.is === 'scalar') return node.templated ? `<${String(node.value)}>` : node.value;
  if (node.is === 'list') return node.items.map(outline);
  return Object.fromEntries([
    ...node.entries.map((e) => [e.key, outline(e.value)] as const),
    ...(node.open ? [['...', true] as const] : []),
  ]);
}

describe('what a template still says', () => {
  const table: readonly (readonly [string, string, unknown])[] = [
    ['a value', 'a: {{ .Values.a }}\n', { a: '<{{ .Values.a }}>' }],
    ['a quoted value', 'a: "{{ .Values.a }}:{{ .Chart.Name }}"\n', { a: '<{{ .Values.a }}:{{ .Chart.Name }}>' }],
    ['a string with braces in an action', 'a: {{ printf "}}%s" .Values.a }}\nb: 1\n', { a: '<{{ printf "}}%s" .Values.a }}>', b: 1 }],
    ['control lines', '{{- if .Values.x }}\na: 1\n{{- else }}\nb: 2\n{{- end }}\n', { a: 1, b: 2 }],
    ['a comment over lines', '{{- /* one\n two: {{ x }} */}}\na: 1\n', { a: 1 }],
    ['an inner block alone', 'a:\n  {{- toYaml .Values.a | nindent 2 }}\nb: 1\n', { a: '<{{- toYaml .Values.a | nindent 2 }}>', b: 1 }],
    ['an inner block beside keys', 'a:\n  k: 1\n  {{- toYaml .Values.a | nindent 2 }}\n', { a: { k: 1, '...': true } }],
    ['a block written from the margin', 'a:\n  k: 1\n{{ toYaml .Values.a | indent 2 }}\n', { a: { k: 1, '...': true } }],
    [
      'items of a list',
      'a:\n  - 1\n  {{- toYaml .Values.a | nindent 2 }}\nb: 2\n',
      { a: [1, '<{{- toYaml .Values.a | nindent 2 }}>'], b: 2 },
    ],
    [
      'items of a list that is not indented',
      'a:\n- 1\n{{- toYaml .Values.a | nindent 0 }}\n',
      { a: [1, '<{{- toYaml .Values.a | nindent 0 }}>'] },
    ],
    ['items before items', 'a:\n  {{- toYaml .Values.a | nindent 2 }}\n  - 1\n', { a: ['<{{- toYaml .Values.a | nindent 2 }}>', 1] }],
    ['keys of an item', 'a:\n  - k: 1\n    {{- toYaml .Values.a | nindent 4 }}\n', { a: [{ k: 1, '...': true }] }],
    ['an item that goes on below', 'a:\n  - {{ toYaml . | indent 4 | trim }}\n    k: 1\n', { a: [{ k: 1, '...': true }] }],
    ['an item that begins with a condition', 'a:\n  - {{- if .Values.h }}\n    h: 1\n    {{- end }}\n    k: 2\n', { a: [{ h: 1, k: 2 }] }],
    ['a templated key', '{{ .Values.k }}: 1\nb: 2\n', { b: 2, '...': true }],
    [
      'a block text with a condition',
      'a: |-\n  {{- if .Values.x }}\n  one\n  {{- end }}\n  two\nb: 1\n',
      { a: '<|-\n  {{- if .Values.x }}\n  one\n  {{- end }}\n  two>', b: 1 },
    ],
    ['a line of a condition and its text', 'a: 1\n{{- if .Values.x }}b: 2{{ end }}\n', { a: 1, '...': true }],
  ];
  test.each(table)('%s', (_name, text, expected) => {
    const document = parseYaml('templates/x.yaml', text);
    expect(document).toMatchObject({ templated: true, errors: [] });
    expect(document.roots.map(outline)).toEqual([expected]);
  });
});

test('spans of templated values are those of the source', () => {
  const text = 'a:\n  b: "{{ .Values.b }}-x" # c\n  {{- toYaml .Values.c | nindent 2 }}\nd:\n    {{- toYaml .Values.d | nindent 2 }}\n';
  const [root] = parseYaml('x.yaml', text).roots;
  const slice = (node: Node | undefined) => node && text.slice(node.span.start, node.span.end);
  expect(slice(child(child(root, 'a'), 'b'))).toBe('"{{ .Values.b }}-x"');
  expect(slice(child(root, 'd'))).toBe('{{- toYaml .Values.d | nindent 2 }}');
});

test('a template that cannot be read without rendering has no roots and is no error', () => {
  expect(parseYaml('x.yaml', 'a: b: {{ .Values.x }}\n  c\n d: [\n')).toMatchObject({ roots: [], errors: [], templated: true });
});

test('other tools that fill in whole lines', () => {
  const text = 'a:\n  k: 1\n  ${indent(2, yamlencode(extra))}\nb: 2\n';
  const document = parseYaml('values.yaml', text);
  expect(document.errors).toEqual([]);
  expect(document.roots.map(outline)).toEqual([{ a: { k: 1, '...': true }, b: 2 }]);
});
