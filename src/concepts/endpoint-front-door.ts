import type { Located, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { byType } from './by-type.ts';
import { isMissing, setting, text, yesNo, type Setting } from './setting.ts';

/** A public address that passes requests on: an API method, a route, a function's own URL. */
export interface FrontDoor {
  readonly resource: Resource;
  readonly noun: string;
  /** Who may come in: `NONE`, `AWS_IAM`, `CUSTOM`, ... */
  readonly authorization: Setting<string>;
  /** True when an API key is asked for, which at least limits use. */
  readonly key: Setting<boolean>;
  /** The model that answers behind it, in words; undefined when none is known. */
  readonly model: string | undefined;
}

// Defaults: API Gateway V2 CreateRoute, authorizationType NONE; API Gateway PutMethod, apiKeyRequired false.
export const frontDoor = byType<FrontDoor>('public front door', {
  aws_lambda_function_url: (resource, world) => [
    {
      resource,
      noun: 'Function URL',
      authorization: setting(resource.attr('authorization_type'), text),
      key: setting(resource.attr('authorization_type'), { read: () => false, write: (v) => v }, false),
      model: modelBehind(resource, world),
    },
  ],
  aws_api_gateway_method: (resource, world) => [
    {
      resource,
      noun: 'API method',
      authorization: setting(resource.attr('authorization'), text),
      key: setting(resource.attr('api_key_required'), yesNo, false),
      model: modelBehind(resource, world),
    },
  ],
  aws_apigatewayv2_route: (resource, world) => [
    {
      resource,
      noun: 'API route',
      authorization: setting(resource.attr('authorization_type'), text, 'NONE'),
      key: setting(resource.attr('api_key_required'), yesNo, false),
      model: modelBehind(resource, world),
    },
  ],
  'AWS::ApiGateway::Method': (resource, world) => [
    {
      resource,
      noun: 'API method',
      authorization: setting(resource.attr('Properties', 'AuthorizationType'), text),
      key: setting(resource.attr('Properties', 'ApiKeyRequired'), yesNo, false),
      model: modelBehind(resource, world),
    },
  ],
  'AWS::ApiGatewayV2::Route': (resource, world) => [
    {
      resource,
      noun: 'API route',
      authorization: setting(resource.attr('Properties', 'AuthorizationType'), text, 'NONE'),
      key: setting(resource.attr('Properties', 'ApiKeyRequired'), yesNo, false),
      model: modelBehind(resource, world),
    },
  ],
  'AWS::Lambda::Url': (resource, world) => [
    {
      resource,
      noun: 'Function URL',
      authorization: setting(resource.attr('Properties', 'AuthType'), text),
      key: setting(resource.attr('Properties', 'AuthType'), { read: () => false, write: (v) => v }, false),
      model: modelBehind(resource, world),
    },
  ],
});

/** What only a caller of models says: the runtime's address in an integration, the action in a role. */
const invokes =
  /runtime\.sagemaker|sagemaker:InvokeEndpoint|bedrock:(?:InvokeModel|InvokeAgent|Converse|Retrieve)|bedrock-runtime|bedrock-agent-runtime/;

/** How far from the door the call may be: route, integration, function, role, policy. */
const mostSteps = 4;
/** Steps that lead to everything in a stack and so to nothing in particular. */
const sideways =
  /rest_?api|apigatewayv2_api|ApiGatewayV2::Api|api_gateway_(?:deployment|stage)|ApiGateway::(?:Deployment|Stage)|vpc|subnet|security_?group|log_?group|kms/i;

/** Follows the door inwards, over what it names, what is made for it and what its role may do, to something that calls a model. */
function modelBehind(door: Resource, world: World): string | undefined {
  const seen = new Set<Resource>([door]);
  let ring: readonly Resource[] = [door];
  for (let step = 0; step <= mostSteps; step++) {
    const caller = ring.find((resource) => mentions(resource.value, 400));
    if (caller) return caller === door ? 'it calls the model directly' : caller.address;
    ring = ring
      .flatMap((from) => inwards(from, world))
      .filter((next) => !seen.has(next) && !sideways.test(next.type) && seen.add(next).size < 300);
  }
  return undefined;
}

/** What a resource refers to, and what is attached to it: the integration of a method, the policy of a role. */
function inwards(from: Resource, world: World): readonly Resource[] {
  const attached = world.graph.dependents(from).filter((other) => /integration|policy|PolicyAttachment/i.test(other.type));
  const paired = from.type === 'aws_api_gateway_method' ? integrationsOf(from, world) : [];
  return [...paired, ...world.graph.dependencies(from), ...attached];
}

/** In Terraform a method and its integration only share the API and the path. */
function integrationsOf(method: Resource, world: World): readonly Resource[] {
  const same = (a: Located, b: Located): boolean => refs(a).some((one) => refs(b).includes(one));
  return world.resources.filter(
    (other) => other.type === 'aws_api_gateway_integration' && same(other.attr('resource_id'), method.attr('resource_id')),
  );
}

const refs = (value: Value): readonly string[] =>
  value.is === 'known' || value.is === 'unknown' ? (value.refs ?? []).map((ref) => `${ref.to}.${ref.attr.join('.')}`) : [];

function mentions(value: Value, budget: number): boolean {
  const todo: Value[] = [value];
  for (let seen = 0; seen < budget; seen++) {
    const next = todo.pop();
    if (!next) return false;
    if (next.is === 'known' && typeof next.value === 'string' && next.value.length < 20_000 && invokes.test(next.value)) return true;
    if (next.is === 'unknown' && next.parts?.some((part) => part !== null && invokes.test(part)) === true) return true;
    if ((next.is === 'known' || next.is === 'unknown') && next.structure) todo.push(next.structure);
    if (next.is === 'list') todo.push(...next.items.slice(0, budget));
    if (next.is === 'map') todo.push(...[...next.entries.values()].slice(0, budget));
  }
  return false;
}

/** Whether requests are limited somewhere in front: a usage plan, a throttle of the stage, a rate rule of a firewall. */
export function isThrottled(world: World): boolean {
  return world.resources.some(
    (r) =>
      (/usage_plan$|UsagePlan$/.test(r.type) && !(isMissing(r.attr('throttle_settings')) && isMissing(r.attr('Properties', 'Throttle')))) ||
      /^(?:aws_wafv2_web_acl_association|AWS::WAFv2::WebACLAssociation)$/.test(r.type),
  );
}
