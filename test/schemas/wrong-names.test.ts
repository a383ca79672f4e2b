import { describe, expect, test } from 'vitest';
import { cloudformation, terraform, yaml } from '../../src/engine/define-rule.ts';
import { noQuestions, recording } from './asked.ts';
import { follow, missing, schemaOf, type Fields } from './schema.ts';
import { worldOf } from './synthetic.ts';
import { namesIn, snapshotOf } from './wrong-names.ts';

const wrong = (files: Readonly<Record<string, string>>): readonly string[] => namesIn(snapshotOf(files)).wrong;
const fieldsOf = (type: string): Fields => schemaOf(type) ?? { names: [], get: () => undefined };

describe('a name that no provider has is found', () => {
  test.each([
    ['an argument', 'network_isolation = true', 'aws_sagemaker_model.network_isolation: no such argument'],
    ['an argument of a block', 'vpc_config {\n subnet_ids = []\n}', 'aws_sagemaker_model.vpc_config.subnet_ids: no such argument'],
    ['a block', 'vpc {\n}', 'aws_sagemaker_model.vpc: no such block'],
    ['a block as an argument', 'vpc_config = {}', 'aws_sagemaker_model.vpc_config: a block, written as an argument'],
    ['an argument as a block', 'execution_role_arn {\n}', 'aws_sagemaker_model.execution_role_arn: an argument, written as a block'],
    ['what only the provider sets', 'arn = "x"', 'aws_sagemaker_model.arn: only the provider sets it'],
    [
      'inside a dynamic block',
      'dynamic "container" {\n for_each = []\n content {\n  imaeg = "x"\n }\n}',
      'aws_sagemaker_model.container.imaeg: no such argument',
    ],
  ])('Terraform: %s', (_, text, found) => {
    expect(wrong({ 'main.tf': `resource "aws_sagemaker_model" "m" {\n${text}\n}\n` })).toEqual([found]);
  });

  test('Terraform: what is right, with Terraform’s own arguments', () => {
    const files = terraform`
      resource "aws_sagemaker_model" "m" {
        count                    = 2
        enable_network_isolation = true
        tags                     = { anything = "goes" }
        primary_container {
          environment = { ANY = "key" }
        }
        lifecycle {
          create_before_destroy = true
        }
      }
      resource "azapi_resource" "e" {
        body = {}
      }
    `;
    expect(wrong(files)).toEqual([]);
  });

  test('Terraform: structures written as values, types, blocks', () => {
    const files = terraform`
      resource "aws_security_group" "g" {
        ingress = [{ from_prot = 1 }]
      }
      resource "aws_sagemaker_modle" "m" {}
      resorce "aws_sagemaker_model" "m" {}
    `;
    expect(wrong(files)).toEqual([
      'aws_security_group.ingress.from_prot: no such attribute',
      'aws_sagemaker_modle: no provider has such a type',
      'resorce: Terraform has no such block',
    ]);
  });

  test('CloudFormation', () => {
    const files = cloudformation`
      AWSTemplateFormatVersion: '2010-09-09'
      Resources:
        Model:
          Type: AWS::SageMaker::Model
          DeletionPolicy: Retain
          Deletion: Retain
          Properties:
            EnableNetworkIsolaton: true
            VpcConfig: { SubnetIds: [a] }
        Bucket:
          Type: AWS::S3::Bukcet
    `;
    expect(wrong(files)).toEqual([
      'AWS::SageMaker::Model: Deletion is no attribute of a resource',
      'AWS::SageMaker::Model.EnableNetworkIsolaton: no such field',
      'AWS::SageMaker::Model.VpcConfig.SubnetIds: no such field',
      'AWS::S3::Bukcet: no such type',
    ]);
  });

  test('Kubernetes and custom kinds', () => {
    const files = yaml`
      apiVersion: v1
      kind: Pod
      metadata: { name: a, annotations: { any: key } }
      spec:
        hostNetowrk: true
        containers: [{ name: a, securityContext: { privilege: true } }]
      ---
      apiVersion: serving.kserve.io/v1beta1
      kind: InferenceService
      metadata: { name: b }
      spec: { predictor: { model: { storageURI: s3://b } } }
      ---
      apiVersion: ray.io/v2
      kind: RayCluster
      metadata: { name: c }
    `;
    expect(wrong(files)).toEqual([
      'v1/Pod.spec.hostNetowrk: no such field',
      'v1/Pod.spec.containers.securityContext.privilege: no such field',
      'serving.kserve.io/v1beta1/InferenceService.spec.predictor.model.storageURI: no such field',
      'ray.io/v2/RayCluster: no such type',
    ]);
  });
});

describe('a path through a type', () => {
  test.each([
    ['aws_sagemaker_endpoint_configuration', 'production_variants.instance_type', undefined],
    ['aws_sagemaker_endpoint_configuration', 'production_variants.instance_types', 'production_variants.instance_types'],
    ['aws_sagemaker_model', 'tags.anything.below', undefined],
    ['aws_sagemaker_model', 'execution_role_arn.below', 'execution_role_arn.below'],
    ['AWS::IAM::Role', 'AssumeRolePolicyDocument.Statement.Effect', undefined],
    ['kubeflow.org/v1/PyTorchJob', 'spec.pytorchReplicaSpecs.Worker.template.spec.hostIPC', undefined],
    ['kubeflow.org/v1/PyTorchJob', 'spec.pytorchReplicaSpecs.Worker.templat', 'spec.pytorchReplicaSpecs.Worker.templat'],
  ])('%s %s', (type, path, lacks) => expect(missing(fieldsOf(type), path.split('.'))).toBe(lacks));

  test('ends at a field with its need, its form and the default that the schema states', () => {
    expect(follow(fieldsOf('AWS::EKS::Cluster'), ['ResourcesVpcConfig', 'SubnetIds'])).toEqual({ need: 'r', form: 'string[]' });
    expect(follow(fieldsOf('AWS::SageMaker::NotebookInstance'), ['RoleArn'])).toEqual({ need: 'r', form: 'string' });
    expect(follow(fieldsOf('v1/Pod'), ['spec', 'containers', 0, 'image'])).toEqual({ need: 'o', form: 'string' });
  });
});

describe('a question that nothing can answer is found', () => {
  test.each([
    ['enable_network_isolation', true],
    ['network_isolation', false],
  ])('%s', (name, answered) => {
    const questions = noQuestions();
    const world = worldOf('aws_sagemaker_model', fieldsOf('aws_sagemaker_model'), 'on');
    recording(world, questions, () => {
      for (const resource of world.resources) resource.attr(name);
    });
    expect([...questions.byPlace.values()].map((question) => question.answered)).toEqual([answered]);
    expect(world.resources[0]?.attr('enable_network_isolation')).toMatchObject({ is: 'known', value: true });
  });
});
