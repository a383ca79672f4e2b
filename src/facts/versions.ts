import { isClientImage } from './ai-products.ts';
import { driverFixes } from './vulnerable-drivers.ts';
import { vulnerableSoftware, type Vulnerability, type VulnerableSoftware } from './vulnerable-versions.ts';

/** The numbers that a tag's version begins with: `v0.6.3.post1` gives [0, 6, 3], `24.08-py3` [24, 8], `latest` nothing. */
export function versionOf(tag: string): readonly number[] | undefined {
  const match = /^v?(\d{1,6}(?:\.\d{1,6}){1,3})(?:$|[-_.+a-z])/i.exec(tag);
  return match?.[1]?.split('.').map(Number);
}

export function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export interface KnownVulnerable {
  readonly software: VulnerableSoftware;
  /** The worst that holds for the version. */
  readonly worst: Vulnerability;
}

/** What is known against an image's version; undefined for images that are not in the table and tags that name no version. */
export function vulnerabilityOf(path: string, tag: string): KnownVulnerable | undefined {
  const software = vulnerableSoftware.find((row) => row.repository.test(path));
  const version = software && versionOf(tag);
  if (!version || isClientImage(path, tag)) return undefined;
  const worst = software.vulnerabilities.find((row) => row.affected.some((range) => isWithin(version, range)));
  return worst && { software, worst };
}

function isWithin(version: readonly number[], { from, to, including }: Vulnerability['affected'][number]): boolean {
  const [low, high] = [versionOf(from) ?? [], versionOf(to)];
  if (!high || compareVersions(version, low) < 0) return false;
  const distance = compareVersions(version, high);
  return distance < 0 || (including === true && distance === 0);
}

export interface KnownVulnerableDriver {
  readonly fixedIn: string;
  /** What the newest fix of the branch mended; older drivers of the branch have all of them. */
  readonly ids: readonly string[];
}

/**
 * What is known against a version of NVIDIA's data-centre driver for Linux (`550.54.14`, a tag that begins with one). Fixes come branch by
 * branch, so a version is only compared within its own; of a branch alone (`550`) nothing is known.
 */
export function driverVulnerability(version: string): KnownVulnerableDriver | undefined {
  const numbers = versionOf(version);
  const fix = driverFixes.find(({ branch }) => branch === numbers?.[0]);
  const fixed = fix && versionOf(fix.fixedIn);
  return numbers && fixed && compareVersions(numbers, fixed) < 0 ? fix : undefined;
}
