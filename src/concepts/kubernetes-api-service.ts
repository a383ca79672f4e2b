import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';

/** An extension of the cluster's API that another server answers for. */
export interface ApiService {
  readonly of: Resource;
  readonly skipsVerification: Located;
}

export const apiService: Concept<ApiService> = {
  name: 'aggregated Kubernetes API',
  sees: (type, dialect) => dialect !== 'terraform' || type.startsWith('kubernetes_'),
  *view(resource) {
    if (resource.type === 'APIService') yield { of: resource, skipsVerification: resource.attr('spec', 'insecureSkipTLSVerify') };
    if (/^kubernetes_api_service(_v1)?$/.test(resource.type))
      yield { of: resource, skipsVerification: resource.attr('spec', 'insecure_skip_tls_verify') };
  },
};
