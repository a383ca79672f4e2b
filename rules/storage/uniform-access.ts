import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { bucket } from '../../src/concepts/bucket.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'storage/uniform-access',
  title: 'Objects have access lists of their own',
  severity: 'medium',
  requirements: ['R2', 'R23', 'R24'],
  frameworks: { cis: ['GCP 5.2'], nist: ['AC-3'], stride: ['information-disclosure'] },
  why: `Without uniform bucket-level access each object has an access list beside the bucket's IAM policy. Whoever may write a model can then make that one object public, and neither the policy in this code nor a review of it shows that. The switch can only be undone for 90 days, which is what makes it reliable.`,
  links: ['https://cloud.google.com/storage/docs/uniform-bucket-level-access'],
  looksAt: bucket,

  *check({ resource, guards }, world) {
    if (resource.type !== 'google_storage_bucket') return;
    for (const { holds: uniform } of guards) {
      if (uniform.is !== 'known' || uniform.value) continue;
      const reason = aiRelevance(resource, world);
      if (reason === undefined) continue;
      const state = uniform.written ? 'switches uniform access off' : 'does not ask for uniform access';
      yield {
        at: uniform.at,
        message: `${code(resource.address)} ${state} (${reason}), so single objects can be made public beside its IAM policy.`,
        fix: [uniform.writes(true)],
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'switched off',
        files: terraform`
          resource "google_storage_bucket" "models" {
            name                        = "acme-ml-models"
            location                    = "EU"
            uniform_bucket_level_access = false # <- finds

            versioning {
              enabled = true
            }
          }
        `,
        suggests: '  uniform_bucket_level_access = true',
      },
      {
        name: 'beside a bucket of another cloud',
        files: terraform`
          resource "google_storage_bucket" "models" {
            name                        = "acme-ml-models"
            location                    = "EU"
            uniform_bucket_level_access = false # <- finds

            versioning {
              enabled = true
            }
          }

          resource "aws_s3_bucket" "models" {
            bucket = "acme-ml-models"
          }

          resource "aws_s3_bucket_public_access_block" "models" {
            bucket                  = aws_s3_bucket.models.id
            block_public_acls       = false
            block_public_policy     = true
            ignore_public_acls      = true
            restrict_public_buckets = true
          }
        `,
        suggests: '  uniform_bucket_level_access = true',
      },
    ],
    good: [
      {
        name: 'switched on',
        files: terraform`
          resource "google_storage_bucket" "models" {
            name                        = "acme-ml-models"
            location                    = "EU"
            uniform_bucket_level_access = true

            versioning {
              enabled = true
            }
          }
        `,
      },
      {
        name: 'a web shop is none of our business',
        files: terraform`
          resource "google_storage_bucket" "shop" {
            name     = "acme-shop-pictures"
            location = "EU"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "uniform" {
            type = bool
          }

          resource "google_storage_bucket" "models" {
            name                        = "acme-ml-models"
            location                    = "EU"
            uniform_bucket_level_access = var.uniform

            versioning {
              enabled = true
            }
          }
        `,
      },
    ],
  },
});
