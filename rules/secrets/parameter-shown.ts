import { cloudformation, defineRule } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { secretParameter } from '../../src/concepts/secret-variable.ts';

export default defineRule({
  id: 'secrets/parameter-shown',
  title: 'Secret parameter can be read back',
  severity: 'medium',
  requirements: ['R10', 'R18'],
  frameworks: { nist: ['IA-5'], stride: ['information-disclosure'] },
  why: `CloudFormation keeps the parameters of a stack and gives them to everyone who may describe it: in the console, in build logs and to every tool with read access. \`NoEcho\` masks a parameter there.`,
  links: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html'],
  looksAt: secretParameter,

  *check({ of, sensitive }) {
    if (sensitive.is === 'known' ? !/^false$/i.test(String(sensitive.value)) : sensitive.is !== 'absent') return;
    yield {
      at: sensitive,
      message: `Parameter ${code(of.name)} carries a secret without ${code('NoEcho')}, so everyone who may describe the stack can read it. Mask it; better still, pass the ARN of a secret and let the resource resolve it.`,
      fix: [{ do: 'set', at: sensitive, to: true }],
    };
  },

  examples: {
    bad: [
      {
        name: 'a token for the model hub',
        files: cloudformation`
          Parameters:
            HuggingFaceToken: # <- finds
              Type: String
          Resources:
            Model:
              Type: AWS::SageMaker::Model
              Properties:
                ExecutionRoleArn: arn:aws:iam::111122223333:role/serve
                EnableNetworkIsolation: true
                VpcConfig: { Subnets: [subnet-1], SecurityGroupIds: [sg-1] }
                PrimaryContainer:
                  Image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/llm:1.0.0
        `,
        suggests: '    Type: String\n    NoEcho: true',
      },
      {
        name: 'masking switched off',
        files: cloudformation`
          Parameters:
            NgcApiKey:
              Type: String
              NoEcho: false # <- finds
          Resources:
            Notebooks:
              Type: AWS::SageMaker::CodeRepository
              Properties:
                GitConfig: { RepositoryUrl: https://github.com/acme/notebooks.git }
        `,
        suggests: '    NoEcho: true',
      },
    ],
    good: [
      {
        name: 'masked, and parameters that only name or count something',
        files: cloudformation`
          Parameters:
            HuggingFaceToken:
              Type: String
              NoEcho: true
            OpenAiApiKey:
              Type: String
              NoEcho: "true"
            TokenSecretName:
              Type: String
            EncryptionKey:
              Type: String
            MaxTokens:
              Type: Number
            DatabasePassword:
              Type: AWS::SSM::Parameter::Value<String>
            SecretsManagerGitToken:
              Type: String
            GitToken:
              Type: String
              Description: Name of the secret that has the token.
          Resources:
            Notebooks:
              Type: AWS::SageMaker::CodeRepository
              Properties:
                GitConfig: { RepositoryUrl: https://github.com/acme/notebooks.git }
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter that may hold anything',
        files: cloudformation`
          Parameters:
            ModelSettings:
              Type: String
          Resources:
            Notebooks:
              Type: AWS::SageMaker::CodeRepository
              Properties:
                GitConfig: { RepositoryUrl: https://github.com/acme/notebooks.git }
        `,
      },
    ],
  },
});
