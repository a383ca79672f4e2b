import { GraphqlSyntaxError, parseDocument } from './graphql-language.ts';
import type { ArgumentValue, Document, FieldSelection, Operation, Selection } from './graphql-language.ts';
import {
  GraphqlError,
  graphNode,
  isNode,
  issueCommentNode,
  need,
  repositoryNode,
  reviewCommentNode,
  threadNode,
  userNode,
} from './graphql-nodes.ts';
import type { GraphNode, GraphValue } from './graphql-nodes.ts';
import { schema } from './graphql-schema.ts';
import { validate } from './graphql-validate.ts';
import { object, text } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { Refusal } from './refusal.ts';
import { allPulls, reaches } from './state.ts';
import type { IssueComment, ReviewComment, State, Token, User } from './state.ts';

const CLASSIFIERS = ['SPAM', 'ABUSE', 'OFF_TOPIC', 'OUTDATED', 'DUPLICATE', 'RESOLVED', 'LOW_QUALITY'];

export interface GraphqlReply {
  readonly reply: JsonObject;
  /** What the stand-in does not know, or GitHub would not accept. */
  readonly unknown?: string;
}

/** Carries out a GraphQL request. A request that does not fit the schema is answered with errors only, as GitHub does: status 200. */
export async function runGraphql(state: State, token: Token | null, body: JsonObject): Promise<GraphqlReply> {
  if (token === null) throw new Refusal(401, 'Bad credentials');
  const query = text(body, 'query');
  if (query === undefined) return refuse(['A query attribute must be specified and must be a string.']);
  let document: Document;
  try {
    document = parseDocument(query);
  } catch (error) {
    if (error instanceof GraphqlSyntaxError) return refuse([`Parse error: ${error.message}`]);
    throw error;
  }
  const [operation] = document.operations;
  if (operation === undefined || document.operations.length > 1) return refuse(['A request must hold exactly one operation.']);
  const variables = object(body, 'variables') ?? {};
  const problems = [...validate(schema, document, operation), ...missingVariables(operation, variables)];
  if (problems.length > 0) return refuse(problems);

  const errors: JsonObject[] = [];
  const execution: Execution = { document, operation, variables, errors };
  const root = operation.kind === 'query' ? queryNode(state, token) : mutationNode(state, token);
  const data = await select(execution, root, operation.selections, []);
  return { reply: errors.length === 0 ? { data } : { data, errors } };
}

function refuse(messages: readonly string[]): GraphqlReply {
  return { reply: { errors: messages.map((message) => ({ message })) }, unknown: messages.join('; ') };
}

function missingVariables(operation: Operation, variables: JsonObject): string[] {
  const missing = [...operation.variables].filter(
    ([name, { type, value }]) => type.endsWith('!') && value === undefined && (variables[name] ?? null) === null,
  );
  return missing.map(([name, { type }]) => `Variable $${name} of type ${type} was provided invalid value`);
}

interface Execution {
  readonly document: Document;
  readonly operation: Operation;
  readonly variables: JsonObject;
  readonly errors: JsonObject[];
}

async function select(
  execution: Execution,
  node: GraphNode,
  selections: readonly Selection[],
  path: readonly (string | number)[],
): Promise<JsonObject> {
  const fields = flatten(execution.document, node.type, selections);
  const get = async (field: FieldSelection): Promise<readonly [string, Json]> => [
    field.alias,
    await resolve(execution, node, field, [...path, field.alias]),
  ];
  if (node.type !== 'Mutation') return Object.fromEntries(await Promise.all(fields.map(get)));
  const done: (readonly [string, Json])[] = [];
  for (const field of fields) done.push(await get(field));
  return Object.fromEntries(done);
}

async function resolve(execution: Execution, node: GraphNode, field: FieldSelection, path: readonly (string | number)[]): Promise<Json> {
  if (field.name === '__typename') return node.type;
  const args = Object.fromEntries([...field.args].map(([name, value]) => [name, valueOf(execution, value)]));
  try {
    return await complete(execution, await node.get(field.name, args), field.selections, path);
  } catch (error) {
    if (!(error instanceof GraphqlError)) throw error;
    execution.errors.push({ type: error.type, path: [...path], message: error.message });
    return null;
  }
}

async function complete(
  execution: Execution,
  value: GraphValue,
  selections: readonly Selection[],
  path: readonly (string | number)[],
): Promise<Json> {
  if (Array.isArray(value)) {
    const items: readonly GraphValue[] = value;
    return Promise.all(items.map((item, index) => complete(execution, item, selections, [...path, index])));
  }
  if (isNode(value)) return select(execution, value, selections, path);
  return typeof value === 'object' ? null : value;
}

