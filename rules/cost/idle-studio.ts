import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { holds } from '../../src/concepts/setting.ts';
import { idleApps } from '../../src/concepts/studio-settings.ts';

export default defineRule({
  id: 'cost/idle-studio',
  title: 'Studio apps run on when nobody uses them',
  severity: 'low',
  requirements: ['R31', 'R39'],
  frameworks: { nist: ['AC-12', 'SC-5'], stride: ['denial-of-service'], owasp: ['LLM10:2025'] },
  why: `An app in Studio is an instance that is paid for until it is stopped, and a session with a role that stays open. People close the browser and leave both behind. With idle shutdown SageMaker stops the app after a time that you set, and keeps what is on its disk.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-idle-shutdown.html'],
  looksAt: idleApps,

  *check({ resource, app, stopped }) {
    if (!holds(stopped, false)) return;
    yield {
      at: stopped.at,
      message: `${code(resource.address)} never stops ${app} apps that stand idle, so their instances are paid for and their sessions stay open until somebody remembers.`,
      fix: [stopped.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'a domain',
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

              jupyter_lab_app_settings {
                app_lifecycle_management {
                  idle_settings {
                    lifecycle_management    = "DISABLED" # <- finds
                    idle_timeout_in_minutes = 120
                  }
                }
              }
            }
          }
        `,
        suggests: '          lifecycle_management    = "ENABLED"',
      },
      {
        name: 'CloudFormation: a person',
        files: cloudformation`
          Resources:
            Ada:
              Type: AWS::SageMaker::UserProfile
              Properties:
                DomainId: d-abcdefgh
                UserProfileName: ada
                UserSettings:
                  CodeEditorAppSettings:
                    AppLifecycleManagement:
                      IdleSettings:
                        LifecycleManagement: DISABLED # <- finds
                        IdleTimeoutInMinutes: 120
        `,
        suggests: '              LifecycleManagement: ENABLED',
      },
    ],
    good: [
      {
        name: 'stopped after two hours; nothing said',
        files: cloudformation`
          Resources:
            Ada:
              Type: AWS::SageMaker::UserProfile
              Properties:
                DomainId: d-abcdefgh
                UserProfileName: ada
                UserSettings:
                  JupyterLabAppSettings:
                    AppLifecycleManagement:
                      IdleSettings:
                        LifecycleManagement: ENABLED
                        IdleTimeoutInMinutes: 120
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter',
        files: cloudformation`
          Parameters:
            Idle:
              Type: String
          Resources:
            Ada:
              Type: AWS::SageMaker::UserProfile
              Properties:
                DomainId: d-abcdefgh
                UserProfileName: ada
                UserSettings:
                  JupyterLabAppSettings:
                    AppLifecycleManagement:
                      IdleSettings:
                        LifecycleManagement: !Ref Idle
        `,
      },
    ],
  },
});
