import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';

/** A Vertex AI endpoint; it is public unless it is peered with a network or served through Private Service Connect. */
export interface VertexEndpoint {
  readonly resource: Resource;
  readonly network: Located;
  readonly serviceConnect: Located;
}

export const vertexEndpoint = byType<VertexEndpoint>('Vertex AI endpoint', {
  google_vertex_ai_endpoint: (resource) => [
    {
      resource,
      network: resource.attr('network'),
      serviceConnect: resource.attr('private_service_connect_config', 'enable_private_service_connect'),
    },
  ],
});
