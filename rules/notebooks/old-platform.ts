import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { notebook } from '../../src/concepts/notebook.ts';

export default defineRule({
  id: 'notebooks/old-platform',
  title: 'Notebook runs on a system without security fixes',
  severity: 'medium',
  requirements: ['R31', 'R26'],
  frameworks: { nist: ['SI-2', 'SA-22'], stride: ['elevation-of-privilege', 'tampering'] },
  why: `Amazon Linux 1 and 2 and the JupyterLab that goes with them get no fixes any more, and some known holes (CVE-2026-24747 in PyTorch) can't be closed there. A notebook runs code from strangers all day. SageMaker has stopped offering these platforms; Amazon Linux 2023 is the one that it keeps up to date.`,
  links: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-al2.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-al2023.html',
  ],
  looksAt: notebook,

  *check({ resource, platform }) {
    // What is not said is what SageMaker offers at the time.
    if (platform.is !== 'known' || !/^notebook-al[12]-v\d+$/.test(platform.value)) return;
    yield {
      at: platform.at,
      message: `Notebook ${code(resource.address)} runs on ${code(platform.value)}, which gets no security fixes any more. ${code('notebook-al2023-v1')} does; the instance is made anew for it, so save what lies on its disk first.`,
      fix: [platform.writes('notebook-al2023-v1')],
    };
  },

  examples: {
    bad: [
      {
        name: 'Amazon Linux 2',
        files: terraform`
          resource "aws_sagemaker_notebook_instance" "research" {
            name                   = "research"
            role_arn               = "arn:aws:iam::111122223333:role/notebook"
            instance_type          = "ml.t3.medium"
            subnet_id              = "subnet-0a1b2c3d"
            kms_key_id             = "alias/notebooks"
            root_access            = "Disabled"
            direct_internet_access = "Disabled"
            platform_identifier    = "notebook-al2-v2" # <- finds

            instance_metadata_service_configuration {
              minimum_instance_metadata_service_version = "2"
            }
          }
        `,
        suggests: '  platform_identifier    = "notebook-al2023-v1"',
      },
      {
        name: 'CloudFormation: Amazon Linux 1',
        files: cloudformation`
          Resources:
            Research:
              Type: AWS::SageMaker::NotebookInstance
              Properties:
                InstanceType: ml.t3.medium
                RoleArn: arn:aws:iam::111122223333:role/notebook
                SubnetId: subnet-0a1b2c3d
                KmsKeyId: alias/notebooks
                DirectInternetAccess: Disabled
                RootAccess: Disabled
                PlatformIdentifier: notebook-al1-v1 # <- finds
                InstanceMetadataServiceConfiguration:
                  MinimumInstanceMetadataServiceVersion: "2"
        `,
        suggests: '      PlatformIdentifier: notebook-al2023-v1',
      },
    ],
    good: [
      {
        name: 'Amazon Linux 2023',
        files: cloudformation`
          Resources:
            Research:
              Type: AWS::SageMaker::NotebookInstance
              Properties:
                InstanceType: ml.t3.medium
                RoleArn: arn:aws:iam::111122223333:role/notebook
                SubnetId: subnet-0a1b2c3d
                KmsKeyId: alias/notebooks
                DirectInternetAccess: Disabled
                RootAccess: Disabled
                PlatformIdentifier: notebook-al2023-v1
                InstanceMetadataServiceConfiguration:
                  MinimumInstanceMetadataServiceVersion: "2"
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter',
        files: cloudformation`
          Parameters:
            Platform:
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
                RootAccess: Disabled
                PlatformIdentifier: !Ref Platform
                InstanceMetadataServiceConfiguration:
                  MinimumInstanceMetadataServiceVersion: "2"
        `,
      },
    ],
  },
});
