import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { dataGrant } from '../../src/concepts/vector-database.ts';

export default defineRule({
  id: 'vector/wide-data-policy',
  title: 'Data access policy allows everything on every collection',
  severity: 'medium',
  requirements: ['R4', 'R9'],
  frameworks: { nist: ['AC-6'], stride: ['elevation-of-privilege', 'tampering'], owasp: ['LLM08:2025', 'LLM04:2025'] },
  why: `A knowledge base needs to read and write documents of one collection. With every action on all of them, the same identity can delete the indexes of other teams and plant documents there.`,
  links: ['https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html'],
  looksAt: dataGrant,

  *check({ resource, at, permissions, resources }) {
    const action = permissions.find((permission) => permission === 'aoss:*');
    const reach = resources.find((name) => /^(?:collection\/\*|index\/\*\/\*|\*)$/.test(name));
    if (action === undefined || reach === undefined) return;
    yield {
      at,
      subject: reach,
      message: `${code(resource.address)} allows ${code(action)} on ${code(reach)}: whoever it names can read, change and delete every collection of the account. Name the collection, and the actions that the work needs.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'everything',
        files: terraform`
          resource "aws_opensearchserverless_access_policy" "kb" {
            name = "kb"
            type = "data"
            policy = jsonencode([{
              Rules = [{
                ResourceType = "index"
                Resource     = ["index/*/*"]
                Permission   = ["aoss:*"] # <- finds
              }]
              Principal = ["arn:aws:iam::111122223333:role/kb"]
            }])
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            KbAccess:
              Type: AWS::OpenSearchServerless::AccessPolicy
              Properties:
                Name: kb
                Type: data
                Policy: '[{"Rules":[{"ResourceType":"collection","Resource":["collection/*"],"Permission":["aoss:*"]}],"Principal":["arn:aws:iam::111122223333:role/kb"]}]' # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'one collection',
        files: terraform`
          resource "aws_opensearchserverless_access_policy" "kb" {
            name = "kb"
            type = "data"
            policy = jsonencode([{
              Rules = [{
                ResourceType = "index"
                Resource     = ["index/kb/*"]
                Permission   = ["aoss:DescribeIndex", "aoss:ReadDocument", "aoss:WriteDocument", "aoss:CreateIndex"]
              }]
              Principal = ["arn:aws:iam::111122223333:role/kb"]
            }])
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "collection" {
            type = string
          }

          resource "aws_opensearchserverless_access_policy" "kb" {
            name = "kb"
            type = "data"
            policy = jsonencode([{
              Rules     = [{ ResourceType = "index", Resource = ["index/\${var.collection}/*"], Permission = ["aoss:*"] }]
              Principal = ["arn:aws:iam::111122223333:role/kb"]
            }])
          }
        `,
      },
    ],
  },
});
