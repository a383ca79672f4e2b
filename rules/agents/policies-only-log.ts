import { cloudformation, defineRule } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { agentGateway } from '../../src/concepts/agent.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/policies-only-log',
  title: 'Policies of an agent gateway forbid nothing',
  severity: 'medium',
  requirements: ['R9', 'R37'],
  frameworks: { nist: ['AC-3', 'AC-6'], stride: ['elevation-of-privilege'], owasp: ['LLM06:2025'] },
  why: `In the mode LOG_ONLY the policy engine writes down what it would have refused, and every call of a tool goes through. It is meant for trying policies out. Whoever reads the policies later believes that they hold.`,
  links: ['https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-enforcement-modes.html'],
  looksAt: agentGateway,

  *check({ resource, policies }) {
    if (policies === undefined || !holds(policies, 'LOG_ONLY')) return;
    yield {
      at: policies.at,
      message: `The policies of gateway ${code(resource.address)} only log (${code('LOG_ONLY')}): an agent may call every tool, also those that they forbid.`,
      fix: [policies.writes('ENFORCE')],
    };
  },

  examples: {
    bad: [
      {
        name: 'only logged',
        files: cloudformation`
          Resources:
            Tools:
              Type: AWS::BedrockAgentCore::Gateway
              Properties:
                Name: tools
                RoleArn: arn:aws:iam::111122223333:role/gateway
                AuthorizerType: AWS_IAM
                PolicyEngineConfiguration:
                  Arn: arn:aws:bedrock-agentcore:eu-west-1:111122223333:policy-engine/tools-abcdefghij
                  Mode: LOG_ONLY # <- finds
        `,
        suggests: '        Mode: ENFORCE',
      },
    ],
    good: [
      {
        name: 'enforced, or none at all',
        files: cloudformation`
          Resources:
            Tools:
              Type: AWS::BedrockAgentCore::Gateway
              Properties:
                Name: tools
                RoleArn: arn:aws:iam::111122223333:role/gateway
                AuthorizerType: AWS_IAM
                PolicyEngineConfiguration:
                  Arn: arn:aws:bedrock-agentcore:eu-west-1:111122223333:policy-engine/tools-abcdefghij
                  Mode: ENFORCE
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
                PolicyEngineConfiguration:
                  Arn: arn:aws:bedrock-agentcore:eu-west-1:111122223333:policy-engine/tools-abcdefghij
                  Mode: !Ref Mode
        `,
      },
    ],
  },
});
