import type { Value } from '../value.ts';
import type { Item } from './kustomize-edits.ts';
import { knownText } from './object.ts';

/** Which resources a patch is for; what it does not say may be anything. */
export interface Target {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: string;
}

/** The target of a patch: a `target` of the kustomization, or the object that a strategic merge patch begins with. */
export function targetOf(written: Value): Target {
  const version = knownText(written, 'apiVersion');
  const group = knownText(written, 'group') ?? (version === undefined ? undefined : groupOf(version));
  const kind = knownText(written, 'kind');
  const name = knownText(written, 'name') ?? knownText(written, 'metadata', 'name');
  const namespace = knownText(written, 'namespace') ?? knownText(written, 'metadata', 'namespace');
  const labels = knownText(written, 'labelSelector');
  return {
    ...(group === undefined ? {} : { group }),
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
  };
}

const groupOf = (version: string): string => (version.includes('/') ? version.replace(/\/.*/, '') : '');

export function isTarget(target: Target, { base, value, names }: Item): boolean {
  if (target.kind === undefined && target.name === undefined && target.labels === undefined && target.group === undefined) return false;
  const namespace = knownText(value, 'metadata', 'namespace');
  return (
    (target.group === undefined || matches(target.group, groupOf(knownText(value, 'apiVersion') ?? ''))) &&
    (target.kind === undefined || matches(target.kind, base.type)) &&
    (target.name === undefined || names.some((name) => matches(target.name ?? '', name))) &&
    (target.namespace === undefined || namespace === undefined || matches(target.namespace, namespace)) &&
    (target.labels === undefined || hasLabels(value, target.labels))
  );
}

/** Kustomize takes these for regular expressions. Names, `a|b` and `.*` are read; anything else matches nothing. */
function matches(pattern: string, text: string): boolean {
  if (pattern.length > 300 || !/^[\w.*|/-]*$/.test(pattern)) return false;
  return pattern.split('|').some((one) => {
    const pieces = one.split('.*');
    let at = 0;
    for (const [i, piece] of pieces.entries()) {
      const last = i === pieces.length - 1;
      const found = i === 0 ? (text.startsWith(piece) ? 0 : -1) : last ? Math.max(at, text.length - piece.length) : text.indexOf(piece, at);
      if (found === -1 || !text.startsWith(piece, found)) return false;
      at = found + piece.length;
    }
    return at === text.length;
  });
}

/** `app=llm,tier=serving`; a selector with other operators matches nothing. */
function hasLabels(value: Value, selector: string): boolean {
  return selector.split(',').every((pair) => {
    const [key, wanted, more] = pair.split('=').map((part) => part.trim());
    return (
      key !== undefined &&
      wanted !== undefined &&
      more === undefined &&
      !key.endsWith('!') &&
      knownText(value, 'metadata', 'labels', key) === wanted
    );
  });
}
