import type { Located, Resource, View } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, text, yesNo, type Setting } from './setting.ts';

/** Requests, answers or memory of an endpoint that are written to a bucket. */
export interface EndpointData {
  readonly resource: Resource;
  readonly what: 'captured requests' | 'answers' | 'memory dumps';
  /** What switches it on. */
  readonly written: View;
  readonly key: Located;
}

export const endpointData = byType<EndpointData>('data that an endpoint writes', {
  aws_sagemaker_endpoint_configuration: (resource) => [
    ...surely(resource, 'data_capture_config')
      .filter((view) => isOn(setting(view.attr('enable_capture'), yesNo, false)))
      .map((written) => ({ resource, what: 'captured requests' as const, written, key: written.attr('kms_key_id') })),
    ...surely(resource, 'async_inference_config', 'output_config').map((written) => ({
      resource,
      what: 'answers' as const,
      written,
      key: written.attr('kms_key_id'),
    })),
    ...[...resource.items('production_variants'), ...resource.items('shadow_production_variants')]
      .flatMap((variant) => surely(variant, 'core_dump_config'))
      .map((written) => ({ resource, what: 'memory dumps' as const, written, key: written.attr('kms_key_id') })),
  ],
  'AWS::SageMaker::EndpointConfig': (resource) => [
    ...surely(resource, 'Properties', 'DataCaptureConfig')
      .filter((view) => isOn(setting(view.attr('EnableCapture'), yesNo, false)))
      .map((written) => ({ resource, what: 'captured requests' as const, written, key: written.attr('KmsKeyId') })),
    ...surely(resource, 'Properties', 'AsyncInferenceConfig', 'OutputConfig').map((written) => ({
      resource,
      what: 'answers' as const,
      written,
      key: written.attr('KmsKeyId'),
    })),
    ...[...resource.items('Properties', 'ProductionVariants'), ...resource.items('Properties', 'ShadowProductionVariants')]
      .flatMap((variant) => surely(variant, 'CoreDumpConfig'))
      .map((written) => ({ resource, what: 'memory dumps' as const, written, key: written.attr('KmsKeyId') })),
  ],
});

/** The blocks at a path, unless it is not known whether there are any. */
function surely(view: View, ...path: readonly string[]): readonly View[] {
  const value = view.attr(...path);
  return value.is === 'list' && value.open === true ? [] : view.items(...path);
}

const isOn = (setting: Setting<boolean>): boolean => setting.is === 'known' && setting.value;

/** How an endpoint moves from one configuration to the next. */
export interface Rollout {
  readonly resource: Resource;
  /** `CANARY`, `LINEAR`, `ALL_AT_ONCE`; `ROLLING` where instances are replaced in groups. */
  readonly manner: Setting<string>;
  readonly alarms: Located;
}

export const rollout = byType<Rollout>('rollout of an endpoint', {
  aws_sagemaker_endpoint: (r) => [
    ...r.items('deployment_config', 'blue_green_update_policy', 'traffic_routing_configuration').map((view) => ({
      resource: r,
      manner: setting(view.attr('type'), text),
      alarms: r.attr('deployment_config', 'auto_rollback_configuration', 'alarms'),
    })),
    ...r.items('deployment_config', 'rolling_update_policy').map((view) => ({
      resource: r,
      manner: rolling(view.attr('wait_interval_in_seconds')),
      alarms: r.attr('deployment_config', 'auto_rollback_configuration', 'alarms'),
    })),
  ],
  'AWS::SageMaker::Endpoint': (r) => [
    ...r.items('Properties', 'DeploymentConfig', 'BlueGreenUpdatePolicy', 'TrafficRoutingConfiguration').map((view) => ({
      resource: r,
      manner: setting(view.attr('Type'), text),
      alarms: r.attr('Properties', 'DeploymentConfig', 'AutoRollbackConfiguration', 'Alarms'),
    })),
    ...r.items('Properties', 'DeploymentConfig', 'RollingUpdatePolicy').map((view) => ({
      resource: r,
      manner: rolling(view.attr('WaitIntervalInSeconds')),
      alarms: r.attr('Properties', 'DeploymentConfig', 'AutoRollbackConfiguration', 'Alarms'),
    })),
  ],
});

/** A rolling update always waits between its groups: where that is written stands for the manner. */
const rolling = (wait: Located): Setting<string> => setting(wait, { read: () => 'ROLLING', write: (manner) => manner });
