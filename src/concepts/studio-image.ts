import type { Resource, View } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { number, setting, type Setting } from './setting.ts';

/** The user as whom an image of one's own runs in Studio. */
export interface StudioImage {
  readonly resource: Resource;
  readonly user: Setting<number>;
  readonly group: Setting<number>;
}

const image = (resource: Resource, files: readonly View[], uid: string, gid: string): readonly StudioImage[] =>
  files.map((view) => ({ resource, user: setting(view.attr(uid), number, 1000), group: setting(view.attr(gid), number, 100) }));

// Defaults: hashicorp/aws, sagemaker_app_image_config (default_uid 1000, default_gid 100).
export const studioImage = byType<StudioImage>('image for Studio', {
  aws_sagemaker_app_image_config: (r) =>
    ['kernel_gateway_image_config', 'jupyter_lab_image_config', 'code_editor_app_image_config'].flatMap((app) =>
      image(r, r.items(app, 'file_system_config'), 'default_uid', 'default_gid'),
    ),
  'AWS::SageMaker::AppImageConfig': (r) =>
    image(r, r.items('Properties', 'KernelGatewayImageConfig', 'FileSystemConfig'), 'DefaultUid', 'DefaultGid'),
});
