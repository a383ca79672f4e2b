import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { unevenKey } from '../../src/concepts/vertex-key.ts';

export default defineRule({
  id: 'models/uneven-key',
  title: 'Key of your own is left out for one resource',
  severity: 'low',
  requirements: ['R2', 'R33'],
  frameworks: { nist: ['SC-12', 'SC-28'], stride: ['information-disclosure'] },
  why: `The data and models of this configuration are under a key that you control: you decide who decrypts them, see each use, and can cut access off. A resource that was left out keeps its copy under a key of Google's, where none of that holds, and the key can't be added later without making the resource anew.`,
  links: ['https://cloud.google.com/vertex-ai/docs/general/cmek'],
  looksAt: unevenKey,

  *check({ of, at, sibling, key }) {
    yield {
      at,
      message: `${code(of.address)} names no key of your own, although ${code(sibling)} beside it does: what it holds stays readable when that key is cut off.`,
      fix: [{ do: 'set', at, to: key }],
    };
  },

  examples: {
    bad: [
      {
        name: 'a dataset with a key and a TensorBoard without',
        files: terraform`
          resource "google_kms_crypto_key" "ml" {
            name     = "ml"
            key_ring = "projects/acme-ml/locations/europe-west4/keyRings/ml"
          }

          resource "google_vertex_ai_dataset" "images" {
            display_name        = "images"
            metadata_schema_uri = "gs://google-cloud-aiplatform/schema/dataset/metadata/image_1.0.0.yaml"
            region              = "europe-west4"

            encryption_spec {
              kms_key_name = google_kms_crypto_key.ml.id
            }
          }

          resource "google_vertex_ai_tensorboard" "runs" { # <- finds
            display_name = "runs"
            region       = "europe-west4"
          }
        `,
        suggests: `  region       = "europe-west4"

  encryption_spec {
    kms_key_name = google_kms_crypto_key.ml.id
  }`,
      },
      {
        name: 'the key is a text',
        files: terraform`
          resource "google_kms_crypto_key" "ml" {
            name     = "ml"
            key_ring = "projects/acme-ml/locations/europe-west4/keyRings/ml"
          }

          resource "google_vertex_ai_dataset" "images" {
            display_name        = "images"
            metadata_schema_uri = "gs://google-cloud-aiplatform/schema/dataset/metadata/image_1.0.0.yaml"
            region              = "europe-west4"

            encryption_spec {
              kms_key_name = "projects/acme-ml/locations/europe-west4/keyRings/ml/cryptoKeys/ml"
            }
          }

          resource "google_vertex_ai_tensorboard" "runs" { # <- finds
            display_name = "runs"
            region       = "europe-west4"
          }
        `,
        suggests: `  region       = "europe-west4"

  encryption_spec {
    kms_key_name = "projects/acme-ml/locations/europe-west4/keyRings/ml/cryptoKeys/ml"
  }`,
      },
    ],
    good: [
      {
        name: 'both',
        files: terraform`
          resource "google_kms_crypto_key" "ml" {
            name     = "ml"
            key_ring = "projects/acme-ml/locations/europe-west4/keyRings/ml"
          }

          resource "google_vertex_ai_dataset" "images" {
            display_name        = "images"
            metadata_schema_uri = "gs://google-cloud-aiplatform/schema/dataset/metadata/image_1.0.0.yaml"
            region              = "europe-west4"

            encryption_spec {
              kms_key_name = google_kms_crypto_key.ml.id
            }
          }

          resource "google_vertex_ai_tensorboard" "runs" {
            display_name = "runs"
            region       = "europe-west4"

            encryption_spec {
              kms_key_name = google_kms_crypto_key.ml.id
            }
          }
        `,
      },
      {
        name: 'nobody has a key here',
        files: terraform`
          resource "google_vertex_ai_tensorboard" "runs" {
            display_name = "runs"
            region       = "europe-west4"
          }
        `,
      },
      {
        name: 'another region, where the key is of no use',
        files: terraform`
          resource "google_kms_crypto_key" "ml" {
            name     = "ml"
            key_ring = "projects/acme-ml/locations/europe-west4/keyRings/ml"
          }

          resource "google_vertex_ai_dataset" "images" {
            display_name        = "images"
            metadata_schema_uri = "gs://google-cloud-aiplatform/schema/dataset/metadata/image_1.0.0.yaml"
            region              = "europe-west4"

            encryption_spec {
              kms_key_name = google_kms_crypto_key.ml.id
            }
          }

          resource "google_vertex_ai_tensorboard" "runs" {
            display_name = "runs"
            region       = "us-central1"
          }
        `,
      },
      {
        name: 'two keys, and no way to tell which',
        files: terraform`
          resource "google_kms_crypto_key" "ml" {
            name     = "ml"
            key_ring = "projects/acme-ml/locations/europe-west4/keyRings/ml"
          }

          resource "google_vertex_ai_dataset" "images" {
            display_name        = "images"
            metadata_schema_uri = "gs://google-cloud-aiplatform/schema/dataset/metadata/image_1.0.0.yaml"
            region              = "europe-west4"

            encryption_spec {
              kms_key_name = google_kms_crypto_key.ml.id
            }
          }

          resource "google_vertex_ai_featurestore" "features" {
            name   = "features"
            region = "europe-west4"

            encryption_spec {
              kms_key_name = var.features_key
            }
          }

          variable "features_key" {
            type = string
          }

          resource "google_vertex_ai_tensorboard" "runs" {
            display_name = "runs"
            region       = "europe-west4"
          }
        `,
      },
      {
        name: 'a resource of another kind',
        files: terraform`
          resource "google_kms_crypto_key" "ml" {
            name     = "ml"
            key_ring = "projects/acme-ml/locations/europe-west4/keyRings/ml"
          }

          resource "google_vertex_ai_dataset" "images" {
            display_name        = "images"
            metadata_schema_uri = "gs://google-cloud-aiplatform/schema/dataset/metadata/image_1.0.0.yaml"
            region              = "europe-west4"

            encryption_spec {
              kms_key_name = google_kms_crypto_key.ml.id
            }
          }

          resource "google_vertex_ai_index" "documents" {
            display_name = "documents"
            region       = "europe-west4"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          resource "google_kms_crypto_key" "ml" {
            name     = "ml"
            key_ring = "projects/acme-ml/locations/europe-west4/keyRings/ml"
          }

          resource "google_vertex_ai_dataset" "images" {
            display_name        = "images"
            metadata_schema_uri = "gs://google-cloud-aiplatform/schema/dataset/metadata/image_1.0.0.yaml"
            region              = "europe-west4"

            encryption_spec {
              kms_key_name = google_kms_crypto_key.ml.id
            }
          }
          variable "key" {
            type = string
          }

          resource "google_vertex_ai_tensorboard" "runs" {
            display_name = "runs"
            region       = "europe-west4"

            encryption_spec {
              kms_key_name = var.key
            }
          }
        `,
      },
      {
        name: 'a key out of a module',
        files: terraform`
          resource "google_kms_crypto_key" "ml" {
            name     = "ml"
            key_ring = "projects/acme-ml/locations/europe-west4/keyRings/ml"
          }

          resource "google_vertex_ai_dataset" "images" {
            display_name        = "images"
            metadata_schema_uri = "gs://google-cloud-aiplatform/schema/dataset/metadata/image_1.0.0.yaml"
            region              = "europe-west4"

            encryption_spec {
              kms_key_name = module.keys.ml
            }
          }

          resource "google_vertex_ai_tensorboard" "runs" {
            display_name = "runs"
            region       = "europe-west4"
          }
        `,
      },
    ],
  },
});
