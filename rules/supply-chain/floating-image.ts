import { cloudformation, defineRule, terraform, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { belongsToAi } from '../../src/concepts/ai-surroundings.ts';
import { distinctImage, isRealName } from '../../src/concepts/image.ts';

const moving = /^(latest|nightly|main|master|dev|edge|stable|head)$|[-_.](latest|nightly)$|^(latest|nightly)[-_.]/i;

export default defineRule({
  id: 'supply-chain/floating-image',
  title: 'Image may change under its tag',
  severity: 'low',
  requirements: ['R2', 'R8', 'R36'],
  frameworks: { nist: ['CM-2', 'SI-7'], stride: ['tampering'], atlas: ['AML.T0010'] },
  why: `A tag such as \`latest\` means whatever was pushed last: two nodes can serve different software, a rollback changes nothing, and whoever can push to the repository runs code in your cluster at the next restart.`,
  links: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
  looksAt: distinctImage,

  *check(image, world) {
    if (image.name.digest !== undefined || !isRealName(image)) return;
    const { tag } = image.name;
    if (tag === undefined ? image.emptyMeansDefault : !moving.test(tag)) return;
    if (!belongsToAi(image.of, world)) return;
    const prod = image.of.environment.stage === 'prod';
    yield {
      at: image.at,
      severity: image.privileged || prod ? 'medium' : 'low',
      message: `${code(tag === undefined ? image.repository : `${image.repository}:${tag}`)} (${image.runs}) ${tag === undefined ? 'has no tag, which means `latest`' : 'is not one fixed image'}: what runs can change without a commit${image.privileged ? ', and this container is privileged' : ''}. Name a release, or better its digest.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'an agent',
        files: terraform`
          resource "aws_bedrockagentcore_agent_runtime" "support" {
            agent_runtime_name = "support"
            role_arn           = "arn:aws:iam::111122223333:role/agent"

            agent_runtime_artifact {
              container_configuration {
                container_uri = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/support:latest" # <- finds
              }
            }

            network_configuration {
              network_mode = "VPC"
            }
          }
        `,
      },
      {
        name: 'CloudFormation: an agent, a job, a component of an endpoint, a pipeline of models',
        files: cloudformation`
          Resources:
            Support:
              Type: AWS::BedrockAgentCore::Runtime
              Properties:
                AgentRuntimeName: support
                RoleArn: arn:aws:iam::111122223333:role/agent
                AgentRuntimeArtifact:
                  ContainerConfiguration:
                    ContainerUri: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/support:latest # <- finds
            Prepare:
              Type: AWS::SageMaker::ProcessingJob
              Properties:
                RoleArn: arn:aws:iam::111122223333:role/processing
                AppSpecification:
                  ImageUri: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/prepare # <- finds
            Ranker:
              Type: AWS::SageMaker::InferenceComponent
              Properties:
                EndpointName: ranker
                Specification:
                  Container:
                    Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:latest # <- finds
            Scorer:
              Type: AWS::SageMaker::Model
              Properties:
                ExecutionRoleArn: arn:aws:iam::111122223333:role/serving
                Containers:
                  - Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/scorer:latest # <- finds
        `,
      },
      {
        name: 'latest, and no tag at all',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: sdxl }
          spec:
            template:
              spec:
                containers:
                  - name: server
                    image: us-docker.pkg.dev/acme/models/sdxl:latest # <- finds
                  - name: metrics
                    image: acme/inference-metrics # <- finds
        `,
      },
      {
        name: 'chart values',
        files: values`
          image:
            repository: vllm/vllm-openai
            tag: latest # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a release and a digest',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: sdxl }
          spec:
            template:
              spec:
                containers:
                  - name: server
                    image: us-docker.pkg.dev/acme/models/sdxl:1.4.2
                  - name: metrics
                    image: acme/inference-metrics:latest@sha256:880e63f94b145e46f1b1082bb71b85e21f16b99b180b9996407d61240ceb9830
        `,
      },
      {
        name: 'a chart whose tag follows its appVersion',
        files: values`
          image:
            repository: ghcr.io/open-webui/open-webui
            tag: ""
        `,
      },
    ],
    unknown: [
      {
        name: 'names that a script and an overlay fill in',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: sdxl }
          spec:
            template:
              spec:
                containers:
                  - name: server
                    image: $SERVER_IMAGE
                  - name: loader
                    image: model-loader:latest
        `,
      },
    ],
  },
});
