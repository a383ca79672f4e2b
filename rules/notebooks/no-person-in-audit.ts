import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { holds } from '../../src/concepts/setting.ts';
import { studioDomain } from '../../src/concepts/studio-settings.ts';

export default defineRule({
  id: 'notebooks/no-person-in-audit',
  title: 'Audit trail does not say who used Studio',
  severity: 'low',
  requirements: ['R22', 'R31'],
  frameworks: { nist: ['AU-3', 'AC-2', 'IA-2'], stride: ['repudiation'] },
  why: `Everyone in the domain works with the same execution role. Without the source identity CloudTrail only shows that role: after data has left, it can't be said whose notebook it was.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/monitor-user-access.html'],
  looksAt: studioDomain,

  *check({ resource, identity }) {
    if (!holds(identity, 'DISABLED')) return;
    yield {
      at: identity.at,
      message: `Studio domain ${code(resource.address)} leaves the person’s name out of the audit trail, so what a notebook did with the shared role can be laid to nobody. ${code('USER_PROFILE_NAME')} puts it in; the role’s trust policy then has to allow ${code('sts:SetSourceIdentity')}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'switched off',
        files: terraform`
          resource "aws_sagemaker_domain" "studio" {
            domain_name             = "studio"
            auth_mode               = "SSO"
            vpc_id                  = "vpc-0a1b2c3d"
            subnet_ids              = ["subnet-0a1b2c3d"]
            kms_key_id              = "alias/studio"
            app_network_access_type = "VpcOnly"

            default_user_settings {
              execution_role = "arn:aws:iam::111122223333:role/studio"
            }

            domain_settings {
              execution_role_identity_config = "DISABLED" # <- finds
            }
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Studio:
              Type: AWS::SageMaker::Domain
              Properties:
                DomainName: studio
                AuthMode: SSO
                KmsKeyId: alias/studio
                AppNetworkAccessType: VpcOnly
                DefaultUserSettings:
                  ExecutionRole: arn:aws:iam::111122223333:role/studio
                DomainSettings:
                  ExecutionRoleIdentityConfig: DISABLED # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'by name',
        files: cloudformation`
          Resources:
            Studio:
              Type: AWS::SageMaker::Domain
              Properties:
                DomainName: studio
                AuthMode: SSO
                KmsKeyId: alias/studio
                AppNetworkAccessType: VpcOnly
                DefaultUserSettings:
                  ExecutionRole: arn:aws:iam::111122223333:role/studio
                DomainSettings:
                  ExecutionRoleIdentityConfig: USER_PROFILE_NAME
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter',
        files: cloudformation`
          Parameters:
            Identity:
              Type: String
          Resources:
            Studio:
              Type: AWS::SageMaker::Domain
              Properties:
                DomainName: studio
                AuthMode: SSO
                KmsKeyId: alias/studio
                AppNetworkAccessType: VpcOnly
                DefaultUserSettings:
                  ExecutionRole: arn:aws:iam::111122223333:role/studio
                DomainSettings:
                  ExecutionRoleIdentityConfig: !Ref Identity
        `,
      },
    ],
  },
});
