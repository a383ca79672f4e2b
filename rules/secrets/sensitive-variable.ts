import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { secretVariable } from '../../src/concepts/secret-variable.ts';

export default defineRule({
  id: 'secrets/sensitive-variable',
  title: 'Secret variable is shown in plans',
  severity: 'medium',
  requirements: ['R10', 'R18'],
  frameworks: { nist: ['IA-5'], stride: ['information-disclosure'] },
  why: `Terraform prints a variable that is not marked sensitive in every plan and apply, so it ends up in build logs and in the comments of pull requests.`,
  links: ['https://developer.hashicorp.com/terraform/language/values/variables#suppressing-values-in-cli-output'],
  looksAt: secretVariable,

  *check({ of, sensitive }) {
    if (sensitive.is === 'known' ? sensitive.value !== false : sensitive.is !== 'absent') return;
    const off = sensitive.is === 'known';
    yield {
      at: sensitive,
      severity: off ? 'medium' : 'low',
      message: `Variable ${code(of.name)} carries a secret and is ${off ? 'declared not sensitive' : 'not marked sensitive'}, so plans and logs show it. Mark it ${code('sensitive')}; it still stands in the state, so better still read it from the secret manager.`,
      fix: [{ do: 'set', at: sensitive, to: true }],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched off',
        files: terraform`
          variable "oauth_client_secret" {
            type      = string
            sensitive = false # <- finds
          }
        `,
        suggests: '  sensitive = true',
      },
      {
        name: 'left out',
        files: terraform`
          variable "hf_token" { # <- finds
            type = string
          }
        `,
        suggests: '  type      = string\n  sensitive = true',
      },
    ],
    good: [
      {
        name: 'marked, and names that carry no secret',
        files: terraform`
          variable "hf_token" {
            type      = string
            sensitive = true
          }
          variable "hf_token_secret_name" {
            type = string
          }
          variable "encryption_key" {
            description = "Name of the KMS key."
            type        = string
          }
          variable "max_tokens" {
            type = number
          }
          variable "secrets_manager_gitlab_access_key" {
            description = "Secrets Manager secret that has the access key."
            type        = string
          }
          variable "registry_password" {
            description = "ARN of the secret with the password."
            type        = string
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'a variable of several parts',
        files: terraform`
          variable "access_token" {
            type = object({ ttl = number, issuer = string })
          }
        `,
      },
    ],
  },
});
