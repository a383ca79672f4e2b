import { cloudformation, defineRule } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { modelPackage } from '../../src/concepts/model-package.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'models/approved-in-code',
  title: 'Model is approved before anybody has seen it',
  severity: 'low',
  requirements: ['R2', 'R7', 'R33'],
  frameworks: { nist: ['CM-3', 'SI-7'], stride: ['tampering', 'repudiation'], atlas: ['AML.T0018'], owasp: ['LLM03:2025', 'LLM04:2025'] },
  why: `The approval says that somebody has looked at a version's evaluation and lets it go to production; pipelines deploy on it. A template that makes versions already approved gives the approval to whatever it is fed with, and the record says that it was reviewed.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-approve.html'],
  looksAt: modelPackage,

  *check({ resource, approval }) {
    if (!holds(approval, 'Approved')) return;
    yield {
      at: approval.at,
      message: `Model version ${code(resource.address)} is created as ${code('Approved')}: pipelines deploy it before anybody has looked at it. Let the approval come after its evaluation.`,
      fix: [approval.writes('PendingManualApproval')],
    };
  },

  examples: {
    bad: [
      {
        name: 'approved from the start',
        files: cloudformation`
          Resources:
            Ranker:
              Type: AWS::SageMaker::ModelPackage
              Properties:
                ModelPackageGroupName: ranker
                ModelApprovalStatus: Approved # <- finds
        `,
        suggests: '      ModelApprovalStatus: PendingManualApproval',
      },
    ],
    good: [
      {
        name: 'waits, or was rejected',
        files: cloudformation`
          Resources:
            Ranker:
              Type: AWS::SageMaker::ModelPackage
              Properties:
                ModelPackageGroupName: ranker
                ModelApprovalStatus: PendingManualApproval
            Scorer:
              Type: AWS::SageMaker::ModelPackage
              Properties:
                ModelPackageGroupName: scorer
                ModelApprovalStatus: Rejected
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter',
        files: cloudformation`
          Parameters:
            Approval:
              Type: String
          Resources:
            Ranker:
              Type: AWS::SageMaker::ModelPackage
              Properties:
                ModelPackageGroupName: ranker
                ModelApprovalStatus: !Ref Approval
        `,
      },
    ],
  },
});
