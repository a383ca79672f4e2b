import { cloudformation, defineRule } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { modelPackage } from '../../src/concepts/model-package.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'models/validation-skipped',
  title: 'Model enters the registry unchecked',
  severity: 'medium',
  requirements: ['R2', 'R33'],
  frameworks: { nist: ['SI-7', 'CM-3'], stride: ['tampering'], atlas: ['AML.T0010', 'AML.T0018'], owasp: ['LLM03:2025'] },
  why: `SageMaker tries a new version of a model before others may deploy it: whether it loads, and whether its containers and packages are known to be dangerous. With the checks left out a broken or tampered version stands in the registry like any other.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelPackage.html'],
  looksAt: modelPackage,

  *check({ resource, skipped }) {
    if (!holds(skipped, 'All')) return;
    yield {
      at: skipped.at,
      message: `Model version ${code(resource.address)} enters the registry without SageMaker’s checks (${code('SkipModelValidation: All')}), so a version that is broken or tampered with can be deployed from there.`,
      fix: [skipped.writes('None')],
    };
  },

  examples: {
    bad: [
      {
        name: 'all checks skipped',
        files: cloudformation`
          Resources:
            Ranker:
              Type: AWS::SageMaker::ModelPackage
              Properties:
                ModelPackageGroupName: ranker
                SkipModelValidation: All # <- finds
        `,
        suggests: '      SkipModelValidation: None',
      },
    ],
    good: [
      {
        name: 'checked, and not said',
        files: cloudformation`
          Resources:
            Ranker:
              Type: AWS::SageMaker::ModelPackage
              Properties:
                ModelPackageGroupName: ranker
                SkipModelValidation: None
            Scorer:
              Type: AWS::SageMaker::ModelPackage
              Properties:
                ModelPackageGroupName: scorer
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter',
        files: cloudformation`
          Parameters:
            Skip:
              Type: String
          Resources:
            Ranker:
              Type: AWS::SageMaker::ModelPackage
              Properties:
                ModelPackageGroupName: ranker
                SkipModelValidation: !Ref Skip
        `,
      },
    ],
  },
});
