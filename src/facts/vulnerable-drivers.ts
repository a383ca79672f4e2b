// Made by scripts/vulnerable-versions.mjs from NVIDIA's product security bulletins (read 2026-08). Do not edit by hand.

/** The newest fix of high or critical vulnerabilities in a branch of NVIDIA's data-centre driver for Linux, and what it fixed. */
export interface DriverFix {
  readonly branch: number;
  readonly fixedIn: string;
  readonly ids: readonly string[];
}

export const driverFixes: readonly DriverFix[] = [
  { branch: 450, fixedIn: '450.248.02', ids: ['CVE-2023-25515', 'CVE-2023-25516'] },
  { branch: 470, fixedIn: '470.256.02', ids: ['CVE-2024-0090', 'CVE-2024-0092'] },
  {
    branch: 515,
    fixedIn: '515.105.01',
    ids: [
      'CVE-2023-0180',
      'CVE-2023-0183',
      'CVE-2023-0184',
      'CVE-2023-0185',
      'CVE-2023-0187',
      'CVE-2023-0188',
      'CVE-2023-0189',
      'CVE-2023-0190',
      'CVE-2023-0191',
      'CVE-2023-0194',
      'CVE-2023-0195',
      'CVE-2023-0198',
      'CVE-2023-0199',
    ],
  },
  { branch: 525, fixedIn: '525.125.06', ids: ['CVE-2023-25515', 'CVE-2023-25516'] },
  {
    branch: 535,
    fixedIn: '535.309.01',
    ids: [
      'CVE-2025-33221',
      'CVE-2026-24182',
      'CVE-2026-24187',
      'CVE-2026-24190',
      'CVE-2026-24192',
      'CVE-2026-24193',
      'CVE-2026-24194',
      'CVE-2026-24196',
      'CVE-2026-24197',
      'CVE-2026-24199',
    ],
  },
  { branch: 550, fixedIn: '550.163.01', ids: ['CVE-2025-23244'] },
  { branch: 570, fixedIn: '570.211.01', ids: ['CVE-2025-33219', 'CVE-2025-33220'] },
  { branch: 575, fixedIn: '575.51.02', ids: ['CVE-2025-23244'] },
  {
    branch: 580,
    fixedIn: '580.159.03',
    ids: [
      'CVE-2025-33221',
      'CVE-2026-24182',
      'CVE-2026-24187',
      'CVE-2026-24190',
      'CVE-2026-24192',
      'CVE-2026-24193',
      'CVE-2026-24194',
      'CVE-2026-24196',
      'CVE-2026-24197',
      'CVE-2026-24198',
      'CVE-2026-24199',
    ],
  },
  { branch: 590, fixedIn: '590.48.01', ids: ['CVE-2025-33219', 'CVE-2025-33220'] },
  {
    branch: 595,
    fixedIn: '595.71.05',
    ids: [
      'CVE-2025-33221',
      'CVE-2026-24182',
      'CVE-2026-24187',
      'CVE-2026-24190',
      'CVE-2026-24192',
      'CVE-2026-24194',
      'CVE-2026-24196',
      'CVE-2026-24197',
      'CVE-2026-24198',
      'CVE-2026-24199',
    ],
  },
];
