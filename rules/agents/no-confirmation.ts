import { cloudformation, defineRule } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { agentFunction } from '../../src/concepts/agent-parts.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/no-confirmation',
  title: 'Agent deletes or pays without asking',
  severity: 'low',
  requirements: ['R9', 'R37'],
  frameworks: { nist: ['AC-6', 'AC-3'], stride: ['tampering', 'elevation-of-privilege'], owasp: ['LLM06:2025'] },
  why: `The agent calls this function when it thinks that it should, and a document that it reads can make it think so. What can't be undone is better put before a person first: with a confirmation Bedrock shows the call and its parameters and waits for a yes. It is off unless it is asked for.`,
  links: ['https://docs.aws.amazon.com/bedrock/latest/userguide/agents-userconfirmation.html'],
  looksAt: agentFunction,

  *check({ resource, name, confirmed }) {
    const verb = final.exec(name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase())?.[1];
    if (verb === undefined || !holds(confirmed, false)) return;
    yield {
      at: confirmed.at,
      subject: name,
      message: `Agent ${code(resource.address)} calls ${code(name)} without asking anybody, so an injected prompt can ${verb} too. Set ${code('RequireConfirmation: ENABLED')}, and answer the confirmation in the application.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a deletion and a payment',
        files: cloudformation`
          Resources:
            Clerk:
              Type: AWS::Bedrock::Agent
              Properties:
                AgentName: clerk
                FoundationModel: amazon.nova-pro-v1:0
                GuardrailConfiguration:
                  GuardrailIdentifier: abcdefgh1234
                  GuardrailVersion: "3"
                ActionGroups:
                  - ActionGroupName: orders
                    ActionGroupExecutor:
                      Lambda: arn:aws:lambda:eu-west-1:111122223333:function:orders
                    FunctionSchema:
                      Functions:
                        - Name: find_order
                        - Name: delete_order # <- finds
                        - Name: refundPayment
                          RequireConfirmation: DISABLED # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'asked, or harmless',
        files: cloudformation`
          Resources:
            Clerk:
              Type: AWS::Bedrock::Agent
              Properties:
                AgentName: clerk
                FoundationModel: amazon.nova-pro-v1:0
                GuardrailConfiguration:
                  GuardrailIdentifier: abcdefgh1234
                  GuardrailVersion: "3"
                ActionGroups:
                  - ActionGroupName: orders
                    ActionGroupExecutor:
                      Lambda: arn:aws:lambda:eu-west-1:111122223333:function:orders
                    FunctionSchema:
                      Functions:
                        - Name: find_order
                        - Name: list_deleted_orders
                        - Name: delete_order
                          RequireConfirmation: ENABLED
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter',
        files: cloudformation`
          Parameters:
            Ask:
              Type: String
          Resources:
            Clerk:
              Type: AWS::Bedrock::Agent
              Properties:
                AgentName: clerk
                FoundationModel: amazon.nova-pro-v1:0
                GuardrailConfiguration:
                  GuardrailIdentifier: abcdefgh1234
                  GuardrailVersion: "3"
                ActionGroups:
                  - ActionGroupName: orders
                    FunctionSchema:
                      Functions:
                        - Name: delete_order
                          RequireConfirmation: !Ref Ask
        `,
      },
    ],
  },
});

/** Verbs at the start of a function's name whose effect can't be taken back. */
const final = /^(delete|drop|purge|terminate|refund|pay|transfer|wire)(?:_|$)/;
