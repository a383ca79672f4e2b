import type { Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, text, type Setting } from './setting.ts';

/** A version of a model in SageMaker's registry. Terraform's provider has no resource for it. */
export interface ModelPackage {
  readonly resource: Resource;
  /** `Approved`, `Rejected`, `PendingManualApproval`. */
  readonly approval: Setting<string>;
  /** `All` when the checks of a new version are left out, `None` when they are made. */
  readonly skipped: Setting<string>;
}

// Defaults: SageMaker API reference, CreateModelPackage (ModelApprovalStatus PendingManualApproval, SkipModelValidation None).
export const modelPackage = byType<ModelPackage>('version of a model', {
  'AWS::SageMaker::ModelPackage': (r) => [
    {
      resource: r,
      approval: setting(r.attr('Properties', 'ModelApprovalStatus'), text, 'PendingManualApproval'),
      skipped: setting(r.attr('Properties', 'SkipModelValidation'), text, 'None'),
    },
  ],
});
