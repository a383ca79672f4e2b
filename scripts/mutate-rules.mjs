// Takes each condition out of each rule and asks the rule's own examples whether they notice: `npm run rules:mutate [-- part-of-an-id]`.
// A mutant that no row notices is a condition without an example. Mutants that don't compile don't count: the compiler insists on those
// conditions. Exit status 1 when fewer than the share below are noticed.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { loadRules } from '../dist/src/engine/load-rules.js';
import { failingRow } from '../dist/test/support/rule-table.js';

const floor = 0.97;
const only = process.argv[2] ?? '';
const rules = await loadRules();
const sources = new URL('../rules/', import.meta.url);
const built = new URL('../dist/rules/', import.meta.url);

/** Every condition of a rule's code that decides what it finds, with the texts to put in its place. */
function* mutations(file) {
  function* of(condition) {
    const text = condition.getText(file);
    yield { node: condition, to: 'false', text };
    yield { node: condition, to: 'true', text };
    if (!isLogical(condition)) return;
    for (const operand of operands(condition)) yield { node: operand, to: neutral(operand.parent), text: operand.getText(file) };
  }
  function* walk(node) {
    if (isExamples(node)) return;
    if (ts.isIfStatement(node) && !choosesWords(node)) yield* of(node.expression);
    else if (isFilter(node)) yield* of(node.arguments[0].body);
    for (const child of node.getChildren(file)) yield* walk(child);
  }
  yield* walk(file);
}

const isExamples = (node) => ts.isPropertyAssignment(node) && ['examples', 'why', 'links', 'message'].includes(node.name.getText());
/** `if (…) return 'some words'`: how a finding is told, not whether. */
const choosesWords = ({ thenStatement }) =>
  ts.isReturnStatement(thenStatement) &&
  thenStatement.expression !== undefined &&
  (ts.isStringLiteralLike(thenStatement.expression) || ts.isTemplateExpression(thenStatement.expression));
const isLogical = (node) =>
  ts.isBinaryExpression(node) &&
  (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken || node.operatorToken.kind === ts.SyntaxKind.BarBarToken);
const neutral = (parent) => (parent.operatorToken?.kind === ts.SyntaxKind.BarBarToken ? 'false' : 'true');
const isFilter = (node) =>
  ts.isCallExpression(node) &&
  ts.isPropertyAccessExpression(node.expression) &&
  ['filter', 'some', 'every', 'find'].includes(node.expression.name.text) &&
  node.arguments[0] !== undefined &&
  ts.isArrowFunction(node.arguments[0]) &&
  !ts.isBlock(node.arguments[0].body);

function* operands(node) {
  for (const side of [node.left, node.right]) {
    if (isLogical(side)) yield* operands(side);
    else yield side;
  }
}

const scratch = new URL('.mutants/', built);
let count = 0;

/** Loads a rule from changed source text; a mutant that does not even load is noticed. */
async function load(id, text) {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 } });
  const family = new URL(`${id.slice(0, id.indexOf('/'))}/`, scratch);
  await mkdir(family, { recursive: true });
  const url = new URL(`${count++}.js`, family);
  await writeFile(
    url,
    outputText.replaceAll(/from '(\.[^']+)\.ts'/g, (_, path) => `from '${new URL(`${path}.js`, new URL(`${id}.js`, built)).href}'`),
  );
  return (await import(url.href)).default;
}

async function notices(id, text) {
  try {
    return (await failingRow(await load(id, text), rules)) !== undefined;
  } catch {
    return true;
  }
}

/** Says whether a rule's changed text has type errors. One file is checked at a time, so the program stays warm. */
function makeChecker() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const parsed = ts.parseJsonConfigFileContent(ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config, ts.sys, root);
  const changed = new Map();
  let version = 0;
  const host = {
    getScriptFileNames: () => parsed.fileNames,
    getScriptVersion: (name) => changed.get(name)?.version ?? '0',
    getScriptSnapshot: (name) => {
      const text = changed.get(name)?.text ?? ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => parsed.options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
  const service = ts.createLanguageService(host);
  return (name, text) => {
    changed.set(name, { text, version: String(++version) });
    const errors = service.getSemanticDiagnostics(name);
    changed.delete(name);
    return errors.some(({ category }) => category === ts.DiagnosticCategory.Error);
  };
}

const hasTypeErrors = makeChecker();
const survivors = [];
let tried = 0;
for (const { id } of rules) {
  if (!id.includes(only)) continue;
  const url = new URL(`${id}.ts`, sources);
  const text = await readFile(url, 'utf8');
  const file = ts.createSourceFile(fileURLToPath(url), text, ts.ScriptTarget.Latest, true);
  for (const { node, to, text: condition } of mutations(file)) {
    if (condition === to) continue;
    const mutant = text.slice(0, node.getStart(file)) + to + text.slice(node.getEnd());
    const noticed = await notices(id, mutant);
    if (!noticed && hasTypeErrors(fileURLToPath(url), mutant)) continue;
    tried++;
    if (noticed) continue;
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    survivors.push(`rules/${id}.ts:${line + 1}  ${condition.replaceAll(/\s+/g, ' ').slice(0, 90)}  →  ${to}`);
  }
}
await rm(scratch, { recursive: true, force: true });

for (const survivor of survivors) console.log(`not noticed  ${survivor}`);
const noticed = tried - survivors.length;
console.log(`${noticed} of ${tried} mutants noticed (${((100 * noticed) / Math.max(1, tried)).toFixed(1)} %)`);
process.exitCode = noticed / Math.max(1, tried) < floor ? 1 : 0;
