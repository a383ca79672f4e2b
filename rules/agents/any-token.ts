import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { tokenCheck } from '../../src/concepts/agent-access.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/any-token',
  title: 'Agent takes every token of the identity provider',
  severity: 'medium',
  requirements: ['R3', 'R37', 'R39'],
  frameworks: { nist: ['AC-3', 'IA-2', 'IA-5'], stride: ['spoofing', 'elevation-of-privilege'], owasp: ['LLM06:2025'] },
  why: `A token says for whom it was made: its audience, the client, the scopes. When none of these is checked, a token that somebody got for a quite different application of the same provider opens the agent and its tools as well. With a public provider that is everyone who has an account there.`,
  links: ['https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html'],
  looksAt: tokenCheck,

  *check({ resource, noun, check, issuer, limits }) {
    if (!limits.every(isMissing)) return;
    const everyone = issuer.is === 'known' && publicIssuer.test(issuer.value);
    yield {
      at: check,
      severity: everyone ? 'high' : 'medium',
      message: `${noun} ${code(resource.address)} takes every token of its identity provider, also those made for other applications${everyone ? '; this provider gives one to anybody who signs up' : ''}. Name the audiences or clients that it is for.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'only the issuer is checked',
        files: terraform`
          resource "aws_bedrockagentcore_gateway" "tools" {
            name            = "tools"
            role_arn        = "arn:aws:iam::111122223333:role/gateway"
            protocol_type   = "MCP"
            authorizer_type = "CUSTOM_JWT"

            authorizer_configuration {
              custom_jwt_authorizer { # <- finds
                discovery_url = "https://accounts.google.com/.well-known/openid-configuration"
              }
            }
          }
        `,
      },
      {
        name: 'CloudFormation: an agent',
        files: cloudformation`
          Resources:
            Support:
              Type: AWS::BedrockAgentCore::Runtime
              Properties:
                AgentRuntimeName: support
                RoleArn: arn:aws:iam::111122223333:role/agent
                AgentRuntimeArtifact:
                  ContainerConfiguration:
                    ContainerUri: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/support:1.4.2
                NetworkConfiguration:
                  NetworkMode: VPC
                AuthorizerConfiguration:
                  CustomJWTAuthorizer:
                    DiscoveryUrl: https://login.example.com/.well-known/openid-configuration # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'an audience, clients, scopes',
        files: terraform`
          resource "aws_bedrockagentcore_gateway" "tools" {
            name            = "tools"
            role_arn        = "arn:aws:iam::111122223333:role/gateway"
            protocol_type   = "MCP"
            authorizer_type = "CUSTOM_JWT"

            authorizer_configuration {
              custom_jwt_authorizer {
                discovery_url    = "https://login.example.com/.well-known/openid-configuration"
                allowed_audience = ["tools"]
              }
            }
          }

          resource "aws_bedrockagentcore_gateway" "signed" {
            name            = "signed"
            role_arn        = "arn:aws:iam::111122223333:role/gateway"
            protocol_type   = "MCP"
            authorizer_type = "AWS_IAM"
          }
        `,
      },
      {
        name: 'CloudFormation: clients, or scopes',
        files: cloudformation`
          Resources:
            Tools:
              Type: AWS::BedrockAgentCore::Gateway
              Properties:
                Name: tools
                RoleArn: arn:aws:iam::111122223333:role/gateway
                AuthorizerType: CUSTOM_JWT
                AuthorizerConfiguration:
                  CustomJWTAuthorizer:
                    DiscoveryUrl: https://login.example.com/.well-known/openid-configuration
                    AllowedClients: [support-web]
            Reports:
              Type: AWS::BedrockAgentCore::Gateway
              Properties:
                Name: reports
                RoleArn: arn:aws:iam::111122223333:role/gateway
                AuthorizerType: CUSTOM_JWT
                AuthorizerConfiguration:
                  CustomJWTAuthorizer:
                    DiscoveryUrl: https://login.example.com/.well-known/openid-configuration
                    AllowedScopes: [reports/read]
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller names the audience',
        files: terraform`
          variable "audience" {
            type = list(string)
          }

          resource "aws_bedrockagentcore_gateway" "tools" {
            name            = "tools"
            role_arn        = "arn:aws:iam::111122223333:role/gateway"
            protocol_type   = "MCP"
            authorizer_type = "CUSTOM_JWT"

            authorizer_configuration {
              custom_jwt_authorizer {
                discovery_url    = "https://login.example.com/.well-known/openid-configuration"
                allowed_audience = var.audience
              }
            }
          }
        `,
      },
    ],
  },
});

/** Providers where anybody can have an account. */
const publicIssuer = /^https:\/\/(?:accounts\.google\.com|login\.microsoftonline\.com\/(?:common|consumers))\//;
