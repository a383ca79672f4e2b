import { describe, expect, test } from 'vitest';
import { brief, resource, say, worldsOf } from './support.ts';

const chart = {
  'charts/llm/Chart.yaml': 'apiVersion: v2\nname: llm\nversion: 1.0.0\nappVersion: "0.6.0"\n',
  'charts/llm/values.yaml':
    'image:\n  repository: vllm/vllm-openai\n  tag: ""\nreplicas: 2\nsecurityContext:\n  privileged: true\nnothing: null\n',
};
const deployment = (line: string) => `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  p: ${line}\n`;

describe('worlds', () => {
  test('a chart with its values, its overlays and its templates', () => {
    const files = {
      ...chart,
      'charts/llm/values-prod.yaml': 'replicas: 3\n',
      'charts/llm/templates/d.yaml': deployment('1'),
      'envs/dev/values.yaml': 'replicas: 1\n',
    };
    const { worlds, read } = worldsOf(files);
    expect(
      worlds.map((world) => [world.id, world.resources.map((r) => `${r.dialect} ${r.type} ${r.address} ${r.environment.stage}`)]),
    ).toEqual([
      [
        'helm:charts/llm',
        ['helm-values chart Chart.yaml unknown', 'helm-values values values.yaml unknown', 'helm-values values values-prod.yaml prod'],
      ],
      ['helm-templates:charts/llm', ['kubernetes Deployment apps/v1/Deployment/{{ .Release.Name }} unknown']],
      ['helm:envs/dev/values.yaml', ['helm-values values values.yaml dev']],
    ]);
    expect([...read.values()]).toEqual(['chart', 'helm-values', 'helm-values', 'helm-template', 'helm-values']);
  });
});

describe('branches that the chart’s own values decide', () => {
  const values = 'host: false\nwide: true\nextra: []\nsidecar: {}\nsome: { on: true }\n';
  test.each([
    ['{{- if .Values.host }}', 'unknown: left out by the chart’s own values'],
    ['{{- if .Values.wide }}', 'true'],
    ['{{- if not .Values.wide }}', 'unknown: left out by the chart’s own values'],
    ['{{- if and .Values.wide (not (.Values.some.on)) }}', 'unknown: left out by the chart’s own values'],
    ['{{- if or .Values.host .Values.some.on }}', 'true'],
    ['{{- if and .Values.wide .Values.missing }}', 'true'],
    ['{{- if eq .Values.host "x" }}', 'true'],
    ['{{- if .Values.wide }}{{- else }}', 'unknown: left out by the chart’s own values'],
    ['{{- if .Values.host }}{{- else if .Values.wide }}', 'true'],
    ['{{- if .Values.wide }}{{- else if .Values.missing }}', 'unknown: left out by the chart’s own values'],
    ['{{- with .Values.sidecar }}', 'unknown: left out by the chart’s own values'],
    ['{{- range .Values.extra }}', 'unknown: left out by the chart’s own values'],
    ['{{- if .Values.missing }}', 'true'],
  ])('%s', (line, expected) => {
    const files = {
      'llm/Chart.yaml': 'apiVersion: v2\nname: llm\nversion: 1.0.0\n',
      'llm/values.yaml': values,
      'llm/templates/d.yaml': `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  a: 1\n  ${line}\n  p: true\n  {{- end }}\n  q: 2\n`,
    };
    const pod = worldsOf(files).worlds.flatMap((world) => world.resources.filter((r) => r.type === 'Pod'))[0];
    expect(pod && brief(pod.attr('spec', 'p'))).toBe(expected);
    expect(pod && brief(pod.attr('spec', 'q'))).toBe('2');
  });
  test('a resource that is left out as a whole is read all the same', () => {
    const files = {
      'llm/Chart.yaml': 'apiVersion: v2\nname: llm\nversion: 1.0.0\n',
      'llm/values.yaml': values,
      'llm/templates/d.yaml': '{{- if .Values.host }}\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  p: true\n{{- end }}\n',
    };
    const pod = worldsOf(files).worlds.flatMap((world) => world.resources.filter((r) => r.type === 'Pod'))[0];
    expect(pod && brief(pod.attr('spec', 'p'))).toBe('true');
  });
});

describe('what a templated value gives', () => {
  test.each([
    ['{{ .Values.replicas }}', '2 | attribute «{{ .Values.replicas }}» | file* «2»'],
    ['{{ .Values.replicas | quote }}', '"2" | attribute «{{ .Values.replicas | quote }}» | file* «2»'],
    [
      '{{- toYaml .Values.securityContext | nindent 4 }}',
      '{privileged: true} | attribute «{{- toYaml .Values.securityContext | nindent 4 }}» | file «privileged: true»',
    ],
    [
      '"{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"',
      '"vllm/vllm-openai:0.6.0" | attribute «"{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"» | file «vllm/vllm-openai» | file «"0.6.0"»',
    ],
    ['{{ default "x" .Values.image.tag }}', '"x" | attribute «{{ default "x" .Values.image.tag }}»'],
    ['{{ .Values.missing }}', 'unknown: written by a template | attribute «{{ .Values.missing }}»'],
    ['{{ .Release.Namespace }}', 'unknown: written by a template | attribute «{{ .Release.Namespace }}»'],
    ['{{ include "llm.name" . }}', 'unknown: written by a template | attribute «{{ include "llm.name" . }}»'],
    [
      '{{ if .Values.replicas }}a{{ else }}b{{ end }}',
      'unknown: written by a template | attribute «{{ if .Values.replicas }}a{{ else }}b{{ end }}»',
    ],
    ['{{ .Values.nothing }}', 'absent | attribute «{{ .Values.nothing }}» | file* «null»'],
  ])('%s', (line, expected) => {
    const files = { ...chart, 'charts/llm/templates/d.yaml': deployment(line) };
    const found = worldsOf(files).worlds.flatMap((world) => world.resources.filter((r) => r.type === 'Deployment'));
    expect(found.map((r) => say(files, r.attr('spec', 'p')))).toEqual([expected]);
  });
  test('the parts of a value that a template takes whole', () => {
    const files = { ...chart, 'charts/llm/templates/d.yaml': deployment('{{- toYaml .Values.securityContext | nindent 4 }}') };
    const [found] = worldsOf(files).worlds.flatMap((world) => world.resources.filter((r) => r.type === 'Deployment'));
    expect(found && say(files, found.attr('spec', 'p', 'privileged'))).toBe(
      'true | attribute «{{- toYaml .Values.securityContext | nindent 4 }}» | file* «true»',
    );
  });
  test('a map that a template adds to may have any key', () => {
    const files = {
      'templates/a.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostNetwork: true\n  {{- toYaml .Values.x | nindent 2 }}\n',
    };
    expect(brief(resource(files).attr('spec', 'hostPID'))).toBe('unknown: part of the map is not known');
    expect(brief(resource(files).attr('spec', 'hostNetwork'))).toBe('true');
  });
  test('a key that both branches write is not known', () => {
    const files = {
      'templates/a.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n{{- if .Values.x }}\n  hostNetwork: true\n{{- else }}\n  hostNetwork: false\n{{- end }}\n',
    };
    expect(brief(resource(files).attr('spec', 'hostNetwork'))).toBe('unknown: a template writes one of several values');
  });
});
