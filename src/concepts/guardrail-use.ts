import type { Literal } from '../engine/rule.ts';
import type { Located, Resource, View } from '../model/resource.ts';
import { references } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { byType } from './by-type.ts';
import { isMissing, setting, text, type Setting } from './setting.ts';

/** An agent or a step of a flow that puts a guardrail around its model. */
export interface GuardrailUse {
  readonly resource: Resource;
  readonly noun: string;
  /** A number, or `DRAFT`, which changes with every edit of the guardrail. */
  readonly version: Setting<string>;
  /** The one version of that guardrail that is defined beside it, as an expression; undefined when there is none, or several. */
  readonly published: Literal | undefined;
}

export const guardrailUse = byType<GuardrailUse>('use of a guardrail', {
  aws_bedrockagent_agent: (r, world) => r.items('guardrail_configuration').map((view) => inTerraform(r, 'Agent', view, world)),
  aws_bedrockagent_flow: (r, world) =>
    r
      .items('definition', 'node')
      .flatMap((node) => [
        ...node.items('configuration', 'prompt', 'guardrail_configuration'),
        ...node.items('configuration', 'knowledge_base', 'guardrail_configuration'),
      ])
      .map((view) => inTerraform(r, 'Flow', view, world)),
  'AWS::Bedrock::Agent': (r, world) => r.items('Properties', 'GuardrailConfiguration').map((view) => inTemplate(r, 'Agent', view, world)),
  'AWS::Bedrock::Flow': (r, world) =>
    r
      .items('Properties', 'Definition', 'Nodes')
      .flatMap((node) => [
        ...node.items('Configuration', 'Prompt', 'GuardrailConfiguration'),
        ...node.items('Configuration', 'KnowledgeBase', 'GuardrailConfiguration'),
      ])
      .map((view) => inTemplate(r, 'Flow', view, world)),
});

function inTerraform(resource: Resource, noun: string, view: View, world: World): GuardrailUse {
  const identifier = view.attr('guardrail_identifier');
  const version = versionOf(identifier, world, 'aws_bedrock_guardrail_version', ['guardrail_arn']);
  // An expression only reaches what stands in the same module, which the root surely is.
  const reachable = version !== undefined && isInRoot(version) && isInRoot(resource) && version.scope === resource.scope;
  return {
    resource,
    noun,
    version: setting(view.attr('guardrail_version'), text),
    published: reachable ? { raw: `${version.address}.version` } : undefined,
  };
}

const isInRoot = ({ address, type, name }: Resource): boolean => address === `${type}.${name}`;

function inTemplate(resource: Resource, noun: string, view: View, world: World): GuardrailUse {
  const identifier = view.attr('GuardrailIdentifier');
  const version = versionOf(identifier, world, 'AWS::Bedrock::GuardrailVersion', ['Properties', 'GuardrailIdentifier']);
  return {
    resource,
    noun,
    version: setting(view.attr('GuardrailVersion'), text),
    published: version && { 'Fn::GetAtt': [version.address, 'Version'] },
  };
}

function versionOf(identifier: Located, world: World, type: string, path: readonly string[]): Resource | undefined {
  const [only, ...more] = [...references(identifier)].map(({ to }) => world.graph.get(to));
  if (!only || more.length > 0) return undefined;
  const versions = world.graph.companions(only, type, ...path);
  return versions.length === 1 ? versions[0] : undefined;
}

/** An agent that answers people and calls tools. */
export interface Agent {
  readonly resource: Resource;
  readonly unguarded: boolean;
  /** Where the guardrail would be named. */
  readonly guardrail: Located;
}

const agentOf = (resource: Resource, guardrail: Located): Agent => ({ resource, guardrail, unguarded: isMissing(guardrail) });

export const agent = byType<Agent>('agent', {
  aws_bedrockagent_agent: (r) => [agentOf(r, r.attr('guardrail_configuration'))],
  'AWS::Bedrock::Agent': (r) => [agentOf(r, r.attr('Properties', 'GuardrailConfiguration'))],
});
