import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { knowledgeSource } from '../../src/concepts/knowledge-source.ts';
import { textOf } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'vector/plain-source',
  title: 'Knowledge base reads pages over a plain connection',
  severity: 'medium',
  requirements: ['R4'],
  frameworks: { nist: ['SC-8', 'SI-7'], stride: ['tampering'], atlas: ['AML.T0051', 'AML.T0020'], owasp: ['LLM04:2025', 'LLM08:2025'] },
  why: `Over plain HTTP whoever is on the way can change a page while it is crawled. The model then answers from the changed text and follows what it says, until the next crawl, and the page itself shows nothing of it.`,
  links: ['https://docs.aws.amazon.com/bedrock/latest/userguide/webcrawl-data-source-connector.html'],
  looksAt: knowledgeSource,

  *check({ resource, seeds }) {
    for (const at of seeds) {
      const host = /^http:\/\/([\w.-]{1,253})/i.exec(textOf(at) ?? '')?.[1];
      if (host === undefined) continue;
      yield {
        at,
        subject: host,
        message: `Data source ${code(resource.address)} crawls ${code(host)} over plain HTTP, where the pages can be changed on the way to the model. Use ${code('https://')}.`,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'one of two',
        files: terraform`
          resource "aws_bedrockagent_data_source" "docs" {
            knowledge_base_id = "ABCDEFGHIJ"
            name              = "docs"

            data_source_configuration {
              type = "WEB"

              web_configuration {
                source_configuration {
                  url_configuration {
                    seed_urls {
                      url = "https://docs.example.com"
                    }
                    seed_urls {
                      url = "http://help.example.com/start" # <- finds
                    }
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
            Docs:
              Type: AWS::Bedrock::DataSource
              Properties:
                KnowledgeBaseId: ABCDEFGHIJ
                Name: docs
                DataSourceConfiguration:
                  Type: WEB
                  WebConfiguration:
                    SourceConfiguration:
                      UrlConfiguration:
                        SeedUrls:
                          - Url: http://help.example.com # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'encrypted',
        files: cloudformation`
          Resources:
            Docs:
              Type: AWS::Bedrock::DataSource
              Properties:
                KnowledgeBaseId: ABCDEFGHIJ
                Name: docs
                DataSourceConfiguration:
                  Type: WEB
                  WebConfiguration:
                    SourceConfiguration:
                      UrlConfiguration:
                        SeedUrls:
                          - Url: https://help.example.com
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter',
        files: cloudformation`
          Parameters:
            Start:
              Type: String
          Resources:
            Docs:
              Type: AWS::Bedrock::DataSource
              Properties:
                KnowledgeBaseId: ABCDEFGHIJ
                Name: docs
                DataSourceConfiguration:
                  Type: WEB
                  WebConfiguration:
                    SourceConfiguration:
                      UrlConfiguration:
                        SeedUrls:
                          - Url: !Ref Start
        `,
      },
    ],
  },
});
