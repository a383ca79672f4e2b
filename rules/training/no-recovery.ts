import { cloudformation, defineRule } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { holds } from '../../src/concepts/setting.ts';
import { hyperPod } from '../../src/concepts/training-cluster.ts';

export default defineRule({
  id: 'training/no-recovery',
  title: 'A node that fails stops the training',
  severity: 'low',
  requirements: ['R6', 'R39'],
  frameworks: { nist: ['CP-10', 'SC-5'], stride: ['denial-of-service'] },
  why: `On a large cluster some GPU fails every few days. Without node recovery the run stands still, with all other nodes paid for, until somebody notices and replaces the node by hand.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-resiliency-slurm-auto-resume.html'],
  looksAt: hyperPod,

  *check({ resource, recovery }) {
    if (!holds(recovery, 'None')) return;
    yield {
      at: recovery.at,
      message: `HyperPod cluster ${code(resource.address)} replaces no node that fails: one broken GPU stops the run while all others are paid for.`,
      fix: [recovery.writes('Automatic')],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched off',
        files: cloudformation`
          Resources:
            Pod:
              Type: AWS::SageMaker::Cluster
              Properties:
                ClusterName: pod
                NodeRecovery: None # <- finds
                VpcConfig:
                  SecurityGroupIds: [sg-0a1b2c3d]
                  Subnets: [subnet-0a1b2c3d]
        `,
        suggests: '      NodeRecovery: Automatic',
      },
    ],
    good: [
      {
        name: 'on, and not said',
        files: cloudformation`
          Resources:
            Pod:
              Type: AWS::SageMaker::Cluster
              Properties:
                ClusterName: pod
                NodeRecovery: Automatic
                VpcConfig:
                  SecurityGroupIds: [sg-0a1b2c3d]
                  Subnets: [subnet-0a1b2c3d]
            Small:
              Type: AWS::SageMaker::Cluster
              Properties:
                ClusterName: small
                VpcConfig:
                  SecurityGroupIds: [sg-0a1b2c3d]
                  Subnets: [subnet-0a1b2c3d]
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter',
        files: cloudformation`
          Parameters:
            Recovery:
              Type: String
          Resources:
            Pod:
              Type: AWS::SageMaker::Cluster
              Properties:
                ClusterName: pod
                NodeRecovery: !Ref Recovery
                VpcConfig:
                  SecurityGroupIds: [sg-0a1b2c3d]
                  Subnets: [subnet-0a1b2c3d]
        `,
      },
    ],
  },
});
