import { cloudformation, defineRule } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { agentGateway } from '../../src/concepts/agent.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/firewall-fails-open',
  title: 'Agent gateway lets requests in when its firewall can’t be asked',
  severity: 'low',
  requirements: ['R3', 'R37', 'R41'],
  frameworks: { nist: ['SC-7', 'SC-24'], stride: ['denial-of-service', 'elevation-of-privilege'], owasp: ['LLM10:2025'] },
  why: `With FAIL_OPEN every request passes while the web firewall does not answer, which is what happens under a flood. The limits that it sets, on the rate and on where requests come from, are then gone when they are needed, and each request that passes costs tool calls and tokens.`,
  links: ['https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_WafConfiguration.html'],
  looksAt: agentGateway,

  *check({ resource, withoutFirewall }) {
    if (withoutFirewall === undefined || !holds(withoutFirewall, 'FAIL_OPEN')) return;
    yield {
      at: withoutFirewall.at,
      message: `Gateway ${code(resource.address)} lets every request through while its web firewall can’t be asked (${code('FAIL_OPEN')}).`,
      fix: [withoutFirewall.writes('FAIL_CLOSE')],
    };
  },

  examples: {
    bad: [
      {
        name: 'open when in doubt',
        files: cloudformation`
          Resources:
            Tools:
              Type: AWS::BedrockAgentCore::Gateway
              Properties:
                Name: tools
                RoleArn: arn:aws:iam::111122223333:role/gateway
                AuthorizerType: AWS_IAM
                WafConfiguration:
                  FailureMode: FAIL_OPEN # <- finds
        `,
        suggests: '        FailureMode: FAIL_CLOSE',
      },
    ],
    good: [
      {
        name: 'closed when in doubt, or not said',
        files: cloudformation`
          Resources:
            Tools:
              Type: AWS::BedrockAgentCore::Gateway
              Properties:
                Name: tools
                RoleArn: arn:aws:iam::111122223333:role/gateway
                AuthorizerType: AWS_IAM
                WafConfiguration:
                  FailureMode: FAIL_CLOSE
            Search:
              Type: AWS::BedrockAgentCore::Gateway
              Properties:
                Name: search
                RoleArn: arn:aws:iam::111122223333:role/gateway
                AuthorizerType: AWS_IAM
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter',
        files: cloudformation`
          Parameters:
            Mode:
              Type: String
          Resources:
            Tools:
              Type: AWS::BedrockAgentCore::Gateway
              Properties:
                Name: tools
                RoleArn: arn:aws:iam::111122223333:role/gateway
                AuthorizerType: AWS_IAM
                WafConfiguration:
                  FailureMode: !Ref Mode
        `,
      },
    ],
  },
});
