import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { unwatched } from '../../src/concepts/drift.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'state/ignores-drift',
  title: 'Changes by hand are never noticed',
  severity: 'medium',
  requirements: ['R13', 'R21'],
  frameworks: { nist: ['CM-3', 'CM-6', 'SI-7'], stride: ['tampering', 'repudiation'] },
  why: `A plan is what shows that somebody opened an endpoint, swapped an image or widened a role by hand. With \`ignore_changes = all\` it shows nothing, ever, and no fix in the code arrives either: the resource is then whatever was last clicked.`,
  links: ['https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes'],
  looksAt: unwatched,

  *check({ resource, at }, world) {
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at,
      message: `${code(resource.address)} (${reason}) passes over every difference between the configuration and what runs, so drift stays hidden and later fixes do not arrive. Name only the attributes that something else is to change, such as a count that is scaled.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'an endpoint',
        files: terraform`
          resource "aws_sagemaker_endpoint" "ranker" {
            name                 = "ranker"
            endpoint_config_name = "ranker-1"

            lifecycle {
              ignore_changes = all # <- finds
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'one attribute, or nothing',
        files: terraform`
          resource "aws_sagemaker_endpoint" "ranker" {
            name                 = "ranker"
            endpoint_config_name = "ranker-1"

            lifecycle {
              ignore_changes = [tags]
            }
          }

          resource "aws_sagemaker_endpoint" "embedder" {
            name                 = "embedder"
            endpoint_config_name = "embedder-1"
          }
        `,
      },
      {
        name: 'of a web shop',
        files: terraform`
          resource "aws_instance" "shop" {
            ami           = "ami-0abcdef1234567890"
            instance_type = "t3.micro"

            lifecycle {
              ignore_changes = all
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'in a module that is not here',
        files: terraform`
          module "endpoint" {
            source  = "acme/endpoint/aws"
            version = "1.0.0"
            name    = "ranker"
          }
        `,
      },
    ],
  },
});
