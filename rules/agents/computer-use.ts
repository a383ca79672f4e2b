import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { builtInTools } from '../../src/concepts/agent-parts.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/computer-use',
  title: 'Agent is given a computer',
  severity: 'medium',
  requirements: ['R9', 'R37'],
  frameworks: { nist: ['AC-6', 'CM-7'], stride: ['elevation-of-privilege', 'tampering'], atlas: ['AML.T0051'], owasp: ['LLM06:2025'] },
  why: `With these tools the model says which commands to run, which keys to press or which files to change, and your program does it. One sentence in a page or a file that the agent reads is enough to give such an order. Where it is needed, it belongs on a machine of its own, without credentials and with a short list of addresses.`,
  links: ['https://docs.aws.amazon.com/bedrock/latest/userguide/agents-computer-use.html'],
  looksAt: builtInTools,

  *check({ resource, signature, enabled }) {
    const tool = signature.is === 'known' ? tools.get(signature.value) : undefined;
    if (tool === undefined || !holds(enabled, true)) return;
    yield {
      at: signature.at,
      message: `${code(resource.address)} lets the model ${tool}: an injected prompt can use that. Keep it to a machine without credentials and with limited network access, or leave the tool out.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a shell',
        files: terraform`
          resource "aws_bedrockagent_agent_action_group" "shell" {
            action_group_name             = "shell"
            agent_id                      = "ABCDEFGHIJ"
            agent_version                 = "DRAFT"
            parent_action_group_signature = "ANTHROPIC.Bash" # <- finds
          }
        `,
      },
      {
        name: 'CloudFormation: a desktop',
        files: cloudformation`
          Resources:
            Clerk:
              Type: AWS::Bedrock::Agent
              Properties:
                AgentName: clerk
                FoundationModel: anthropic.claude-3-7-sonnet-20250219-v1:0
                GuardrailConfiguration:
                  GuardrailIdentifier: abcdefgh1234
                  GuardrailVersion: "3"
                ActionGroups:
                  - ActionGroupName: desktop
                    ActionGroupState: ENABLED
                    ParentActionGroupSignature: ANTHROPIC.Computer # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'questions to the user, code in the service’s sandbox, and a shell that is switched off',
        files: terraform`
          resource "aws_bedrockagent_agent_action_group" "ask" {
            action_group_name             = "ask"
            agent_id                      = "ABCDEFGHIJ"
            agent_version                 = "DRAFT"
            parent_action_group_signature = "AMAZON.UserInput"
          }

          resource "aws_bedrockagent_agent_action_group" "compute" {
            action_group_name             = "compute"
            agent_id                      = "ABCDEFGHIJ"
            agent_version                 = "DRAFT"
            parent_action_group_signature = "AMAZON.CodeInterpreter"
          }

          resource "aws_bedrockagent_agent_action_group" "shell" {
            action_group_name             = "shell"
            action_group_state            = "DISABLED"
            agent_id                      = "ABCDEFGHIJ"
            agent_version                 = "DRAFT"
            parent_action_group_signature = "ANTHROPIC.Bash"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "tool" {
            type = string
          }

          resource "aws_bedrockagent_agent_action_group" "tool" {
            action_group_name             = "tool"
            agent_id                      = "ABCDEFGHIJ"
            agent_version                 = "DRAFT"
            parent_action_group_signature = var.tool
          }
        `,
      },
    ],
  },
});

const tools: ReadonlyMap<string, string> = new Map([
  ['ANTHROPIC.Computer', 'work a desktop with mouse and keyboard'],
  ['ANTHROPIC.Bash', 'run commands in a shell'],
  ['ANTHROPIC.TextEditor', 'read and change files'],
]);
