import type { Located, Resource, View } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { number, setting, text, yesNo, type Setting } from './setting.ts';

/** How a SageMaker endpoint runs: which instances, what it keeps, who may look inside. */
export interface EndpointConfig {
  readonly resource: Resource;
  readonly key: Located;
  readonly capture: Setting<boolean>;
  /** Where it writes the answers of asynchronous calls, whose requests lie in a bucket before they are sent. */
  readonly answersIn: Located;
  readonly variants: readonly Variant[];
  /** The switch for a shell of each variant, of those that only shadow another too. */
  readonly shells: readonly Shell[];
}

export interface Shell {
  readonly variant: string;
  readonly open: Setting<boolean>;
}

export interface Variant {
  readonly view: View;
  readonly name: string;
  readonly instanceType: Setting<string>;
  readonly instances: Setting<number>;
  readonly serverless: Located;
  /** The lowest number of instances when SageMaker scales the variant by itself. */
  readonly scaledFrom: Setting<number>;
}

// Defaults: CreateEndpointConfig in the SageMaker API reference; capture and SSM access are off, one instance.
export const endpointConfig = byType<EndpointConfig>('endpoint configuration', {
  aws_sagemaker_endpoint_configuration: (resource) => [
    {
      resource,
      key: resource.attr('kms_key_arn'),
      capture: setting(resource.attr('data_capture_config', 'enable_capture'), yesNo, false),
      answersIn: resource.attr('async_inference_config', 'output_config', 's3_output_path'),
      shells: [...resource.items('production_variants'), ...resource.items('shadow_production_variants')].map((view) => ({
        variant: nameOf(view.attr('variant_name')),
        open: setting(view.attr('enable_ssm_access'), yesNo, false),
      })),
      variants: resource.items('production_variants').map((view) => ({
        view,
        name: nameOf(view.attr('variant_name')),
        instanceType: setting(view.attr('instance_type'), text),
        instances: setting(view.attr('initial_instance_count'), number, 1),
        serverless: view.attr('serverless_config'),
        scaledFrom: setting(view.attr('managed_instance_scaling', 'min_instance_count'), number),
      })),
    },
  ],
  'AWS::SageMaker::EndpointConfig': (resource) => [
    {
      resource,
      key: resource.attr('Properties', 'KmsKeyId'),
      capture: setting(resource.attr('Properties', 'DataCaptureConfig', 'EnableCapture'), yesNo, false),
      answersIn: resource.attr('Properties', 'AsyncInferenceConfig', 'OutputConfig', 'S3OutputPath'),
      shells: [...resource.items('Properties', 'ProductionVariants'), ...resource.items('Properties', 'ShadowProductionVariants')].map(
        (view) => ({ variant: nameOf(view.attr('VariantName')), open: setting(view.attr('EnableSSMAccess'), yesNo, false) }),
      ),
      variants: resource.items('Properties', 'ProductionVariants').map((view) => ({
        view,
        name: nameOf(view.attr('VariantName')),
        instanceType: setting(view.attr('InstanceType'), text),
        instances: setting(view.attr('InitialInstanceCount'), number, 1),
        serverless: view.attr('ServerlessConfig'),
        scaledFrom: setting(view.attr('ManagedInstanceScaling', 'MinInstanceCount'), number),
      })),
    },
  ],
});

const nameOf = (value: Located): string => (value.is === 'known' ? String(value.value) : 'default');

/**
 * Instance families whose disks are local NVMe: SageMaker encrypts those itself and refuses a KMS key for the endpoint
 * (KmsKeyId in the CreateEndpointConfig API reference).
 */
export const localStorage =
  /^ml\.(?:g4dn|g5|g6|g6e|gr6|p3dn|p4d|p4de|p5|p5e|p5en|c5d|m5d|r5d|c6gd|c6id|m6gd|m6id|r6gd|r6id|trn1|trn1n|inf2|trn2)\./;
