import { cloudformation, defineRule } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { holds } from '../../src/concepts/setting.ts';
import { studioSpace } from '../../src/concepts/studio-settings.ts';

export default defineRule({
  id: 'notebooks/remote-access',
  title: 'Studio space can be entered from outside',
  severity: 'low',
  requirements: ['R31'],
  frameworks: { nist: ['AC-17', 'SC-7'], stride: ['information-disclosure', 'spoofing'] },
  why: `Remote access connects an editor on a laptop with the space through a session of Systems Manager. Files and ports then go back and forth past everything that watches the browser's way into Studio, and a laptop that is taken over reaches the data and the role of the space.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/remote-access.html'],
  looksAt: studioSpace,

  *check({ resource, remote }) {
    if (!holds(remote, true)) return;
    yield {
      at: remote.at,
      message: `Space ${code(resource.address)} may be entered from an editor outside of Studio: whoever may start a session there takes data out past the browser’s way in.`,
      fix: [remote.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched on',
        files: cloudformation`
          Resources:
            Research:
              Type: AWS::SageMaker::Space
              Properties:
                DomainId: d-abcdefgh
                SpaceName: research
                SpaceSettings:
                  AppType: JupyterLab
                  RemoteAccess: ENABLED # <- finds
        `,
        suggests: '        RemoteAccess: DISABLED',
      },
    ],
    good: [
      {
        name: 'off, and not said',
        files: cloudformation`
          Resources:
            Research:
              Type: AWS::SageMaker::Space
              Properties:
                DomainId: d-abcdefgh
                SpaceName: research
                SpaceSettings:
                  AppType: JupyterLab
                  RemoteAccess: DISABLED
            Other:
              Type: AWS::SageMaker::Space
              Properties:
                DomainId: d-abcdefgh
                SpaceName: other
        `,
      },
    ],
    unknown: [
      {
        name: 'a parameter',
        files: cloudformation`
          Parameters:
            Remote:
              Type: String
          Resources:
            Research:
              Type: AWS::SageMaker::Space
              Properties:
                DomainId: d-abcdefgh
                SpaceName: research
                SpaceSettings:
                  AppType: JupyterLab
                  RemoteAccess: !Ref Remote
        `,
      },
    ],
  },
});