/** The fields that apply to a type, fragments opened. */
function flatten(document: Document, type: string, selections: readonly Selection[]): FieldSelection[] {
  const applies = (on: string | undefined): boolean =>
    on === undefined || on === type || (schema.possible.get(on)?.includes(type) ?? false);
  return selections.flatMap((selection) => {
    if (selection.is === 'field') return [selection];
    const fragment = selection.is === 'inline' ? selection : document.fragments.get(selection.name);
    return fragment !== undefined && applies(fragment.on) ? flatten(document, type, fragment.selections) : [];
  });
}

function valueOf(execution: Execution, value: ArgumentValue): Json {
  if (value.is === 'literal') return value.value;
  if (value.is === 'list') return value.items.map((item) => valueOf(execution, item));
  if (value.is === 'object') return Object.fromEntries([...value.fields].map(([name, field]) => [name, valueOf(execution, field)]));
  const given = execution.variables[value.name];
  const fallback = execution.operation.variables.get(value.name)?.value;
  return given ?? (fallback === undefined ? null : valueOf(execution, fallback));
}

function queryNode(state: State, token: Token): GraphNode {
  return graphNode('Query', {
    repository: (args) => {
      const name = `${text(args, 'owner') ?? ''}/${text(args, 'name') ?? ''}`;
      const repository = state.repositories.get(name);
      const reached = repository?.installation === token.installation && (token.repositories?.includes(repository.id) ?? true);
      if (repository === undefined || !reached)
        throw new GraphqlError('NOT_FOUND', `Could not resolve to a Repository with the name '${name}'.`);
      return repositoryNode(token, repository);
    },
    rateLimit: () =>
      graphNode('RateLimit', {
        cost: 1,
        limit: state.options.requestsPerHour,
        remaining: state.options.requestsPerHour - 1,
        used: 1,
        nodeCount: 0,
        resetAt: new Date(Date.now() + 3_600_000).toISOString(),
      }),
    viewer: () => userNode(state.app.bot),
  });
}

function mutationNode(state: State, token: Token): GraphNode {
  const minimize = (args: JsonObject, reason: string | null): GraphNode => {
    const found = minimizable(state, token, inputText(args, 'subjectId'));
    found.comment.minimized = reason;
    return found.node();
  };
  const setResolved = (args: JsonObject, by: User | null): GraphNode => {
    const id = inputText(args, 'threadId');
    const root = pullsOf(state, token)
      .flatMap((pull) => pull.reviewComments)
      .find((comment) => `PRRT_${String(comment.thread.id)}` === id && comment.inReplyTo === null);
    if (root === undefined) throw unresolved(id);
    // Writing to the pull request is not enough.
    need(token, 'contents:write');
    root.thread.resolvedBy = by;
    return threadNode(root);
  };
  return graphNode('Mutation', {
    minimizeComment: (args) => {
      const classifier = inputText(args, 'classifier');
      if (!CLASSIFIERS.includes(classifier))
        throw new GraphqlError('UNPROCESSABLE', `Argument 'classifier' has an invalid value (${classifier}).`);
      // It reads back in lower case.
      return graphNode('MinimizeCommentPayload', { minimizedComment: minimize(args, classifier.toLowerCase().replace('_', '-')) });
    },
    unminimizeComment: (args) => graphNode('UnminimizeCommentPayload', { unminimizedComment: minimize(args, null) }),
    resolveReviewThread: (args) => graphNode('ResolveReviewThreadPayload', { thread: setResolved(args, state.app.bot) }),
    unresolveReviewThread: (args) => graphNode('UnresolveReviewThreadPayload', { thread: setResolved(args, null) }),
  });
}

function inputText(args: JsonObject, key: string): string {
  return text(object(args, 'input') ?? {}, key) ?? '';
}

function unresolved(id: string): GraphqlError {
  return new GraphqlError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
}

function pullsOf(state: State, token: Token): ReturnType<typeof allPulls> {
  return allPulls(state).filter((pull) => reaches(token, pull.repository));
}

function minimizable(state: State, token: Token, id: string): { comment: IssueComment | ReviewComment; node: () => GraphNode } {
  for (const pull of pullsOf(state, token)) {
    const issueComment = pull.comments.find((one) => `IC_${String(one.id)}` === id);
    const reviewComment = pull.reviewComments.find((one) => `PRRC_${String(one.id)}` === id);
    if (issueComment !== undefined) {
      need(token, 'pull_requests:write', 'issues:write');
      return { comment: issueComment, node: () => issueCommentNode(issueComment) };
    }
    if (reviewComment !== undefined) {
      need(token, 'pull_requests:write');
      return { comment: reviewComment, node: () => reviewCommentNode(reviewComment) };
    }
  }
  throw unresolved(id);
}
