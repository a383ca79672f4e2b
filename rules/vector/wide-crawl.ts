import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { knowledgeSource } from '../../src/concepts/knowledge-source.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'vector/wide-crawl',
  title: 'Knowledge base takes in every subdomain',
  severity: 'low',
  requirements: ['R4'],
  frameworks: {
    nist: ['SI-10', 'CM-7'],
    stride: ['tampering'],
    atlas: ['AML.T0051', 'AML.T0020'],
    owasp: ['LLM01:2025', 'LLM04:2025', 'LLM08:2025'],
  },
  why: `What the crawler reads, the model repeats and follows. Under a domain there are forums, status pages, customers' own sites and forgotten test systems, where others can write. One page there with instructions for a model is then as good as your own documentation. A filter says which addresses are meant.`,
  links: ['https://docs.aws.amazon.com/bedrock/latest/userguide/webcrawl-data-source-connector.html'],
  looksAt: knowledgeSource,

  *check({ resource, reach, filtered }) {
    if (reach === undefined || !holds(reach, 'SUBDOMAINS') || filtered) return;
    yield {
      at: reach.at,
      message: `Data source ${code(resource.address)} crawls every subdomain and takes in all that it finds, also pages where strangers write, which then speak to the model. Name the addresses that are meant in ${code(resource.type.startsWith('AWS::') ? 'InclusionFilters' : 'inclusion_filters')}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'all subdomains',
        files: terraform`
          resource "aws_bedrockagent_data_source" "docs" {
            knowledge_base_id = "ABCDEFGHIJ"
            name              = "docs"

            data_source_configuration {
              type = "WEB"

              web_configuration {
                crawler_configuration {
                  scope = "SUBDOMAINS" # <- finds
                }

                source_configuration {
                  url_configuration {
                    seed_urls {
                      url = "https://example.com"
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
                    CrawlerConfiguration:
                      Scope: SUBDOMAINS # <- finds
                    SourceConfiguration:
                      UrlConfiguration:
                        SeedUrls:
                          - Url: https://example.com
        `,
      },
    ],
    good: [
      {
        name: 'one host; filtered; the default',
        files: terraform`
          resource "aws_bedrockagent_data_source" "docs" {
            knowledge_base_id = "ABCDEFGHIJ"
            name              = "docs"

            data_source_configuration {
              type = "WEB"

              web_configuration {
                crawler_configuration {
                  scope = "HOST_ONLY"
                }

                source_configuration {
                  url_configuration {
                    seed_urls {
                      url = "https://docs.example.com"
                    }
                  }
                }
              }
            }
          }

          resource "aws_bedrockagent_data_source" "filtered" {
            knowledge_base_id = "ABCDEFGHIJ"
            name              = "filtered"

            data_source_configuration {
              type = "WEB"

              web_configuration {
                crawler_configuration {
                  scope             = "SUBDOMAINS"
                  inclusion_filters = ["https://(docs|api)\\\\.example\\\\.com/.*"]
                }

                source_configuration {
                  url_configuration {
                    seed_urls {
                      url = "https://example.com"
                    }
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
          variable "scope" {
            type = string
          }

          resource "aws_bedrockagent_data_source" "docs" {
            knowledge_base_id = "ABCDEFGHIJ"
            name              = "docs"

            data_source_configuration {
              type = "WEB"

              web_configuration {
                crawler_configuration {
                  scope = var.scope
                }

                source_configuration {
                  url_configuration {
                    seed_urls {
                      url = "https://example.com"
                    }
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
