import type { Located, Resource, View } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { byType } from './by-type.ts';
import { endpointConfig } from './endpoint.ts';
import { setting, yesNo, type Setting } from './setting.ts';

/** A model as SageMaker serves it: containers, a role, a network. */
export interface ServedModel {
  readonly resource: Resource;
  readonly networkIsolation: Setting<boolean>;
  /** The VPC configuration as a whole; absent means the containers run in a network of the cloud. */
  readonly vpc: Located;
  readonly role: Located;
  /** Whether only serverless endpoints serve it, or may do: those have neither a VPC configuration nor network isolation. */
  readonly serverless: boolean;
  readonly containers: readonly ModelContainer[];
}

export interface ModelContainer {
  readonly view: View;
  readonly image: Located;
  readonly environment: Located;
  /** Where the artifact lies: the places that may hold a URI. */
  readonly artifacts: readonly Located[];
}

// Default: CreateModel in the SageMaker API reference; isolation is off when nothing is said.
export const servedModel = byType<ServedModel>('served model', {
  aws_sagemaker_model: (resource, world) => [
    {
      resource,
      networkIsolation: setting(resource.attr('enable_network_isolation'), yesNo, false),
      vpc: resource.attr('vpc_config'),
      role: resource.attr('execution_role_arn'),
      serverless: isServerless(resource, world),
      containers: [...resource.items('primary_container'), ...resource.items('container')].map((view) => ({
        view,
        image: view.attr('image'),
        environment: view.attr('environment'),
        artifacts: [view.attr('model_data_url'), view.attr('model_data_source', 's3_data_source', 's3_uri')],
      })),
    },
  ],
  'AWS::SageMaker::Model': (resource, world) => [
    {
      resource,
      networkIsolation: setting(resource.attr('Properties', 'EnableNetworkIsolation'), yesNo, false),
      vpc: resource.attr('Properties', 'VpcConfig'),
      role: resource.attr('Properties', 'ExecutionRoleArn'),
      serverless: isServerless(resource, world),
      containers: [...resource.items('Properties', 'PrimaryContainer'), ...resource.items('Properties', 'Containers')].map((view) => ({
        view,
        image: view.attr('Image'),
        environment: view.attr('Environment'),
        artifacts: [view.attr('ModelDataUrl'), view.attr('ModelDataSource', 'S3DataSource', 'S3Uri')],
      })),
    },
  ],
});

/**
 * True when the endpoint configurations that name the model have no variant that surely runs on instances. Source: "Feature exclusions" in
 * https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html
 */
function isServerless(model: Resource, world: World): boolean {
  const variants = world.graph
    .dependents(model)
    .flatMap((user) => [...endpointConfig.view(user, world)])
    .flatMap((config) => config.variants);
  return variants.length > 0 && variants.every(({ serverless }) => serverless.is !== 'absent');
}
