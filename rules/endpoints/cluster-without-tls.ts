import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { inferenceCluster } from '../../src/concepts/endpoint-azure.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'endpoints/cluster-without-tls',
  title: 'Models are served over plain HTTP',
  severity: 'high',
  requirements: ['R3', 'R37'],
  frameworks: { nist: ['SC-8', 'SC-23'], stride: ['information-disclosure', 'tampering'] },
  why: `Azure Machine Learning serves a model on AKS over HTTP unless the cluster is attached with TLS. Requests, answers and the key or token in each request then cross the network in clear, and whoever sits in between can change an answer.`,
  links: ['https://learn.microsoft.com/azure/machine-learning/v1/how-to-secure-web-service'],
  looksAt: inferenceCluster,

  *check({ of, tls, forTests }) {
    if (!isMissing(tls)) return;
    yield {
      at: tls,
      severity: forTests ? 'low' : 'high',
      message: `Inference cluster ${code(of.address)} has no ${code('ssl')} block, so models answer over plain HTTP, with the callers' keys in clear. ${code('leaf_domain_label')} gets it a certificate of Microsoft's.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'no block',
        files: terraform`
          resource "azurerm_machine_learning_inference_cluster" "scoring" { # <- finds
            name                          = "scoring"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            kubernetes_cluster_id         = "scoring"

          }
        `,
      },
      {
        name: 'for tests',
        files: terraform`
          resource "azurerm_machine_learning_inference_cluster" "scoring" { # <- finds
            name                          = "scoring"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            kubernetes_cluster_id         = "scoring"
            cluster_purpose               = "DevTest"

          }
        `,
      },
    ],
    good: [
      {
        name: 'with TLS',
        files: terraform`
          resource "azurerm_machine_learning_inference_cluster" "scoring" {
            name                          = "scoring"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            kubernetes_cluster_id         = "scoring"

            ssl {
              leaf_domain_label = "acme-scoring"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "domains" {
            type = list(string)
          }

          resource "azurerm_machine_learning_inference_cluster" "scoring" {
            name                          = "scoring"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            kubernetes_cluster_id         = "scoring"

            dynamic "ssl" {
              for_each = var.domains

              content {
                leaf_domain_label = ssl.value
              }
            }
          }
        `,
      },
    ],
  },
});
