import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { frontDoor, isThrottled } from '../../src/concepts/endpoint-front-door.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'endpoints/open-front-door',
  title: 'Public API calls a model without authentication',
  severity: 'critical',
  requirements: ['R3', 'R37', 'R39', 'R41'],
  frameworks: { nist: ['AC-3', 'IA-2', 'SC-5'], stride: ['spoofing', 'denial-of-service', 'information-disclosure'] },
  why: `The model behind this API may be well protected: the API calls it with its own role, for anyone. Strangers can then use it at your expense, copy it by asking enough questions and try inputs until one works. Bots find such addresses within hours.`,
  links: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  ],
  looksAt: frontDoor,

  *check({ resource, noun, authorization, key, model }, world) {
    if (!holds(authorization, 'NONE') || model === undefined) return;
    // An API key is not a login, but with it use can be limited.
    const keyed = key.is === 'unknown' || key.value;
    const limit = keyed ? 'only an API key' : isThrottled(world) ? 'no authentication' : 'no authentication and no rate limit';
    yield {
      at: authorization.at,
      severity: keyed ? 'medium' : 'critical',
      message: `${noun} ${code(resource.address)} asks for ${limit} but leads to a model (${model.includes(' ') ? model : `through ${code(model)}`}). Anyone on the internet can run inference at your expense.`,
      // A function's URL knows no other way to tell callers apart; an API has several.
      fix: noun === 'Function URL' ? [authorization.writes('AWS_IAM')] : [],
    };
  },

  examples: {
    bad: [
      {
        name: 'a function URL in front of Bedrock',
        files: terraform`
          resource "aws_lambda_function_url" "chat" {
            function_name      = aws_lambda_function.chat.function_name
            authorization_type = "NONE" # <- finds
          }

          resource "aws_lambda_function" "chat" {
            function_name = "chat"
            role          = aws_iam_role.chat.arn
            handler       = "main.handler"
            runtime       = "python3.12"
          }

          resource "aws_iam_role" "chat" {
            name               = "chat"
            assume_role_policy = "{}"
          }

          resource "aws_iam_role_policy" "chat" {
            role = aws_iam_role.chat.id

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect   = "Allow"
                Action   = "bedrock:InvokeModel"
                Resource = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0"
              }]
            })
          }
        `,
        suggests: '  authorization_type = "AWS_IAM"',
      },
      {
        name: 'an API that calls a SageMaker endpoint',
        files: cloudformation`
          Resources:
            Api:
              Type: AWS::ApiGateway::RestApi
              Properties:
                Name: ranker
            Predict:
              Type: AWS::ApiGateway::Method
              Properties:
                AuthorizationType: NONE # <- finds
                HttpMethod: POST
                ResourceId: !GetAtt Api.RootResourceId
                RestApiId: !Ref Api
                Integration:
                  Type: AWS
                  IntegrationHttpMethod: POST
                  Uri: !Sub arn:aws:apigateway:\${AWS::Region}:runtime.sagemaker:path/endpoints/ranker/invocations
        `,
      },
    ],
    good: [
      {
        name: 'signed requests only',
        files: terraform`
          resource "aws_lambda_function_url" "chat" {
            function_name      = aws_lambda_function.chat.function_name
            authorization_type = "AWS_IAM"
          }

          resource "aws_lambda_function" "chat" {
            function_name = "chat"
            role          = aws_iam_role.chat.arn
            handler       = "main.handler"
            runtime       = "python3.12"
          }

          resource "aws_iam_role" "chat" {
            name               = "chat"
            assume_role_policy = "{}"
          }

          resource "aws_iam_role_policy" "chat" {
            role = aws_iam_role.chat.id

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect   = "Allow"
                Action   = "bedrock:InvokeModel"
                Resource = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0"
              }]
            })
          }
        `,
      },
      {
        name: 'nothing behind it is a model',
        files: terraform`
          resource "aws_lambda_function_url" "webhook" {
            function_name      = aws_lambda_function.webhook.function_name
            authorization_type = "NONE"
          }

          resource "aws_lambda_function" "webhook" {
            function_name = "webhook"
            role          = "arn:aws:iam::111122223333:role/webhook"
            handler       = "main.handler"
            runtime       = "python3.12"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "auth" {
            type = string
          }

          resource "aws_lambda_function_url" "chat" {
            function_name      = aws_lambda_function.chat.function_name
            authorization_type = var.auth
          }

          resource "aws_lambda_function" "chat" {
            function_name = "chat"
            role          = aws_iam_role.chat.arn
            handler       = "main.handler"
            runtime       = "python3.12"
          }

          resource "aws_iam_role" "chat" {
            name               = "chat"
            assume_role_policy = "{}"
          }

          resource "aws_iam_role_policy" "chat" {
            role = aws_iam_role.chat.id

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect   = "Allow"
                Action   = "bedrock:InvokeModel"
                Resource = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0"
              }]
            })
          }
        `,
      },
    ],
  },
});
