import { isIP } from 'node:net';
import { number, pure, text, type Data, type FunctionTable } from './define.ts';

interface Network {
  readonly address: bigint;
  readonly prefix: number;
  readonly bits: 32 | 128;
}

function parseAddress(s: string): { readonly address: bigint; readonly bits: 32 | 128 } | undefined {
  const version = isIP(s);
  if (version === 4) return { address: s.split('.').reduce((n, part) => (n << 8n) | BigInt(part), 0n), bits: 32 };
  if (version !== 6 || s.includes('%') || s.includes('.')) return undefined;
  const [head = '', tail] = s.split('::');
  const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros: readonly string[] = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  return { address: [...before, ...zeros, ...after].reduce((n, group) => (n << 16n) | BigInt(`0x${group}`), 0n), bits: 128 };
}

function parseNetwork(data: Data | undefined): Network | undefined {
  const [host = '', length, more] = (text(data) ?? '').split('/');
  const parsed = parseAddress(host);
  if (!parsed || length === undefined || more !== undefined || !/^\d{1,3}$/.test(length) || Number(length) > parsed.bits) return undefined;
  const prefix = Number(length);
  const host0 = BigInt(parsed.bits - prefix);
  return { address: (parsed.address >> host0) << host0, prefix, bits: parsed.bits };
}

function addressText(address: bigint, bits: 32 | 128): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const runs = [...groups.join(':').matchAll(/(?:^|:)(0(?::0)+)(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length);
  const longest = runs[0]?.[1];
  if (!longest) return groups.join(':');
  const joined = groups.join(':');
  const at = runs[0]?.index ?? 0;
  const from = joined[at] === ':' ? at + 1 : at;
  return `${joined.slice(0, from).replace(/:$/, '')}::${joined.slice(from + longest.length).replace(/^:/, '')}`;
}

function subnet(network: Network, newBits: number, index: bigint): Network | undefined {
  const prefix = network.prefix + newBits;
  if (newBits < 0 || prefix > network.bits || index < 0n || index >= 1n << BigInt(newBits)) return undefined;
  return { address: network.address | (index << BigInt(network.bits - prefix)), prefix, bits: network.bits };
}

const networkText = ({ address, prefix, bits }: Network): string => `${addressText(address, bits)}/${prefix}`;

function host(cidr: Data | undefined, index: Data | undefined): string | undefined {
  const [network, n] = [parseNetwork(cidr), number(index)];
  if (!network || n === undefined || !Number.isSafeInteger(n)) return undefined;
  const size = 1n << BigInt(network.bits - network.prefix);
  const offset = n < 0 ? size + BigInt(n) : BigInt(n);
  return offset < 0n || offset >= size ? undefined : addressText(network.address | offset, network.bits);
}

/** Consecutive networks of given sizes, each aligned to its own size. */
function subnets(cidr: Data | undefined, ...sizes: readonly Data[]): Data | undefined {
  const network = parseNetwork(cidr);
  if (!network) return undefined;
  let next = network.address;
  const end = network.address + (1n << BigInt(network.bits - network.prefix));
  const out: string[] = [];
  for (const size of sizes) {
    const prefix = network.prefix + (number(size) ?? 1000);
    if (prefix > network.bits || prefix <= network.prefix) return undefined;
    const step = 1n << BigInt(network.bits - prefix);
    const address = ((next + step - 1n) / step) * step;
    if (address + step > end) return undefined;
    out.push(networkText({ address, prefix, bits: network.bits }));
    next = address + step;
  }
  return out;
}

export const networkFunctions: FunctionTable = {
  cidrhost: pure(host),
  cidrnetmask: pure((cidr) => {
    const network = parseNetwork(cidr);
    if (network?.bits !== 32) return undefined;
    return addressText(((1n << BigInt(network.prefix)) - 1n) << BigInt(32 - network.prefix), 32);
  }),
  cidrsubnet: pure((cidr, bits, index) => {
    const [network, newBits, at] = [parseNetwork(cidr), number(bits), number(index)];
    if (!network || newBits === undefined || at === undefined || !Number.isSafeInteger(at)) return undefined;
    const result = subnet(network, newBits, BigInt(at));
    return result && networkText(result);
  }),
  cidrsubnets: pure(subnets),
};
