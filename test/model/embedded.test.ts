import { describe, expect, test } from 'vitest';
import { embedded } from '../../src/model/embedded.ts';
import type { Value } from '../../src/model/value.ts';
import { only, traced, worldNamed } from './lines.ts';
import { brief } from './support.ts';

const at = (value: Value, ...path: readonly (string | number)[]): Value => {
  let inner = embedded(value);
  for (const key of path) {
    const next = inner.is === 'map' ? inner.entries.get(String(key)) : inner.is === 'list' ? inner.items[Number(key)] : undefined;
    if (!next) throw new Error(`no ${String(key)} in ${brief(inner)}`);
    inner = next;
  }
  return inner;
};
const task = (definitions: string): Record<string, string> => ({
  'main.tf': `variable "image" { default = "vllm/vllm-openai:latest" }\nvariable "token" {}\nresource "aws_ecs_task_definition" "t" {\n  container_definitions = ${definitions}\n}\n`,
});
const definitionsOf = (files: Record<string, string>): Value =>
  only(worldNamed(files, 'terraform:.'), 'terraform', 'aws_ecs_task_definition').attr('container_definitions');

describe('the containers of an ECS task', () => {
  test('in jsonencode', () => {
    const files = task(
      'jsonencode([\n    {\n      name       = "llm"\n      image      = var.image\n      privileged = true\n      environment = [{ name = "HF_TOKEN", value = var.token }]\n    }\n  ])',
    );
    const definitions = definitionsOf(files);
    expect(traced(files, at(definitions, 0, 'privileged'))).toBe('true < main.tf:8*');
    expect(traced(files, at(definitions, 0, 'image'))).toBe('"vllm/vllm-openai:latest" < main.tf:7 main.tf:1*');
    expect(brief(at(definitions, 0, 'environment', 0, 'value'))).toBe('unknown: the variable `token` has no value here -> var.token');
  });
  test('in a heredoc', () => {
    const files = task(
      '<<JSON\n[\n  {\n    "name": "llm",\n    "image": "${var.image}",\n    "privileged": true,\n    "memory": ${var.token}\n  }\n]\nJSON',
    );
    const definitions = definitionsOf(files);
    expect(traced(files, at(definitions, 0, 'privileged'))).toMatch(/^true < main\.tf:9\* /);
    expect(traced(files, at(definitions, 0, 'image'))).toMatch(/^"vllm\/vllm-openai:latest" < main\.tf:8 main\.tf:1\* /);
    expect(at(definitions, 0, 'memory').is).toBe('unknown');
  });
  test('what is put in behind something unknown still says where it is written', () => {
    const files = task(
      '<<JSON\n[{\n  "memory": ${var.token},\n  "cpu": ${1 + 1},\n  "image": "${var.image}",\n  "tag": "v${1 + 1}"\n}]\nJSON',
    );
    const definitions = definitionsOf(files);
    expect(traced(files, at(definitions, 0, 'image'))).toMatch(/^"vllm\/vllm-openai:latest" < main\.tf:8 main\.tf:1\* /);
    // One character of the result is not one character of the text.
    expect(traced(files, at(definitions, 0, 'cpu'))).not.toContain('*');
    expect(traced(files, at(definitions, 0, 'tag'))).not.toContain('*');
  });
  test('in a file that is filled in', () => {
    const files = {
      ...task('templatefile("${path.module}/task.json", { image = var.image })'),
      'task.json': '[\n  {\n    "image": "${image}",\n    "privileged": true\n  }\n]\n',
    };
    expect(traced(files, at(definitionsOf(files), 0, 'privileged'))).toMatch(/^true < task\.json:4\* /);
  });
});

describe('a text that is meant as YAML', () => {
  const known = (value: string): Value => ({ is: 'known', value, origins: [] });
  test.each([
    ['a: {b: 1}', '{a: {b: 1}}'],
    ['{a: 1}', '{a: 1}'],
    ['a: "{{ .Release.Name }}"\nb: 1', '{a: unknown: written by a template, b: 1}'],
    ['a: 1\n---\nb: 2', '[{a: 1}, {b: 2}]'],
    ['a sentence', '"a sentence"'],
    ['a: b: c', '"a: b: c"'],
  ])('%j', (text, expected) => expect(brief(embedded(known(text), 'yaml'))).toBe(expected));
  test('is not taken for one without being told so', () => {
    expect(brief(embedded(known('note: this is a sentence')))).toBe('"note: this is a sentence"');
  });
});
