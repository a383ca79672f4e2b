import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { toolCredential } from '../../src/concepts/agent-access.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/key-in-address',
  title: 'Tool gets its API key in the address',
  severity: 'low',
  requirements: ['R10', 'R37'],
  frameworks: { nist: ['IA-5', 'SC-8'], stride: ['information-disclosure'] },
  why: `Addresses are written down everywhere: in access logs, in proxies, in traces and in error messages, which an agent may read aloud. A key that stands in the address is written down with them, and stays there long after it was meant to be secret.`,
  links: ['https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_GatewayApiKeyCredentialProvider.html'],
  looksAt: toolCredential,

  *check({ resource, keyGoes }) {
    if (!holds(keyGoes, 'QUERY_PARAMETER')) return;
    yield {
      at: keyGoes.at,
      message: `${code(resource.address)} sends its API key as a part of the address, which logs and traces keep. If the tool also takes it as a header, send it there (${code('HEADER')}).`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a query parameter',
        files: terraform`
          resource "aws_bedrockagentcore_gateway_target" "weather" {
            name               = "weather"
            gateway_identifier = "tools-abcdefghij"

            credential_provider_configuration {
              api_key {
                provider_arn              = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/apikeycredentialprovider/weather"
                credential_location       = "QUERY_PARAMETER" # <- finds
                credential_parameter_name = "key"
              }
            }

            target_configuration {
              mcp {
                open_api_schema {
                  s3 {
                    uri = "s3://acme-apis/weather.json"
                  }
                }
              }
            }
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Weather:
              Type: AWS::BedrockAgentCore::GatewayTarget
              Properties:
                Name: weather
                GatewayIdentifier: tools-abcdefghij
                CredentialProviderConfigurations:
                  - CredentialProviderType: API_KEY
                    CredentialProvider:
                      ApiKeyCredentialProvider:
                        ProviderArn: arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/apikeycredentialprovider/weather
                        CredentialLocation: QUERY_PARAMETER # <- finds
                        CredentialParameterName: key
                TargetConfiguration:
                  Mcp:
                    McpServer:
                      Endpoint: https://weather.example.com/mcp
        `,
      },
    ],
    good: [
      {
        name: 'a header, or the gateway’s own role',
        files: terraform`
          resource "aws_bedrockagentcore_gateway_target" "weather" {
            name               = "weather"
            gateway_identifier = "tools-abcdefghij"

            credential_provider_configuration {
              api_key {
                provider_arn              = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/apikeycredentialprovider/weather"
                credential_location       = "HEADER"
                credential_parameter_name = "X-API-Key"
              }
            }

            target_configuration {
              mcp {
                open_api_schema {
                  s3 {
                    uri = "s3://acme-apis/weather.json"
                  }
                }
              }
            }
          }

          resource "aws_bedrockagentcore_gateway_target" "orders" {
            name               = "orders"
            gateway_identifier = "tools-abcdefghij"

            credential_provider_configuration {
              gateway_iam_role {}
            }

            target_configuration {
              mcp {
                smithy_model {
                  s3 {
                    uri = "s3://acme-apis/orders.json"
                  }
                }
              }
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "location" {
            type = string
          }

          resource "aws_bedrockagentcore_gateway_target" "weather" {
            name               = "weather"
            gateway_identifier = "tools-abcdefghij"

            credential_provider_configuration {
              api_key {
                provider_arn        = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/apikeycredentialprovider/weather"
                credential_location = var.location
              }
            }

            target_configuration {
              mcp {
                open_api_schema {
                  s3 {
                    uri = "s3://acme-apis/weather.json"
                  }
                }
              }
            }
          }
        `,
      },
    ],
  },
});
