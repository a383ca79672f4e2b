import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { startScript } from '../../src/concepts/notebook-start.ts';

export default defineRule({
  id: 'notebooks/piped-start-script',
  title: 'Notebook runs what it downloads when it starts',
  severity: 'medium',
  requirements: ['R31', 'R2'],
  frameworks: { nist: ['CM-11', 'SI-7'], stride: ['tampering', 'elevation-of-privilege'], atlas: ['AML.T0010'], owasp: ['LLM03:2025'] },
  why: `A download that goes straight into a shell is run as it comes: nobody has seen it, nothing checks that it is what it was yesterday. Whoever changes that file, or the address it comes from, runs commands on every notebook at its next start, as root where it is the instance's own script.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html'],
  looksAt: startScript,

  *check({ resource, at, text, root }) {
    const line = text.split('\n', 2000).find((each) => !each.trimStart().startsWith('#') && piped.test(each));
    if (line === undefined) return;
    yield {
      at,
      message: `The start script ${code(resource.address)} pipes a download into an interpreter${root ? ', as root' : ''}: whoever can change that download runs commands on every notebook. Download a fixed version, check its hash, then run it.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'into a shell',
        files: terraform`
          resource "aws_sagemaker_notebook_instance_lifecycle_configuration" "tools" {
            name = "tools"
            on_start = base64encode(<<-EOT # <- finds
              #!/bin/bash
              curl -fsSL https://tools.example.com/install.sh | sudo bash
            EOT
            )
          }
        `,
      },
      {
        name: 'CloudFormation: into Python, in Studio',
        files: cloudformation`
          Resources:
            Tools:
              Type: AWS::SageMaker::StudioLifecycleConfig
              Properties:
                StudioLifecycleConfigName: tools
                StudioLifecycleConfigAppType: JupyterLab
                StudioLifecycleConfigContent:
                  Fn::Base64: wget -qO- https://tools.example.com/setup.py | python3 - # <- finds
        `,
      },
      {
        name: 'CloudFormation: already encoded',
        files: cloudformation`
          Resources:
            Tools:
              Type: AWS::SageMaker::NotebookInstanceLifecycleConfig
              Properties:
                OnCreate:
                  - Content: Y3VybCAtZnNTTCBodHRwczovL3Rvb2xzLmV4YW1wbGUuY29tL2luc3RhbGwuc2ggfCBiYXNo # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'checked before it runs; in a comment; into another tool',
        files: terraform`
          resource "aws_sagemaker_notebook_instance_lifecycle_configuration" "tools" {
            name = "tools"
            on_start = base64encode(<<-EOT
              #!/bin/bash
              # not: curl https://tools.example.com/install.sh | bash
              curl -fsSL -o /tmp/install.sh https://tools.example.com/install-1.4.2.sh
              echo "0a1b2c3d  /tmp/install.sh" | sha256sum -c && bash /tmp/install.sh
              curl -s https://tools.example.com/list.json | jq .
            EOT
            )
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the script is not known',
        files: terraform`
          variable "script" {
            type = string
          }

          resource "aws_sagemaker_notebook_instance_lifecycle_configuration" "tools" {
            name     = "tools"
            on_start = base64encode(var.script)
          }
        `,
      },
    ],
  },
});

const piped = /\b(?:curl|wget)\b[^|]{0,500}\|\s{0,20}(?:sudo\s{1,20}(?:-\S{1,40}\s{1,20})?)?(?:ba|z|k|da)?(?:sh|python[\d.]{0,5})\b/;
