import type { Files, Rule } from './rule.ts';

/** Gives a rule literal its types: what `check` receives is inferred from `looksAt`. */
export const defineRule = <S>(rule: Rule<S>): Rule<S> => rule;

/** One-file examples, dedented: terraform`...`, yaml`...`. For several files or another name: `{ ...terraform`...`, ...file('prod.tfvars')`...` }`. */
export const terraform = file('main.tf');
export const yaml = file('manifest.yaml');
export const values = file('values.yaml');
export const cloudformation = file('template.yaml');
export const workflow = file('.github/workflows/deploy.yml');
export const definition = file('serving.yaml');

export function file(path: string) {
  return (text: TemplateStringsArray): Files => ({ [path]: dedent(text.raw.join('')) });
}

function dedent(text: string): string {
  const lines = text
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '\n')
    .split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length));
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .replaceAll('\\`', '`')
    .replaceAll('\\${', '${');
}
