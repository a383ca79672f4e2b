import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { notebook } from '../../src/concepts/notebook.ts';

export default defineRule({
  id: 'notebooks/root-access',
  title: 'Notebook users are root on their instance',
  severity: 'medium',
  requirements: ['R31', 'R9'],
  frameworks: { nist: ['AC-6', 'CM-11'], stride: ['elevation-of-privilege'] },
  why: `Root access is on unless it is switched off. A root user can change the instance's security agents and lifecycle scripts and read everything on its disk, and so can any package or notebook cell that the user runs. Lifecycle configurations still run as root when it is off, so set-up scripts keep working.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-root-access.html'],
  looksAt: notebook,

  *check({ resource, root }) {
    if (root.is !== 'known' || !root.value) return;
    const cause = root.written ? '' : ' (the default: nothing switches it off)';
    yield {
      at: root.at,
      message: `Notebook ${code(resource.address)} gives its users root${cause}. Any cell or package that they run can then change the machine itself.`,
      fix: [root.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched on',
        files: terraform`
          resource "aws_sagemaker_notebook_instance" "research" {
            name          = "research"
            role_arn      = aws_iam_role.notebook.arn
            instance_type = "ml.t3.medium"
            root_access   = "Enabled" # <- finds

            instance_metadata_service_configuration {
              minimum_instance_metadata_service_version = "2"
            }
          }
        `,
        suggests: '  root_access   = "Disabled"',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Research:
              Type: AWS::SageMaker::NotebookInstance
              Properties:
                InstanceType: ml.t3.medium
                RoleArn: arn:aws:iam::111122223333:role/notebook
                RootAccess: Enabled # <- finds
                InstanceMetadataServiceConfiguration:
                  MinimumInstanceMetadataServiceVersion: "2"
        `,
        suggests: '      RootAccess: Disabled',
      },
    ],
    good: [
      {
        name: 'switched off',
        files: cloudformation`
          Resources:
            Research:
              Type: AWS::SageMaker::NotebookInstance
              Properties:
                InstanceType: ml.t3.medium
                RoleArn: arn:aws:iam::111122223333:role/notebook
                SubnetId: subnet-0a1b2c3d
                SecurityGroupIds: [sg-0a1b2c3d]
                KmsKeyId: alias/notebooks
                DirectInternetAccess: Disabled
                RootAccess: Disabled
                InstanceMetadataServiceConfiguration:
                  MinimumInstanceMetadataServiceVersion: "2"
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter without a default',
        files: cloudformation`
          Parameters:
            Root:
              Type: String
          Resources:
            Research:
              Type: AWS::SageMaker::NotebookInstance
              Properties:
                InstanceType: ml.t3.medium
                RoleArn: arn:aws:iam::111122223333:role/notebook
                SubnetId: subnet-0a1b2c3d
                KmsKeyId: alias/notebooks
                DirectInternetAccess: Disabled
                RootAccess: !Ref Root
                InstanceMetadataServiceConfiguration:
                  MinimumInstanceMetadataServiceVersion: "2"
        `,
      },
    ],
  },
});
