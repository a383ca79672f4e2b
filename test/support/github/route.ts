import type { Json, JsonObject } from './json.ts';
import type { Needs } from './permissions.ts';
import type { Installation, Repository, State, Token } from './state.ts';

/** One request on its way to a handler: authenticated, permitted, and valid by the description. */
export interface Call {
  readonly state: State;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  readonly accept: string;
  readonly token: Token | null;
  /** Requests of this token in this hour, this one too, and when the hour ends (seconds since 1970). */
  readonly rate: { readonly used: number; readonly reset: number };
}

/** A call to a repository that the token reaches. */
export interface RepositoryCall extends Call {
  readonly repository: Repository;
  readonly installation: Installation;
}

export interface Reply {
  readonly status: number;
  readonly body?: Json;
  /** Instead of `body`: anything but JSON. */
  readonly raw?: { readonly type: string; readonly data: Buffer };
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of GitHub's description. `needs`: see permissions.ts. `content`: it creates something that notifies people. */
export type Route =
  | {
      readonly operation: string;
      readonly for: 'repository';
      readonly needs: Needs;
      readonly content?: true;
      readonly handle: (call: RepositoryCall) => Reply | Promise<Reply>;
    }
  | { readonly operation: string; readonly for: 'app' | 'installation'; readonly handle: (call: Call) => Reply | Promise<Reply> };

/** A page of a list, with the Link header. `url` is the request's own address without its query. */
export function page<T>(call: Call, url: string, items: readonly T[], toJson: (item: T) => Json): Reply {
  const size = Math.min(100, Math.max(1, Number(call.query.get('per_page') ?? 30)));
  const at = Math.max(1, Number(call.query.get('page') ?? 1));
  return {
    status: 200,
    body: items.slice((at - 1) * size, at * size).map(toJson),
    headers: linkHeader(call, url, at, Math.ceil(items.length / size)),
  };
}

export function linkHeader(call: Call, url: string, at: number, last: number): Record<string, string> {
  const link = (to: number, rel: string): string => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(to));
    return `<${url}?${query.toString()}>; rel="${rel}"`;
  };
  const links = at < last ? [link(at + 1, 'next'), link(last, 'last')] : [];
  if (at > 1) links.unshift(link(1, 'first'), link(at - 1, 'prev'));
  return links.length === 0 ? {} : { link: links.join(', ') };
}
