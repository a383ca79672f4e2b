import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { grant, type Grant } from '../../src/concepts/grants.ts';
import { coverage } from '../../src/concepts/policy.ts';
import { conditionsOf, type ConditionTest } from '../../src/concepts/policy-conditions.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

/** Who gets tokens from an identity provider, by its address. Providers that write something else than a subject into their tokens are not here. */
const providers: readonly { readonly address: RegExp; readonly everyone: string; readonly wide: RegExp }[] = [
  { address: /token\.actions\.githubusercontent\.com/, everyone: 'any workflow of any repository on GitHub', wide: /^(?:\*|repo:\*.*)$/ },
  { address: /(?:^|[/.])gitlab\.com/, everyone: 'any pipeline of any project on GitLab', wide: /^(?:\*|project_path:\*.*)$/ },
  {
    address: /oidc\.eks\.|oidc-eks|aws_eks_cluster|oidc_provider|openid/i,
    everyone: 'any pod of the cluster',
    wide: /^(?:\*|system:(?:\*|serviceaccount:\*.*))$/,
  },
];

const addressesOf = ({ principals }: Grant, tests: readonly ConditionTest[]): string =>
  [...principals.federated, ...tests.map(({ key }) => key)].join(' ');

export default defineRule({
  id: 'identity/federated-trust',
  title: 'Role trusts every token of an identity provider',
  severity: 'high',
  requirements: ['R9', 'R14', 'R27'],
  frameworks: { nist: ['AC-3', 'IA-2', 'IA-8'], stride: ['spoofing', 'elevation-of-privilege'] },
  why: `An identity provider hands tokens to everyone it knows: GitHub to every repository in the world, a cluster to every pod. Only a condition on the token's subject says which of them may become the role. Without it, or with a wildcard in it, a stranger's workflow or a neighbour's pod can read and replace your models.`,
  links: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html',
    'https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services',
  ],
  looksAt: grant,

  *check(statement, world) {
    const { kind, effect, principals, actions, conditions, resource } = statement;
    if (kind !== 'trust' || effect !== 'allow' || coverage(actions, 'sts:AssumeRoleWithWebIdentity') !== 'yes') return;
    const { tests, complete } = conditionsOf(conditions);
    const provider = providers.find(({ address }) => address.test(addressesOf(statement, tests)));
    const reason = provider && aiRelevance(resource, world);
    if (!provider || reason === undefined) return;
    const subjects = tests.filter(({ key }) => key.endsWith(':sub'));
    if (subjects.length === 0 && complete)
      yield {
        at: principals.at,
        severity: provider.everyone.includes('cluster') ? 'high' : 'critical',
        message: `The trust policy of ${code(resource.address)} says nothing of the token's subject (${code('sub')}), so ${provider.everyone} can take on the role (${reason}). Add a condition that names the one that may.`,
      };
    const wide = subjects.flatMap(({ operator, values }) =>
      operator.endsWith('StringLike') ? values.filter((value) => provider.wide.test(value)) : [],
    );
    // Several subjects are alternatives; several tests all have to hold.
    if (wide[0] !== undefined && subjects.length === 1)
      yield {
        at: conditions,
        severity: provider.everyone.includes('cluster') ? 'high' : 'critical',
        message: `The trust policy of ${code(resource.address)} takes every subject that fits ${code(wide[0])}, so ${provider.everyone} can take on the role (${reason}). Name the one that may.`,
      };
  },

  examples: {
    bad: [
      {
        name: 'GitHub without a subject',
        files: terraform`
          resource "aws_iam_role" "publish_ml_models" {
            name = "publish-ml-models"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRoleWithWebIdentity"
                Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" } # <- finds
                Condition = {
                  StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
                }
              }]
            })
          }
        `,
      },
      {
        name: 'every pod of a cluster',
        files: terraform`
          resource "aws_iam_role" "llm_serving" {
            name               = "llm-serving"
            assume_role_policy = data.aws_iam_policy_document.trust.json
          }

          data "aws_iam_policy_document" "trust" {
            statement {
              actions = ["sts:AssumeRoleWithWebIdentity"]

              principals {
                type        = "Federated"
                identifiers = [aws_iam_openid_connect_provider.cluster.arn]
              }

              condition { # <- finds
                test     = "StringLike"
                variable = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub"
                values   = ["system:serviceaccount:*:*"]
              }
            }
          }

          resource "aws_iam_openid_connect_provider" "cluster" {
            url             = "https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE"
            client_id_list  = ["sts.amazonaws.com"]
            thumbprint_list = []
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            ModelServingRole:
              Type: AWS::IAM::Role
              Properties:
                AssumeRolePolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    - Effect: Allow
                      Action: sts:AssumeRoleWithWebIdentity
                      Principal:
                        Federated: arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'one service account, one repository',
        files: terraform`
          resource "aws_iam_role" "llm_serving" {
            name = "llm-serving"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRoleWithWebIdentity"
                Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE" }
                Condition = {
                  StringEquals = {
                    "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub" = "system:serviceaccount:ai:llm"
                    "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud" = "sts.amazonaws.com"
                  }
                }
              }]
            })
          }

          resource "aws_iam_role" "publish_ml_models" {
            name = "publish-ml-models"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRoleWithWebIdentity"
                Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
                Condition = {
                  StringLike = { "token.actions.githubusercontent.com:sub" = "repo:acme/models:ref:refs/heads/*" }
                }
              }]
            })
          }
        `,
      },
      {
        name: 'a wide pattern beside an exact one: both have to hold',
        files: terraform`
          resource "aws_iam_role" "publish_ml_models" {
            name = "publish-ml-models"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRoleWithWebIdentity"
                Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
                Condition = {
                  StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:*" }
                  StringEquals = { "token.actions.githubusercontent.com:sub" = "repo:acme/models:environment:production" }
                }
              }]
            })
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the condition comes from the caller',
        files: terraform`
          variable "condition" {
            type = any
          }

          variable "subject" {
            type = string
          }

          resource "aws_iam_role" "publish_ml_models" {
            name = "publish-ml-models"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [
                {
                  Effect    = "Allow"
                  Action    = "sts:AssumeRoleWithWebIdentity"
                  Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
                  Condition = var.condition
                },
                {
                  Effect    = "Allow"
                  Action    = "sts:AssumeRoleWithWebIdentity"
                  Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
                  Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = var.subject } }
                },
              ]
            })
          }
        `,
      },
    ],
  },
});
