import { isClusterName } from '../facts/public-names.ts';
import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { textOf } from './setting.ts';

/** How KServe reaches an S3 store with the credentials of a Secret. */
export interface ModelStoreLogin {
  readonly of: Resource;
  /** Absent where KServe's own configuration says it. */
  readonly endpoint: Located;
  readonly encrypted: Located;
  readonly checked: Located;
}

const group = 'serving.kserve.io';

// Annotations on the Secret; both switches are on when nothing is said. Source: KServe, pkg/credentials/s3/s3_secret.go.
export const modelStoreLogin = byType<ModelStoreLogin>('credentials of KServe for a model store', {
  Secret: (resource) => logins(resource),
  ServiceAccount: (resource) => logins(resource),
});

function logins(of: Resource): readonly ModelStoreLogin[] {
  const at = (key: string): Located => of.attr('metadata', 'annotations', `${group}/${key}`);
  const [encrypted, checked] = [at('s3-usehttps'), at('s3-verifyssl')];
  return encrypted.is === 'absent' && checked.is === 'absent' ? [] : [{ of, endpoint: at('s3-endpoint'), encrypted, checked }];
}

/** Whether an endpoint is a service of the cluster. */
export function isOfCluster(endpoint: Located): boolean {
  const host = textOf(endpoint)
    ?.replace(/^https?:\/\//, '')
    .replace(/[:/].*$/s, '');
  return host !== undefined && isClusterName(host);
}
