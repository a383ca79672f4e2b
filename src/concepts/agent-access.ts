import type { Located, Resource, View } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, text, type Setting } from './setting.ts';

/** Which of an identity provider's tokens an agent or a gateway takes. */
export interface TokenCheck {
  readonly resource: Resource;
  readonly noun: string;
  readonly check: View;
  readonly issuer: Setting<string>;
  /** What narrows it to tokens that are meant for this: audiences, clients, scopes, claims. */
  readonly limits: readonly Located[];
}

const inTerraform = (resource: Resource, noun: string): readonly TokenCheck[] =>
  resource.items('authorizer_configuration', 'custom_jwt_authorizer').map((check) => ({
    resource,
    noun,
    check,
    issuer: setting(check.attr('discovery_url'), text),
    limits: ['allowed_audience', 'allowed_clients', 'allowed_scopes', 'custom_claim'].map((key) => check.attr(key)),
  }));

const inTemplate = (resource: Resource, noun: string): readonly TokenCheck[] =>
  resource.items('Properties', 'AuthorizerConfiguration', 'CustomJWTAuthorizer').map((check) => ({
    resource,
    noun,
    check,
    issuer: setting(check.attr('DiscoveryUrl'), text),
    limits: ['AllowedAudience', 'AllowedClients', 'AllowedScopes', 'CustomClaims'].map((key) => check.attr(key)),
  }));

export const tokenCheck = byType<TokenCheck>('check of callers’ tokens', {
  aws_bedrockagentcore_gateway: (r) => inTerraform(r, 'Gateway'),
  aws_bedrockagentcore_agent_runtime: (r) => inTerraform(r, 'Agent runtime'),
  'AWS::BedrockAgentCore::Gateway': (r) => inTemplate(r, 'Gateway'),
  'AWS::BedrockAgentCore::Runtime': (r) => inTemplate(r, 'Agent runtime'),
  'AWS::BedrockAgentCore::Harness': (r) => inTemplate(r, 'Agent harness'),
});

/** How a gateway identifies itself to a tool. */
export interface ToolCredential {
  readonly resource: Resource;
  /** Where an API key goes: `HEADER` or `QUERY_PARAMETER`. */
  readonly keyGoes: Setting<string>;
  /** `JWT_PASSTHROUGH` when the tool gets the caller's own token. */
  readonly kind?: Setting<string>;
}

export const toolCredential = byType<ToolCredential>('credential for an agent’s tool', {
  aws_bedrockagentcore_gateway_target: (resource) =>
    resource
      .items('credential_provider_configuration')
      .map((view) => ({ resource, keyGoes: setting(view.attr('api_key', 'credential_location'), text) })),
  'AWS::BedrockAgentCore::GatewayTarget': (resource) =>
    resource.items('Properties', 'CredentialProviderConfigurations').map((view) => ({
      resource,
      keyGoes: setting(view.attr('CredentialProvider', 'ApiKeyCredentialProvider', 'CredentialLocation'), text),
      kind: setting(view.attr('CredentialProviderType'), text),
    })),
});

/** Who may call a function, where that is said in a statement of its own. */
export interface FunctionPermission {
  readonly resource: Resource;
  readonly principal: Setting<string>;
  readonly account: Located;
  /** What limits it to callers that work for somebody known: the ARN, the account, the organisation. */
  readonly limits: readonly Located[];
}

export const functionPermission = byType<FunctionPermission>('permission to call a function', {
  aws_lambda_permission: (resource) => [
    {
      resource,
      principal: setting(resource.attr('principal'), text),
      account: resource.attr('source_account'),
      limits: ['source_account', 'source_arn', 'principal_org_id'].map((key) => resource.attr(key)),
    },
  ],
  'AWS::Lambda::Permission': (resource) => [
    {
      resource,
      principal: setting(resource.attr('Properties', 'Principal'), text),
      account: resource.attr('Properties', 'SourceAccount'),
      limits: ['SourceAccount', 'SourceArn', 'PrincipalOrgID'].map((key) => resource.attr('Properties', key)),
    },
  ],
});
