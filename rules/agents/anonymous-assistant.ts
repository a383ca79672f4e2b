import { cloudformation, defineRule } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { assistant } from '../../src/concepts/agent-parts.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/anonymous-assistant',
  title: 'Assistant answers people it does not know',
  severity: 'high',
  requirements: ['R3', 'R4', 'R37'],
  frameworks: { nist: ['AC-3', 'AC-14', 'IA-2'], stride: ['spoofing', 'information-disclosure'], owasp: ['LLM02:2025', 'LLM08:2025'] },
  why: `An Amazon Q application answers from your documents and leaves out what the person who asks may not read. Anonymous users have no identity, so there is nothing to check the documents' permissions against: everyone gets an answer from everything that was indexed.`,
  links: ['https://docs.aws.amazon.com/amazonq/latest/qbusiness-ug/create-anonymous-application.html'],
  looksAt: assistant,

  *check({ resource, users }) {
    if (!holds(users, 'ANONYMOUS')) return;
    yield {
      at: users.at,
      message: `Amazon Q application ${code(resource.address)} knows none of its users, so it answers everyone from all that is indexed, whoever may read it. Only index what is public, or let people sign in.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'anonymous',
        files: cloudformation`
          Resources:
            Help:
              Type: AWS::QBusiness::Application
              Properties:
                DisplayName: help
                IdentityType: ANONYMOUS # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'Identity Center',
        files: cloudformation`
          Resources:
            Help:
              Type: AWS::QBusiness::Application
              Properties:
                DisplayName: help
                IdentityType: AWS_IAM_IDC
                IdentityCenterInstanceArn: arn:aws:sso:::instance/ssoins-1234567890abcdef
                EncryptionConfiguration:
                  KmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter',
        files: cloudformation`
          Parameters:
            Users:
              Type: String
          Resources:
            Help:
              Type: AWS::QBusiness::Application
              Properties:
                DisplayName: help
                IdentityType: !Ref Users
                EncryptionConfiguration:
                  KmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d
        `,
      },
    ],
  },
});
