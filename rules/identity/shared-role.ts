import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { identityNamed } from '../../src/concepts/identity-kubernetes.ts';
import { roleUse } from '../../src/concepts/identity-use.ts';

export default defineRule({
  id: 'identity/shared-role',
  title: 'What answers requests has the role that people work with',
  severity: 'medium',
  requirements: ['R9', 'R38'],
  frameworks: { nist: ['AC-5', 'AC-6'], stride: ['elevation-of-privilege', 'tampering'] },
  why: `People need wide rights to explore data and try things out; a model or an agent that answers requests needs few. When both have one role, the endpoint can do all that a data scientist can, and everybody who can open a notebook can act as the endpoint. Two roles cost nothing.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html'],
  looksAt: roleUse,

  *check({ resource, role, for: purpose, noun }, world) {
    const identity = purpose === 'people' ? undefined : identityNamed(role, world);
    if (!identity) return;
    const people = world.resources
      .flatMap((other) => [...roleUse.view(other, world)])
      .find((other) => other.for === 'people' && identityNamed(other.role, world) === identity);
    if (!people) return;
    yield {
      at: role,
      related: [people.resource.at],
      message: `${code(resource.address)} runs with ${code(identity.resource.address)}, the role of ${people.noun} ${code(people.resource.address)}: more privilege than ${noun} needs, and whoever uses the one can act as the other. Give it a role of its own.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'the model has the notebook’s role',
        files: terraform`
          resource "aws_iam_role" "ml" {
            name               = "ml"
            assume_role_policy = "{}"
          }

          resource "aws_sagemaker_notebook_instance" "research" {
            name                   = "research"
            role_arn               = aws_iam_role.ml.arn
            instance_type          = "ml.t3.medium"
            direct_internet_access = "Disabled"
            root_access            = "Disabled"
          }

          resource "aws_sagemaker_model" "ranker" {
            name               = "ranker"
            execution_role_arn = aws_iam_role.ml.arn # <- finds
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Role:
              Type: AWS::IAM::Role
              Properties:
                AssumeRolePolicyDocument: {}
            Research:
              Type: AWS::SageMaker::NotebookInstance
              Properties:
                InstanceType: ml.t3.medium
                RoleArn: !GetAtt Role.Arn
            Helper:
              Type: AWS::Bedrock::Agent
              Properties:
                AgentName: helper
                AgentResourceRoleArn: !GetAtt Role.Arn # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a role each',
        files: terraform`
          resource "aws_iam_role" "research" {
            name               = "research"
            assume_role_policy = "{}"
          }

          resource "aws_iam_role" "serving" {
            name               = "serving"
            assume_role_policy = "{}"
          }

          resource "aws_sagemaker_notebook_instance" "research" {
            name          = "research"
            role_arn      = aws_iam_role.research.arn
            instance_type = "ml.t3.medium"
          }

          resource "aws_sagemaker_model" "ranker" {
            name               = "ranker"
            execution_role_arn = aws_iam_role.serving.arn
          }

          resource "aws_sagemaker_model" "scorer" {
            name               = "scorer"
            execution_role_arn = aws_iam_role.serving.arn
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the roles come from the caller',
        files: terraform`
          variable "notebook_role" {
            type = string
          }

          variable "model_role" {
            type = string
          }

          resource "aws_sagemaker_notebook_instance" "research" {
            name          = "research"
            role_arn      = var.notebook_role
            instance_type = "ml.t3.medium"
          }

          resource "aws_sagemaker_model" "ranker" {
            name               = "ranker"
            execution_role_arn = var.model_role
          }
        `,
      },
    ],
  },
});
