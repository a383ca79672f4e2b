import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { managedTracker } from '../../src/concepts/tracker.ts';

export default defineRule({
  id: 'tracking/automatic-registration',
  title: 'Every logged model becomes a registered one',
  severity: 'low',
  requirements: ['R5', 'R2'],
  frameworks: { nist: ['CM-3', 'SI-7'], stride: ['tampering'], atlas: ['AML.T0010'], owasp: ['LLM03:2025', 'LLM04:2025'] },
  why: `The model registry is where others take models from, and what is in it counts as approved. With automatic registration whoever may log a run also puts a model there, with nobody in between.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow-track-experiments-model-registration.html'],
  looksAt: managedTracker,

  *check({ resource, registersModels }) {
    if (registersModels.is !== 'known' || !registersModels.value) return;
    yield {
      at: registersModels.at,
      message: `The tracking server ${code(resource.address)} registers every model that a run logs, so whoever may log a run fills the registry that deployments take models from. Register models in the pipeline that tests them.`,
      fix: [registersModels.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched on',
        files: terraform`
          resource "aws_sagemaker_mlflow_tracking_server" "team" {
            tracking_server_name         = "team"
            role_arn                     = "arn:aws:iam::111122223333:role/mlflow"
            artifact_store_uri           = "s3://acme-mlflow/artifacts"
            automatic_model_registration = true # <- finds
          }
        `,
        suggests: '  automatic_model_registration = false',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Tracker:
              Type: AWS::SageMaker::MlflowTrackingServer
              Properties:
                TrackingServerName: team
                RoleArn: arn:aws:iam::111122223333:role/mlflow
                ArtifactStoreUri: s3://acme-mlflow/artifacts
                AutomaticModelRegistration: true # <- finds
        `,
        suggests: '      AutomaticModelRegistration: false',
      },
      {
        name: 'CloudFormation: an MLflow app',
        files: cloudformation`
          Resources:
            Tracker:
              Type: AWS::SageMaker::MlflowApp
              Properties:
                Name: team
                RoleArn: arn:aws:iam::111122223333:role/mlflow
                ArtifactStoreUri: s3://acme-mlflow/artifacts
                ModelRegistrationMode: AutoModelRegistrationEnabled # <- finds
        `,
        suggests: '      ModelRegistrationMode: AutoModelRegistrationDisabled',
      },
    ],
    good: [
      {
        name: 'off, as it is by default',
        files: terraform`
          resource "aws_sagemaker_mlflow_tracking_server" "team" {
            tracking_server_name = "team"
            role_arn             = "arn:aws:iam::111122223333:role/mlflow"
            artifact_store_uri   = "s3://acme-mlflow/artifacts"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "register" {
            type = bool
          }

          resource "aws_sagemaker_mlflow_tracking_server" "team" {
            tracking_server_name         = "team"
            role_arn                     = "arn:aws:iam::111122223333:role/mlflow"
            artifact_store_uri           = "s3://acme-mlflow/artifacts"
            automatic_model_registration = var.register
          }
        `,
      },
    ],
  },
});
