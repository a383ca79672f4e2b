import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** A text in the sources that names a resource type, and where. `part`: it is the beginning of names, or a word of a pattern. */
export interface TypeName {
  readonly name: string;
  readonly file: string;
  readonly part: boolean;
}

/** Files whose texts are beginnings of names. */
const prefixes = /^src\/facts\/ai-words\.ts$/;
/** Where configuration is understood; other parts of the sources have other things with types. */
const folders = ['src/concepts', 'src/context', 'src/engine', 'src/facts', 'src/impact', 'src/model', 'rules'];

const root = new URL('../../', import.meta.url);
const terraformWord = /\b(?:aws|google|azurerm|kubernetes|helm|databricks|mongodbatlas)_[a-z0-9_]*[a-z0-9]\b/g;
const terraformName = /^(?:data\.)?(?:aws|google|azurerm|kubernetes|helm|databricks|mongodbatlas)_[a-z0-9_]+$/;
const cloudformationName = /^AWS::\w+::\w*$/;

/** Every resource type that concepts, the model, facts and rules name: as a text, as a key of `byType`, in a comparison with `.type`, in a pattern. */
export function typeNames(): readonly TypeName[] {
  return folders
    .flatMap((folder) => readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`))
    .filter((name) => name.endsWith('.ts'))
    .flatMap(namesIn);
}

function namesIn(file: string): readonly TypeName[] {
  const source = ts.createSourceFile(file, readFileSync(new URL(file, root), 'utf8'), ts.ScriptTarget.ES2023, true);
  const found: TypeName[] = [];
  const add = (name: string, part = false): void => void found.push({ name, file, part });
  const visit = (node: ts.Node): void => {
    // Examples are texts of their own and are checked as configuration.
    if (ts.isTaggedTemplateExpression(node)) return;
    if (ts.isStringLiteral(node)) {
      if (terraformName.test(node.text) || cloudformationName.test(node.text))
        add(node.text, /[_:]$/.test(node.text) || prefixes.test(file));
      else if (isComparedType(node)) add(node.text);
    } else if (ts.isRegularExpressionLiteral(node)) {
      for (const [word] of node.text.matchAll(terraformWord)) add(word, true);
      for (const [word] of node.text.matchAll(/AWS::\w+(?:::\w+)?/g)) add(word, true);
    } else if (ts.isCallExpression(node) && node.expression.getText(source) === 'byType') {
      const [, table] = node.arguments;
      if (table && ts.isObjectLiteralExpression(table))
        for (const { name } of table.properties) if (name && (ts.isIdentifier(name) || ts.isStringLiteral(name))) add(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `resource.type === 'Deployment'`, `case 'Deployment':` of a `switch (resource.type)`. */
function isComparedType(node: ts.StringLiteral): boolean {
  const isType = (other: ts.Node): boolean =>
    ts.isPropertyAccessExpression(other) && other.name.text === 'type' && isResource(other.expression);
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return isType(parent.left === node ? parent.right : parent.left);
  return ts.isCaseClause(parent) && isType(parent.parent.parent.expression);
}

/** What is called a resource, or one letter for it; other things have a `type` too. */
const isResource = (node: ts.Node): boolean =>
  /(?:^|\.)(?:resource|other|r|of|near|target|caller|found|one|store|from|user)$/i.test(node.getText());
