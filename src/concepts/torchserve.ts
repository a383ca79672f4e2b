import type { Fix } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import type { Known } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { byType } from './by-type.ts';
import { textOf } from './setting.ts';

/** The management API of a TorchServe that listens on every address, by the configuration file that a ConfigMap holds. */
export interface OpenManagement {
  readonly of: Resource;
  /** The line that says so. */
  readonly at: Located;
  readonly line: string;
  readonly file: string;
  /** True when the same file switches off the token that a call needs. */
  readonly withoutToken: boolean;
  readonly fix: readonly Fix[];
}

const longest = 100_000;

// Defaults: 127.0.0.1 for both, ports 8081 and 7071; a token is asked for since 0.11.1. Source: pytorch/serve, docs/configuration.md and
// docs/token_authorization_api.md.
export const openManagement = byType<OpenManagement>('management API of TorchServe', {
  ConfigMap: (resource, world) => {
    const data = resource.attr('data');
    if (data.is !== 'map') return [];
    return [...data.entries].flatMap(([file, value]) => {
      const known = value.is === 'known' && typeof value.value === 'string' && value.value.length <= longest;
      return known && file.endsWith('.properties') ? inFile(resource, file, value, value.value, world) : [];
    });
  },
});

function inFile(of: Resource, file: string, value: Known, text: string, world: World): readonly OpenManagement[] {
  const found = /^[ \t]*((?:grpc_)?management_address)[ \t]*[=:][ \t]*(?:https?:\/\/)?(0\.0\.0\.0|\[::\])(?::(\d{1,5}))?[ \t]*$/m.exec(
    text,
  );
  if (!found?.[1] || !found[2]) return [];
  const [line, name, address, port = name.startsWith('grpc_') ? '7071' : '8081'] = [found[0].trim(), found[1], found[2], found[3]];
  const start = found.index + found[0].indexOf(name);
  const host = found.index + found[0].indexOf(address);
  const source = value.origins[0]?.span.file;
  const spanOf = (from: number, to: number) =>
    value.offsets && source !== undefined ? { file: source, start: value.offsets(from), end: value.offsets(to) } : undefined;
  const [place, spot] = [spanOf(start, start + line.length), spanOf(host, host + address.length)];
  const origins = place ? [{ span: place, what: 'attribute' as const }] : value.origins;
  return [
    {
      of,
      at: { is: 'known', value: value.value, origins, of, path: ['data', file] },
      line,
      file,
      withoutToken: /^[ \t]*disable_token_authorization[ \t]*[=:][ \t]*true[ \t]*$/m.test(text),
      fix: spot && !isPublished(Number(port), world) ? [{ do: 'replace', span: spot, text: '127.0.0.1' }] : [],
    },
  ];
}

/** Whether a Service leads to a port: then somebody means to call it, and another address would cut them off. */
const isPublished = (port: number, world: World): boolean =>
  world.resources.some(
    (other) =>
      other.type === 'Service' &&
      other.items('spec', 'ports').some((item) => [item.attr('port'), item.attr('targetPort')].some((at) => Number(textOf(at)) === port)),
  );
