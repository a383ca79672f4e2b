import type { ParseError } from '../documents/document.ts';
import type { Key, Resource } from './resource.ts';

/**
 * Resources that exist together: one Terraform root module in one environment, one CloudFormation template, one chart's values, the
 * manifests of a repository. References are resolved within a world.
 */
export interface World {
  /** Stable across commits: `terraform:envs/prod`, `terraform:infra#prod.tfvars`, `kubernetes`, `cloudformation:stack.yaml`. */
  readonly id: string;
  readonly resources: readonly Resource[];
  readonly graph: Graph;
  /** Where the team lets things come from. */
  readonly approved?: Approved;
}

/** Absent: from anywhere. Addresses are a host with a path, without scheme, version and tag. */
export interface Approved {
  readonly registry?: (address: string) => boolean;
  readonly moduleSource?: (address: string) => boolean;
}

export interface Graph {
  get(address: string): Resource | undefined;
  /** Resources that this one refers to, each once, in order of appearance. */
  dependencies(resource: Resource): readonly Resource[];
  /** Resources that refer to this one, each once. */
  dependents(resource: Resource): readonly Resource[];
  /** Resources of a type whose attribute at `path` names `resource`: by reference, or by a known value equal to one of its names. */
  companions(resource: Resource, type: string, ...path: readonly Key[]): readonly Resource[];
}

export interface Model {
  readonly worlds: readonly World[];
  readonly problems: readonly ParseError[];
  /** Files that configuration was read from, and what each was taken for. A file that is none of our formats is not in it. */
  readonly read: ReadonlyMap<string, Format>;
}

export type Format =
  'terraform' | 'kubernetes' | 'cloudformation' | 'helm-values' | 'helm-template' | 'chart' | 'kustomize' | 'definition' | 'workflow';
