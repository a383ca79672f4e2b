import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { gpuLogin } from '../../src/concepts/gpu-pool.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'gpu/password-login',
  title: 'GPU machine lets people in by password',
  severity: 'medium',
  requirements: ['R1', 'R6'],
  frameworks: { nist: ['IA-2', 'IA-5', 'AC-17'], stride: ['spoofing'] },
  why: `Machines with GPUs are searched for and taken over to mine or to train at your expense, and the first thing that is tried is passwords. A key can't be guessed. Azure switches passwords off unless the configuration says otherwise.`,
  links: ['https://learn.microsoft.com/azure/virtual-machines/linux/create-ssh-keys-detailed'],
  looksAt: gpuLogin,

  *check({ of, size, byPassword, password, key }) {
    if (!holds(byPassword, true)) return;
    yield {
      at: byPassword.at,
      message: `GPU machine ${code(of.address)} (${code(size)}) lets people in by password, which can be guessed or leak. Use an SSH key only, or Entra ID.`,
      // Azure takes no password where passwords are off, and nobody gets in without a key then.
      ...(key ? { fix: [byPassword.writes(false), ...(password.is === 'absent' ? [] : [{ do: 'remove', at: password } as const])] } : {}),
    };
  },

  examples: {
    bad: [
      {
        name: 'only a password',
        files: terraform`
          resource "azurerm_linux_virtual_machine" "trainer" {
            name                = "trainer"
            location            = "westeurope"
            resource_group_name = "ml"
            size                = "Standard_NC24ads_A100_v4"
            admin_username      = "trainer"
            admin_password      = var.admin_password
            disable_password_authentication = false # <- finds

          }
          variable "admin_password" {
            type      = string
            sensitive = true
          }
        `,
      },
      {
        name: 'a key is there too',
        files: terraform`
          resource "azurerm_linux_virtual_machine" "trainer" {
            name                = "trainer"
            location            = "westeurope"
            resource_group_name = "ml"
            size                = "Standard_NC24ads_A100_v4"
            admin_username      = "trainer"
            disable_password_authentication = false # <- finds

            admin_ssh_key {
              username   = "trainer"
              public_key = file("keys/trainer.pub")
            }
          }
        `,
        suggests: '  disable_password_authentication = true',
      },
      {
        name: 'a key and a password',
        files: terraform`
          resource "azurerm_linux_virtual_machine" "trainer" {
            name                = "trainer"
            location            = "westeurope"
            resource_group_name = "ml"
            size                = "Standard_NC24ads_A100_v4"
            admin_username      = "trainer"
            disable_password_authentication = false # <- finds
            admin_password                  = var.admin_password

            admin_ssh_key {
              username   = "trainer"
              public_key = file("keys/trainer.pub")
            }
          }
          variable "admin_password" {
            type      = string
            sensitive = true
          }
        `,
        suggests: '  disable_password_authentication = true',
      },
      {
        name: 'a scale set',
        files: terraform`
          resource "azurerm_linux_virtual_machine_scale_set" "trainer" {
            name                = "trainer"
            location            = "westeurope"
            resource_group_name = "ml"
            sku                 = "Standard_NC24ads_A100_v4"
            admin_username      = "trainer"
            disable_password_authentication = false # <- finds

            admin_ssh_key {
              username   = "trainer"
              public_key = file("keys/trainer.pub")
            }
          }
        `,
        suggests: '  disable_password_authentication = true',
      },
    ],
    good: [
      {
        name: 'keys only, the default',
        files: terraform`
          resource "azurerm_linux_virtual_machine" "trainer" {
            name                = "trainer"
            location            = "westeurope"
            resource_group_name = "ml"
            size                = "Standard_NC24ads_A100_v4"
            admin_username      = "trainer"

            admin_ssh_key {
              username   = "trainer"
              public_key = file("keys/trainer.pub")
            }
          }
        `,
      },
      {
        name: 'an ordinary machine',
        files: terraform`
          resource "azurerm_linux_virtual_machine" "trainer" {
            name                = "trainer"
            location            = "westeurope"
            resource_group_name = "ml"
            size                = "Standard_D4s_v5"
            admin_username      = "trainer"
            disable_password_authentication = false

          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "keys_only" {
            type = bool
          }

          resource "azurerm_linux_virtual_machine" "trainer" {
            name                = "trainer"
            location            = "westeurope"
            resource_group_name = "ml"
            size                = "Standard_NC24ads_A100_v4"
            admin_username      = "trainer"
            disable_password_authentication = var.keys_only

            admin_ssh_key {
              username   = "trainer"
              public_key = file("keys/trainer.pub")
            }
          }
        `,
      },
    ],
  },
});
