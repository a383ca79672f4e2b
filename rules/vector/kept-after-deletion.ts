import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { knowledgeSource } from '../../src/concepts/knowledge-source.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'vector/kept-after-deletion',
  title: 'Documents stay in the knowledge base after their source is gone',
  severity: 'low',
  requirements: ['R4'],
  frameworks: { nist: ['SI-12', 'MP-6'], stride: ['information-disclosure'], owasp: ['LLM08:2025', 'LLM02:2025'] },
  why: `Whoever deletes a data source wants its documents gone. With RETAIN the vectors, and the text beside them, stay in the store, and the model goes on answering from documents that nobody believes to be there: those of a customer who left, or those that somebody had a right to see deleted.`,
  links: ['https://docs.aws.amazon.com/bedrock/latest/userguide/kb-ds-manage.html'],
  looksAt: knowledgeSource,

  *check({ resource, afterwards }) {
    if (!holds(afterwards, 'RETAIN')) return;
    yield {
      at: afterwards.at,
      message: `Data source ${code(resource.address)} leaves its vectors behind when it is deleted (${code('RETAIN')}), so the model goes on answering from documents that are gone.`,
      fix: [afterwards.writes('DELETE')],
    };
  },

  examples: {
    bad: [
      {
        name: 'kept',
        files: terraform`
          resource "aws_bedrockagent_data_source" "handbook" {
            knowledge_base_id    = "ABCDEFGHIJ"
            name                 = "handbook"
            data_deletion_policy = "RETAIN" # <- finds

            data_source_configuration {
              type = "S3"

              s3_configuration {
                bucket_arn = "arn:aws:s3:::acme-handbook"
              }
            }
          }
        `,
        suggests: '  data_deletion_policy = "DELETE"',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Handbook:
              Type: AWS::Bedrock::DataSource
              Properties:
                KnowledgeBaseId: ABCDEFGHIJ
                Name: handbook
                DataDeletionPolicy: RETAIN # <- finds
                DataSourceConfiguration:
                  Type: S3
                  S3Configuration:
                    BucketArn: arn:aws:s3:::acme-handbook
        `,
        suggests: '      DataDeletionPolicy: DELETE',
      },
    ],
    good: [
      {
        name: 'deleted, and not said',
        files: terraform`
          resource "aws_bedrockagent_data_source" "handbook" {
            knowledge_base_id    = "ABCDEFGHIJ"
            name                 = "handbook"
            data_deletion_policy = "DELETE"

            data_source_configuration {
              type = "S3"

              s3_configuration {
                bucket_arn = "arn:aws:s3:::acme-handbook"
              }
            }
          }

          resource "aws_bedrockagent_data_source" "manual" {
            knowledge_base_id = "ABCDEFGHIJ"
            name              = "manual"

            data_source_configuration {
              type = "S3"

              s3_configuration {
                bucket_arn = "arn:aws:s3:::acme-manual"
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
          variable "policy" {
            type = string
          }

          resource "aws_bedrockagent_data_source" "handbook" {
            knowledge_base_id    = "ABCDEFGHIJ"
            name                 = "handbook"
            data_deletion_policy = var.policy

            data_source_configuration {
              type = "S3"

              s3_configuration {
                bucket_arn = "arn:aws:s3:::acme-handbook"
              }
            }
          }
        `,
      },
    ],
  },
});
