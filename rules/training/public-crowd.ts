import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { humanTask } from '../../src/concepts/training-people.ts';

export default defineRule({
  id: 'training/public-crowd',
  title: 'Data is shown to the public',
  severity: 'high',
  requirements: ['R6', 'R28'],
  frameworks: { nist: ['AC-3', 'AC-22'], stride: ['information-disclosure', 'tampering'], atlas: ['AML.T0020'], owasp: ['ML02:2023'] },
  why: `The public crowd is Amazon Mechanical Turk: anybody with an account may take a task, see what is in it and answer. That is fine for pictures of cats. What customers wrote or uploaded leaves your hands with the first task, and the answers may be anybody's.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sms-workforce-management-public.html'],
  looksAt: humanTask,

  *check({ resource, team }) {
    if (team.is !== 'known' || !team.value.includes(':workteam/public-crowd/')) return;
    yield {
      at: team.at,
      message: `${code(resource.address)} sends what is to be reviewed to the public workforce (Mechanical Turk): strangers see the data and decide what is right. Use a private team, unless the data is public already.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'Mechanical Turk',
        files: terraform`
          resource "aws_sagemaker_flow_definition" "review" {
            flow_definition_name = "review"
            role_arn             = "arn:aws:iam::111122223333:role/review"

            human_loop_config {
              human_task_ui_arn = "arn:aws:sagemaker:eu-west-1:111122223333:human-task-ui/review"
              task_count        = 1
              task_description  = "Is this an invoice?"
              task_title        = "Invoices"
              workteam_arn      = "arn:aws:sagemaker:eu-west-1:394669845002:workteam/public-crowd/default" # <- finds
            }

            output_config {
              s3_output_path = "s3://acme-review"
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'a team of one’s own',
        files: terraform`
          resource "aws_sagemaker_flow_definition" "review" {
            flow_definition_name = "review"
            role_arn             = "arn:aws:iam::111122223333:role/review"

            human_loop_config {
              human_task_ui_arn = "arn:aws:sagemaker:eu-west-1:111122223333:human-task-ui/review"
              task_count        = 1
              task_description  = "Is this an invoice?"
              task_title        = "Invoices"
              workteam_arn      = "arn:aws:sagemaker:eu-west-1:111122223333:workteam/private-crowd/finance"
            }

            output_config {
              s3_output_path = "s3://acme-review"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller names the team',
        files: terraform`
          variable "team" {
            type = string
          }

          resource "aws_sagemaker_flow_definition" "review" {
            flow_definition_name = "review"
            role_arn             = "arn:aws:iam::111122223333:role/review"

            human_loop_config {
              human_task_ui_arn = "arn:aws:sagemaker:eu-west-1:111122223333:human-task-ui/review"
              task_count        = 1
              task_description  = "Is this an invoice?"
              task_title        = "Invoices"
              workteam_arn      = var.team
            }

            output_config {
              s3_output_path = "s3://acme-review"
            }
          }
        `,
      },
    ],
  },
});
