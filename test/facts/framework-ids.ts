/** The ids of the frameworks that rules may map to, read on 2026-11-26. */

/**
 * NIST SP 800-53 revision 5 (release 5.2.0): how many controls each family has, and those withdrawn among them. Every control of the low,
 * moderate, high and privacy baselines (usnistgov/oscal-content, 2025-06-03) is in it.
 */
const families = {
  AC: 25,
  AT: 6,
  AU: 16,
  CA: 9,
  CM: 14,
  CP: 13,
  IA: 13,
  IR: 10,
  MA: 7,
  MP: 8,
  PE: 23,
  PL: 11,
  PM: 32,
  PS: 9,
  PT: 8,
  RA: 10,
  SA: 24,
  SC: 51,
  SI: 23,
  SR: 12,
};
const withdrawn = new Set(
  'AC-13 AC-15 AT-5 AU-15 CA-4 CP-5 IR-10 PE-7 PL-3 PL-5 PL-6 RA-4 SA-6 SA-7 SA-12 SA-13 SA-14 SA-18 SA-19 SC-9 SC-14 SC-19 SC-33 SI-9'.split(
    ' ',
  ),
);
export const nistControls: ReadonlySet<string> = new Set(
  Object.entries(families)
    .flatMap(([family, count]) => numbers(1, count).map((n) => `${family}-${n}`))
    .filter((id) => !withdrawn.has(id)),
);

/** MITRE ATLAS 5.6.0 (mitre-atlas/atlas-data, 2026-05-05): runs of techniques, and how many sub-techniques those with any have. */
const techniques: readonly (readonly [from: number, to: number])[] = [
  [0, 8],
  [10, 21],
  [24, 25],
  [29, 29],
  [31, 31],
  [34, 37],
  [40, 44],
  [46, 112],
];
const subTechniques: ReadonlyMap<number, number> = new Map([
  ...([0, 2, 5, 16, 18, 24, 34, 51, 69] as const).map((n) => [n, 3] as const),
  ...([8, 10] as const).map((n) => [n, 6] as const),
  ...([11, 84] as const).map((n) => [n, 4] as const),
  ...([43, 48] as const).map((n) => [n, 5] as const),
  ...([52, 80, 85, 112] as const).map((n) => [n, 2] as const),
  ...([17, 67, 91, 95] as const).map((n) => [n, 1] as const),
]);
export const atlasTechniques: ReadonlySet<string> = new Set(
  techniques
    .flatMap(([from, to]) => numbers(from, to))
    .flatMap((n) => {
      const id = `AML.T${String(n).padStart(4, '0')}`;
      return [id, ...numbers(0, (subTechniques.get(n) ?? 0) - 1).map((sub) => `${id}.${String(sub).padStart(3, '0')}`)];
    }),
);

/** OWASP Top 10 for LLM applications 2025, and OWASP Machine Learning Security Top 10 (2023). */
export const owaspIds: ReadonlySet<string> = new Set(
  numbers(1, 10).flatMap((n) => [`LLM${String(n).padStart(2, '0')}:2025`, `ML${String(n).padStart(2, '0')}:2023`]),
);

/**
 * Recommendations of the CIS benchmarks that rules map to, with what each asks for. AWS Foundations 3.0.0, Google Cloud Platform Foundation
 * 3.0.0, Microsoft Azure Foundations 2.1.0, Kubernetes 1.8 to 1.10 (one numbering), GKE 1.7, EKS 1.1 and later. The first four were read from
 * prowler-cloud/prowler (compliance/, 2026-08-21), the last two from vendors' pages on these benchmarks.
 */
export const cisRecommendations: ReadonlyMap<string, string> = new Map([
  ['AWS 1.16', 'no IAM policy allows full administrative privileges'],
  ['AWS 2.1.4', 'S3 buckets block public access'],
  ['AWS 5.2', 'no security group lets the world reach server administration ports'],
  ['AWS 5.6', 'EC2 metadata service takes only IMDSv2'],
  ['GCP 1.5', 'service accounts have no admin privileges'],
  ['GCP 1.6', 'no service account user or token creator role on the project'],
  ['GCP 3.6', 'SSH is restricted from the internet'],
  ['GCP 3.7', 'RDP is restricted from the internet'],
  ['GCP 4.1', 'instances do not use the default service account'],
  ['GCP 4.5', 'instances take no connections to serial ports'],
  ['GCP 4.6', 'instances forward no packets'],
  ['GCP 4.8', 'instances are started with Shielded VM'],
  ['GCP 4.9', 'instances have no public addresses'],
  ['GCP 5.1', 'storage buckets are not public'],
  ['GCP 5.2', 'storage buckets have uniform bucket-level access'],
  ['Azure 6.1', 'RDP is restricted from the internet'],
  ['Azure 6.2', 'SSH is restricted from the internet'],
  ['Kubernetes 5.1.1', 'cluster-admin only where required'],
  ['Kubernetes 5.1.2', 'little access to secrets'],
  ['Kubernetes 5.1.3', 'few wildcards in roles'],
  ['Kubernetes 5.2.1', 'a policy control mechanism is active'],
  ['Kubernetes 5.2.2', 'privileged containers'],
  ['Kubernetes 5.2.3', 'host process ids'],
  ['Kubernetes 5.2.4', 'host IPC'],
  ['Kubernetes 5.2.5', 'host network'],
  ['Kubernetes 5.2.6', 'privilege escalation'],
  ['Kubernetes 5.2.7', 'root containers'],
  ['Kubernetes 5.2.9', 'added capabilities'],
  ['Kubernetes 5.2.12', 'hostPath volumes'],
  ['Kubernetes 5.3.2', 'every namespace has network policies'],
  ['GKE 5.2.1', 'nodes do not use the default service account of Compute Engine'],
  ['GKE 5.6.3', 'control plane authorized networks'],
  ['EKS 5.4.1', 'access to the control plane endpoint is restricted'],
]);

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}
