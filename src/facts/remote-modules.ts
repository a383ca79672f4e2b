/**
 * Modules from elsewhere that many people take, by what they make. Only inputs that are written count: the default of the same input differs
 * between versions, and which version a constraint takes is decided when it runs. `block_public_acls` of s3-bucket was false at first
 * (https://github.com/terraform-aws-modules/terraform-aws-s3-bucket/pull/18) and is true today (pull/226 there).
 */
export interface RemoteModule {
  readonly makes: 'eks-cluster' | 'gke-cluster' | 's3-bucket';
  /** `namespace/name/provider` in the public registry. */
  readonly registry: string;
  /** The repository on GitHub, as git sources name it. */
  readonly repository: string;
  /** Modules inside it take the same inputs. */
  readonly inner?: true;
  /** Where its inputs are described. */
  readonly source: string;
}

const remoteModules: readonly RemoteModule[] = [
  {
    makes: 'eks-cluster',
    registry: 'terraform-aws-modules/eks/aws',
    repository: 'terraform-aws-modules/terraform-aws-eks',
    source: 'https://github.com/terraform-aws-modules/terraform-aws-eks/blob/master/variables.tf',
  },
  {
    makes: 'gke-cluster',
    registry: 'terraform-google-modules/kubernetes-engine/google',
    repository: 'terraform-google-modules/terraform-google-kubernetes-engine',
    inner: true,
    source: 'https://github.com/terraform-google-modules/terraform-google-kubernetes-engine/blob/main/variables.tf',
  },
  {
    makes: 's3-bucket',
    registry: 'terraform-aws-modules/s3-bucket/aws',
    repository: 'terraform-aws-modules/terraform-aws-s3-bucket',
    source: 'https://github.com/terraform-aws-modules/terraform-aws-s3-bucket/blob/master/variables.tf',
  },
];

/** The known module that a call's `source` names: in the registry, or in git on GitHub. */
export function remoteModule(source: string): RemoteModule | undefined {
  const plain = source
    .replace(/^registry\.terraform\.io\//, '')
    .replace(/^git::/, '')
    .replace(/^(?:https:\/\/|ssh:\/\/git@|git@)?github\.com[/:]/, '')
    .replace(/\?.*$/s, '')
    .replace(/\.git(?=$|\/)/, '');
  const [name = '', inner] = plain.split('//');
  return remoteModules.find((one) => (name === one.registry || name === one.repository) && (inner === undefined || one.inner === true));
}
