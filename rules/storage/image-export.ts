import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { imageRegistry } from '../../src/concepts/data-store.ts';
import { holds } from '../../src/concepts/setting.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'storage/image-export',
  title: 'Images may be copied out of the registry',
  severity: 'low',
  requirements: ['R2', 'R33'],
  frameworks: { nist: ['AC-4', 'SC-7'], stride: ['information-disclosure'] },
  why: `The images of an AI platform often hold the model itself. The export policy decides whether somebody who is let into the registry can copy them to a registry of his own. It can be switched off once public network access is off.`,
  links: ['https://learn.microsoft.com/azure/container-registry/data-loss-prevention'],
  looksAt: imageRegistry,

  *check({ resource, exports, publicNetwork }, world) {
    const reason = holds(exports, true) && exports.is === 'known' && exports.written ? aiRelevance(resource, world) : undefined;
    if (reason === undefined) return;
    const closed = holds(publicNetwork, false);
    yield {
      at: exports.at,
      message: `${code(resource.address)} has its export policy on (${reason}): images and the models in them can be exfiltrated to any other registry.${closed ? '' : ' It can be switched off together with public network access.'}`,
      ...(closed ? { fix: [exports.writes(false)] } : {}),
    };
  },

  examples: {
    bad: [
      {
        name: 'a private registry that exports',
        files: terraform`
          resource "azurerm_container_registry" "ml_models" {
            name                          = "acmemlmodels"
            resource_group_name           = "ml"
            location                      = "westeurope"
            sku                           = "Premium"
            public_network_access_enabled = false
            export_policy_enabled         = true # <- finds
          }
        `,
        suggests: '  export_policy_enabled         = false',
      },
    ],
    good: [
      {
        name: 'no export',
        files: terraform`
          resource "azurerm_container_registry" "ml_models" {
            name                          = "acmemlmodels"
            resource_group_name           = "ml"
            location                      = "westeurope"
            sku                           = "Premium"
            public_network_access_enabled = false
            export_policy_enabled         = false
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "export" {
            type = bool
          }

          resource "azurerm_container_registry" "ml_models" {
            name                          = "acmemlmodels"
            resource_group_name           = "ml"
            location                      = "westeurope"
            sku                           = "Premium"
            public_network_access_enabled = false
            export_policy_enabled         = var.export
          }
        `,
      },
    ],
  },
});
