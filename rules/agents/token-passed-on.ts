import { cloudformation, defineRule } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { toolCredential } from '../../src/concepts/agent-access.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/token-passed-on',
  title: 'Tool gets the caller’s own token',
  severity: 'medium',
  requirements: ['R9', 'R37'],
  frameworks: { nist: ['AC-4', 'AC-6', 'IA-5'], stride: ['spoofing', 'elevation-of-privilege'], owasp: ['LLM06:2025'] },
  why: `A token that was made for the gateway goes on to the tool as it is. Whoever runs the tool, or takes it over, can then use everything that the caller may use with that token, the gateway with its other tools included. The Model Context Protocol forbids this passing-through; a token made for the tool (OAuth), or the gateway's own role, ends with the tool.`,
  links: [
    'https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CredentialProviderConfiguration.html',
    'https://modelcontextprotocol.io/specification/2025-06-18/basic/security_best_practices#token-passthrough',
  ],
  looksAt: toolCredential,

  *check({ resource, kind }) {
    if (kind === undefined || !holds(kind, 'JWT_PASSTHROUGH')) return;
    yield {
      at: kind.at,
      message: `${code(resource.address)} hands the caller’s own token on to the tool, which can use it for everything that the caller may do. Let the gateway get a token for the tool (${code('OAUTH')}) or use its own role.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'passed through',
        files: cloudformation`
          Resources:
            Orders:
              Type: AWS::BedrockAgentCore::GatewayTarget
              Properties:
                Name: orders
                GatewayIdentifier: tools-abcdefghij
                CredentialProviderConfigurations:
                  - CredentialProviderType: JWT_PASSTHROUGH # <- finds
                TargetConfiguration:
                  Mcp:
                    McpServer:
                      Endpoint: https://orders.example.com/mcp
        `,
      },
    ],
    good: [
      {
        name: 'a token of its own, or the role',
        files: cloudformation`
          Resources:
            Orders:
              Type: AWS::BedrockAgentCore::GatewayTarget
              Properties:
                Name: orders
                GatewayIdentifier: tools-abcdefghij
                CredentialProviderConfigurations:
                  - CredentialProviderType: OAUTH
                    CredentialProvider:
                      OauthCredentialProvider:
                        ProviderArn: arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/oauth2credentialprovider/orders
                        Scopes: [orders/read]
                TargetConfiguration:
                  Mcp:
                    McpServer:
                      Endpoint: https://orders.example.com/mcp
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter',
        files: cloudformation`
          Parameters:
            Kind:
              Type: String
          Resources:
            Orders:
              Type: AWS::BedrockAgentCore::GatewayTarget
              Properties:
                Name: orders
                GatewayIdentifier: tools-abcdefghij
                CredentialProviderConfigurations:
                  - CredentialProviderType: !Ref Kind
                TargetConfiguration:
                  Mcp:
                    McpServer:
                      Endpoint: https://orders.example.com/mcp
        `,
      },
    ],
  },
});
