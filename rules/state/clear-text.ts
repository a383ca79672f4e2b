import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { stateBackend } from '../../src/concepts/state-backend.ts';
import { holds, setting, yesNo } from '../../src/concepts/setting.ts';

/** By backend, what switches the check of the server's certificate off. Terraform documentation, the pages of each backend. */
const unverified: readonly (readonly [kind: string, attribute: string])[] = [
  ['http', 'skip_cert_verification'],
  ['kubernetes', 'insecure'],
];

export default defineRule({
  id: 'state/clear-text',
  title: 'State travels where others can read and change it',
  severity: 'high',
  requirements: ['R18', 'R34', 'R17'],
  frameworks: { nist: ['SC-8'], stride: ['information-disclosure', 'tampering'] },
  why: `The state holds every attribute of every resource, keys and passwords included, and Terraform does what it says. Whoever is on the way of an unprotected connection reads all of it, and can write one that makes the next apply destroy or open something.`,
  links: [
    'https://developer.hashicorp.com/terraform/language/backend/http',
    'https://developer.hashicorp.com/terraform/language/backend/kubernetes',
  ],
  looksAt: stateBackend,

  *check({ view, kind, reason }) {
    for (const name of ['address', 'lock_address', 'unlock_address']) {
      const address = kind === 'http' ? view.attr(name) : undefined;
      if (address?.is !== 'known' || !/^http:\/\/(?!localhost\b|127\.|\[::1\])/i.test(String(address.value))) continue;
      yield {
        at: address,
        message: `The state of this configuration (it describes ${code(reason)}) goes over plain HTTP: everyone on the way can read the secrets in it and change what the next apply does. Use an ${code('https://')} address.`,
      };
    }
    for (const [backend, name] of unverified) {
      const off = setting(view.attr(name), yesNo);
      if (kind !== backend || !holds(off, true)) continue;
      yield {
        at: off.at,
        message: `${code(name)} takes any certificate for the server that keeps the state (it describes ${code(reason)}): whoever gets in between reads the secrets in it and can change what the next apply does.`,
        fix: [off.writes(false)],
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'plain HTTP',
        files: terraform`
          terraform {
            backend "http" {
              address      = "http://state.acme.example/serving" # <- finds
              lock_address = "http://state.acme.example/serving/lock" # <- finds
            }
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"
          }
        `,
      },
      {
        name: 'any certificate will do',
        files: terraform`
          terraform {
            backend "http" {
              address                = "https://state.acme.example/serving"
              skip_cert_verification = true # <- finds
            }
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"
          }
        `,
        suggests: '    skip_cert_verification = false',
      },
      {
        name: 'any certificate of the cluster',
        files: terraform`
          terraform {
            backend "kubernetes" {
              secret_suffix = "serving"
              insecure      = true # <- finds
            }
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"
          }
        `,
        suggests: '    insecure      = false',
      },
    ],
    good: [
      {
        name: 'TLS, or the own machine',
        files: terraform`
          terraform {
            backend "http" {
              address                = "https://state.acme.example/serving"
              lock_address           = "http://localhost:8080/lock"
              unlock_address         = "http://127.0.0.1:8080/unlock"
              skip_cert_verification = false
            }
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"
          }
        `,
      },
      {
        name: 'an attribute of another backend',
        files: terraform`
          terraform {
            backend "remote" {
              address  = "http://terraform.acme.example"
              insecure = true
            }
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the address comes from the command line',
        files: terraform`
          terraform {
            backend "http" {}
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"
          }
        `,
      },
    ],
  },
});
