import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { onlineDeployment } from '../../src/concepts/endpoint-azure.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'endpoints/deployment-egress',
  title: 'Deployed model may reach the whole internet',
  severity: 'medium',
  requirements: ['R3', 'R32', 'R37'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure'], atlas: ['AML.T0025'] },
  why: `The container of a deployment runs the model's code and its scoring script, with every request in hand. With public egress it may send them to any address. Without it, it gets its image and model over the private network of the workspace, and that is all it needs.`,
  links: ['https://learn.microsoft.com/azure/machine-learning/concept-secure-online-endpoint'],
  looksAt: onlineDeployment,

  *check({ of, egress }) {
    if (!holds(egress, true)) return;
    yield {
      at: egress.at,
      message: `Deployment ${code(of.address)} may reach the whole internet, so code in the model or its image can send requests and data away.`,
      fix: [egress.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'open',
        files: terraform`
          resource "azapi_resource" "blue" {
            type      = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments@2024-10-01"
            name      = "blue"
            location  = "westeurope"
            parent_id = azapi_resource.scoring.id

            body = {
              properties = {
                endpointComputeType       = "Managed"
                instanceType              = "Standard_DS3_v2"
                egressPublicNetworkAccess = "Enabled" # <- finds
              }
            }
          }
        `,
        suggests: '      egressPublicNetworkAccess = "Disabled"',
      },
    ],
    good: [
      {
        name: 'closed',
        files: terraform`
          resource "azapi_resource" "blue" {
            type      = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments@2024-10-01"
            name      = "blue"
            location  = "westeurope"
            parent_id = azapi_resource.scoring.id

            body = {
              properties = {
                endpointComputeType       = "Managed"
                instanceType              = "Standard_DS3_v2"
                egressPublicNetworkAccess = "Disabled"
              }
            }
          }
        `,
      },
      {
        name: 'nothing said: the workspace’s network decides',
        files: terraform`
          resource "azapi_resource" "blue" {
            type      = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments@2024-10-01"
            name      = "blue"
            location  = "westeurope"
            parent_id = azapi_resource.scoring.id

            body = {
              properties = {
                endpointComputeType       = "Managed"
                instanceType              = "Standard_DS3_v2"
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
          variable "egress" {
            type = string
          }

          resource "azapi_resource" "blue" {
            type      = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments@2024-10-01"
            name      = "blue"
            location  = "westeurope"
            parent_id = azapi_resource.scoring.id

            body = {
              properties = {
                endpointComputeType       = "Managed"
                instanceType              = "Standard_DS3_v2"
                egressPublicNetworkAccess = var.egress
              }
            }
          }
        `,
      },
    ],
  },
});
