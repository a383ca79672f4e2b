import { cloudformation, defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import type { Literal } from '../../src/engine/rule.ts';
import { code } from '../../src/engine/words.ts';
import { functionPermission } from '../../src/concepts/agent-access.ts';
import { isMissing } from '../../src/concepts/setting.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { World } from '../../src/model/world.ts';

export default defineRule({
  id: 'agents/tool-open-to-others',
  title: 'Agents of other accounts may call this tool',
  severity: 'medium',
  requirements: ['R9', 'R37'],
  frameworks: { nist: ['AC-3', 'AC-6'], stride: ['spoofing', 'elevation-of-privilege'], owasp: ['LLM06:2025'] },
  why: `The permission lets the service Bedrock call the function, whoever it works for. An agent in anybody's account can name your function as its tool, and the call arrives as one of Bedrock (the "confused deputy"). The account, or the ARN of the agent, says whose agents are meant.`,
  links: [
    'https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permissions.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  ],
  looksAt: functionPermission,

  *check({ resource, principal, account, limits }, world) {
    if (principal.is !== 'known' || !agents.test(principal.value) || !limits.every(isMissing)) return;
    const own = ownAccount(resource, world);
    yield {
      at: account,
      message: `${code(resource.address)} lets ${code(principal.value)} call the function for anybody: agents in other accounts can use it as their tool. Say for whom with ${code(resource.type.startsWith('AWS::') ? 'SourceArn' : 'source_arn')} (the agent) or the account.`,
      fix: own === undefined ? [] : [{ do: 'set', at: account, to: own }],
    };
  },

  examples: {
    bad: [
      {
        name: 'any agent, where the account is at hand',
        files: terraform`
          data "aws_caller_identity" "current" {}

          resource "aws_lambda_permission" "orders" { # <- finds
            action        = "lambda:InvokeFunction"
            function_name = "orders"
            principal     = "bedrock.amazonaws.com"
          }
        `,
        suggests:
          '  action         = "lambda:InvokeFunction"\n  function_name  = "orders"\n  principal      = "bedrock.amazonaws.com"\n  source_account = data.aws_caller_identity.current.account_id',
      },
      {
        name: 'in a module: the account of the root is out of its reach',
        files: {
          ...terraform`
            data "aws_caller_identity" "current" {}

            module "orders" {
              source = "./orders"
            }
          `,
          ...file('orders/main.tf')`
            resource "aws_lambda_permission" "orders" { # <- finds
              action        = "lambda:InvokeFunction"
              function_name = "orders"
              principal     = "bedrock.amazonaws.com"
            }
          `,
        },
      },
      {
        name: 'any agent',
        files: terraform`
          resource "aws_lambda_permission" "orders" { # <- finds
            action        = "lambda:InvokeFunction"
            function_name = "orders"
            principal     = "bedrock.amazonaws.com"
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            AgentMayCall:
              Type: AWS::Lambda::Permission
              Properties:
                Action: lambda:InvokeFunction # <- finds
                FunctionName: orders
                Principal: bedrock.amazonaws.com
        `,
        suggests: '      Principal: bedrock.amazonaws.com\n      SourceAccount:\n        Ref: AWS::AccountId',
      },
    ],
    good: [
      {
        name: 'one agent, one account; another service',
        files: terraform`
          resource "aws_lambda_permission" "orders" {
            action        = "lambda:InvokeFunction"
            function_name = "orders"
            principal     = "bedrock.amazonaws.com"
            source_arn    = "arn:aws:bedrock:eu-west-1:111122223333:agent/ABCDEFGHIJ"
          }

          resource "aws_lambda_permission" "sales" {
            action         = "lambda:InvokeFunction"
            function_name  = "sales"
            principal      = "bedrock.amazonaws.com"
            source_account = "111122223333"
          }

          resource "aws_lambda_permission" "events" {
            action        = "lambda:InvokeFunction"
            function_name = "sales"
            principal     = "events.amazonaws.com"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "principal" {
            type = string
          }

          variable "agent" {
            type = string
          }

          resource "aws_lambda_permission" "orders" {
            action        = "lambda:InvokeFunction"
            function_name = "orders"
            principal     = var.principal
          }

          resource "aws_lambda_permission" "sales" {
            action        = "lambda:InvokeFunction"
            function_name = "sales"
            principal     = "bedrock.amazonaws.com"
            source_arn    = var.agent
          }
        `,
      },
    ],
  },
});

/** Services that call a function because somebody's agent or bot names it. */
const agents = /^(?:bedrock|lexv2|lex)\.amazonaws\.com$/;

/** An expression for the account that all this stands in. In a module it has to stand in the same one, which only the root surely is. */
function ownAccount(resource: Resource, world: World): Literal | undefined {
  if (resource.type.startsWith('AWS::')) return { Ref: 'AWS::AccountId' };
  if (!resource.address.startsWith(resource.type)) return undefined;
  const caller = world.resources.find(
    ({ type, scope, address, name }) => type === 'data.aws_caller_identity' && scope === resource.scope && address === `${type}.${name}`,
  );
  return caller && { raw: `${caller.address}.account_id` };
}
