// Made by scripts/vulnerable-versions.mjs from NVIDIA product security bulletins, the PyPA advisory database, the Go vulnerability database
// and NVD (read 2026-08). Do not edit by hand.

/** Versions of an image's software with known critical or high vulnerabilities. `moveTo`: the newest version that an advisory names as fixed. */
export interface VulnerableSoftware {
  readonly software: string;
  readonly repository: RegExp;
  readonly moveTo: string;
  readonly vulnerabilities: readonly Vulnerability[];
}
export interface Vulnerability {
  readonly id: string;
  readonly severity: 'critical' | 'high';
  readonly summary: string;
  readonly fixedIn: string;
  /** Alternatives; `to` is exclusive unless `including`. An empty `from` means every older version. */
  readonly affected: readonly { readonly from: string; readonly to: string; readonly including?: true }[];
}

export const vulnerableSoftware: readonly VulnerableSoftware[] = [
  {
    software: 'vllm',
    repository: /(^|\/)vllm-openai$/,
    moveTo: '0.26.0',
    vulnerabilities: [
      {
        id: 'CVE-2026-48746',
        severity: 'critical',
        summary: 'missing or bypassable authentication in vllm',
        fixedIn: '0.22.0',
        affected: [{ from: '0.3.0', to: '0.22.0' }],
      },
      {
        id: 'CVE-2026-55574',
        severity: 'high',
        summary: 'denial of service in vllm',
        fixedIn: '0.24.0',
        affected: [{ from: '', to: '0.24.0' }],
      },
    ],
  },
  {
    software: 'tgi',
    repository: /(^|\/)text-generation-inference$/,
    moveTo: '3.3.7',
    vulnerabilities: [
      {
        id: 'CVE-2026-0599',
        severity: 'high',
        summary: 'missing or bypassable authentication in TGI',
        fixedIn: '3.3.7',
        affected: [{ from: '', to: '3.3.7' }],
      },
    ],
  },
  {
    software: 'ollama',
    repository: /^ollama\/ollama$/,
    moveTo: '0.17.1',
    vulnerabilities: [
      {
        id: 'CVE-2024-45436',
        severity: 'critical',
        summary: 'model archive extraction leaves its directory (ZIP path escape)',
        fixedIn: '0.1.47',
        affected: [{ from: '', to: '0.1.47' }],
      },
    ],
  },
  {
    software: 'ray',
    repository: /^rayproject\/ray(-ml|-llm)?$/,
    moveTo: '2.56.0',
    vulnerabilities: [
      {
        id: 'CVE-2025-62593',
        severity: 'critical',
        summary: 'browser DNS rebinding reaches the local Ray API and runs code',
        fixedIn: '2.52.0',
        affected: [{ from: '', to: '2.52.0' }],
      },
      {
        id: 'CVE-2026-57516',
        severity: 'high',
        summary: 'unsafe deserialisation in ray',
        fixedIn: '2.56.0',
        affected: [{ from: '', to: '2.56.0' }],
      },
    ],
  },
  {
    software: 'triton',
    repository: /(^|\/)tritonserver$/,
    moveTo: '26.06',
    vulnerabilities: [
      {
        id: 'CVE-2026-47627',
        severity: 'critical',
        summary: 'path traversal',
        fixedIn: '26.06',
        affected: [{ from: '', to: '26.05', including: true }],
      },
    ],
  },
  {
    software: 'torchserve',
    repository: /^pytorch\/torchserve$/,
    moveTo: '0.11.0',
    vulnerabilities: [
      {
        id: 'CVE-2024-35198',
        severity: 'critical',
        summary: 'allowed_urls check can be bypassed',
        fixedIn: '0.11.0',
        affected: [{ from: '', to: '0.11.0' }],
      },
    ],
  },
  {
    software: 'tensorflow',
    repository: /^tensorflow\/(serving|tensorflow)$/,
    moveTo: '2.12.1',
    vulnerabilities: [
      {
        id: 'CVE-2023-25668',
        severity: 'critical',
        summary: 'memory corruption in tensorflow',
        fixedIn: '2.11.1',
        affected: [{ from: '', to: '2.11.1' }],
      },
      {
        id: 'CVE-2023-33976',
        severity: 'high',
        summary: 'denial of service in tensorflow',
        fixedIn: '2.12.1',
        affected: [{ from: '', to: '2.12.1' }],
      },
    ],
  },
  {
    software: 'pytorch',
    repository: /^pytorch\/pytorch$/,
    moveTo: '2.10.0',
    vulnerabilities: [
      {
        id: 'CVE-2025-32434',
        severity: 'critical',
        summary: 'torch.load with weights_only=True still runs code',
        fixedIn: '2.6.0',
        affected: [{ from: '', to: '2.6.0' }],
      },
      {
        id: 'CVE-2026-24747',
        severity: 'high',
        summary: 'unsafe deserialisation in pytorch',
        fixedIn: '2.10.0',
        affected: [{ from: '', to: '2.10.0' }],
      },
    ],
  },
  {
    software: 'mlflow',
    repository: /^(mlflow|burakince|bitnami)\/mlflow$/,
    moveTo: '3.15.0',
    vulnerabilities: [
      {
        id: 'CVE-2026-2651',
        severity: 'critical',
        summary: 'code or command execution in mlflow',
        fixedIn: '3.11.0rc0',
        affected: [{ from: '', to: '3.11.0rc0' }],
      },
    ],
  },
  {
    software: 'jupyterhub',
    repository: /^jupyterhub\/jupyterhub$/,
    moveTo: '5.4.5',
    vulnerabilities: [
      {
        id: 'CVE-2024-41942',
        severity: 'high',
        summary: 'missing authorisation check in jupyterhub',
        fixedIn: '4.1.6',
        affected: [{ from: '', to: '4.1.6' }],
      },
    ],
  },
  {
    software: 'litellm',
    repository: /^berriai\/litellm(-database)?$/,
    moveTo: '1.84.0',
    vulnerabilities: [
      {
        id: 'CVE-2026-49468',
        severity: 'critical',
        summary: 'missing or bypassable authentication in litellm',
        fixedIn: '1.84.0',
        affected: [{ from: '', to: '1.84.0' }],
      },
    ],
  },
  {
    software: 'open-webui',
    repository: /^open-webui\/open-webui$/,
    moveTo: '0.11.0',
    vulnerabilities: [
      {
        id: 'CVE-2026-44551',
        severity: 'critical',
        summary: 'missing or bypassable authentication in open-webui',
        fixedIn: '0.9.0',
        affected: [{ from: '', to: '0.9.0' }],
      },
      {
        id: 'CVE-2026-54007',
        severity: 'high',
        summary: 'cross-origin request weakness in open-webui',
        fixedIn: '0.9.6',
        affected: [{ from: '', to: '0.9.6' }],
      },
    ],
  },
  {
    software: 'langflow',
    repository: /^langflowai\/langflow$/,
    moveTo: '1.10.0',
    vulnerabilities: [
      {
        id: 'CVE-2026-48519',
        severity: 'critical',
        summary: 'code or command execution in langflow',
        fixedIn: '1.9.2',
        affected: [{ from: '', to: '1.9.2' }],
      },
    ],
  },
  {
    software: 'qdrant',
    repository: /^qdrant\/qdrant$/,
    moveTo: '1.16.0',
    vulnerabilities: [
      {
        id: 'CVE-2024-3829',
        severity: 'critical',
        summary: 'snapshot recovery does not validate input: arbitrary file read and write',
        fixedIn: '1.9.0',
        affected: [{ from: '', to: '1.9.0' }],
      },
    ],
  },
  {
    software: 'sglang',
    repository: /^lmsysorg\/sglang$/,
    moveTo: '0.5.10',
    vulnerabilities: [
      {
        id: 'CVE-2026-3059',
        severity: 'critical',
        summary: 'code or command execution in sglang',
        fixedIn: '0.5.10',
        affected: [{ from: '', to: '0.5.10' }],
      },
    ],
  },
  {
    software: 'label-studio',
    repository: /^heartexlabs\/label-studio$/,
    moveTo: '1.18.0',
    vulnerabilities: [
      {
        id: 'CVE-2025-25297',
        severity: 'high',
        summary: 'server-side request forgery in label-studio',
        fixedIn: '1.16.0',
        affected: [{ from: '', to: '1.16.0' }],
      },
    ],
  },
  {
    software: 'gpu-operator',
    repository: /^nvidia\/gpu-operator$/,
    moveTo: '26.3.2',
    vulnerabilities: [
      {
        id: 'CVE-2025-23266',
        severity: 'critical',
        summary: 'NVIDIAScape: container-init hook honours an attacker environment, so an image runs code as root on the host',
        fixedIn: '25.3.2',
        affected: [{ from: '25.3.1', to: '25.3.1', including: true }],
      },
      {
        id: 'CVE-2024-0132',
        severity: 'critical',
        summary: 'TOCTOU in the default (non-CDI) mode: a crafted image mounts the host file system (container escape)',
        fixedIn: '24.6.2',
        affected: [{ from: '', to: '24.6.1', including: true }],
      },
      {
        id: 'CVE-2026-24260',
        severity: 'high',
        summary: 'TOCTOU race in the toolkit can end in code execution on the host',
        fixedIn: '26.3.2',
        affected: [{ from: '', to: '26.3.1', including: true }],
      },
    ],
  },
  {
    software: 'nvidia-container-toolkit',
    repository: /^nvidia\/k8s\/container-toolkit$/,
    moveTo: '1.19.1',
    vulnerabilities: [
      {
        id: 'CVE-2025-23266',
        severity: 'critical',
        summary: 'NVIDIAScape: container-init hook honours an attacker environment, so an image runs code as root on the host',
        fixedIn: '1.17.8',
        affected: [{ from: '1.17.5', to: '1.17.7', including: true }],
      },
      {
        id: 'CVE-2024-0132',
        severity: 'critical',
        summary: 'TOCTOU in the default (non-CDI) mode: a crafted image mounts the host file system (container escape)',
        fixedIn: '1.16.2',
        affected: [{ from: '', to: '1.16.1', including: true }],
      },
      {
        id: 'CVE-2026-24260',
        severity: 'high',
        summary: 'TOCTOU race in the toolkit can end in code execution on the host',
        fixedIn: '1.19.1',
        affected: [{ from: '', to: '1.19.0', including: true }],
      },
    ],
  },
  {
    software: 'airflow',
    repository: /^apache\/airflow$/,
    moveTo: '3.3.0',
    vulnerabilities: [
      {
        id: 'CVE-2026-33264',
        severity: 'critical',
        summary: 'unsafe deserialisation in airflow',
        fixedIn: '3.3.0',
        affected: [{ from: '', to: '3.3.0' }],
      },
    ],
  },
  {
    software: 'ingress-nginx',
    repository: /^ingress-nginx\/controller$/,
    moveTo: '1.14.4',
    vulnerabilities: [
      {
        id: 'CVE-2025-1974',
        severity: 'critical',
        summary:
          'IngressNightmare: anyone on the pod network can run code in the controller through the admission webhook and read cluster secrets',
        fixedIn: '1.12.1',
        affected: [
          { from: '', to: '1.11.5' },
          { from: '1.12.0', to: '1.12.1' },
        ],
      },
    ],
  },
  {
    software: 'dcgm',
    repository: /^nvidia\/cloud-native\/dcgm$/,
    moveTo: '4.5.3',
    vulnerabilities: [
      {
        id: 'CVE-2023-0208',
        severity: 'high',
        summary: 'heap overflow reachable by a request',
        fixedIn: '3.1.7',
        affected: [{ from: '', to: '3.1.7' }],
      },
    ],
  },
  {
    software: 'dynamo',
    repository: /^nvidia\/ai-dynamo\//,
    moveTo: '1.3.0',
    vulnerabilities: [
      {
        id: 'CVE-2026-24253',
        severity: 'high',
        summary: 'out-of-bounds write',
        fixedIn: '1.1.1',
        affected: [{ from: '', to: '1.1.0', including: true }],
      },
    ],
  },
  {
    software: 'kai-scheduler',
    repository: /^nvidia\/kai-scheduler\//,
    moveTo: '0.13.0',
    vulnerabilities: [
      {
        id: 'CVE-2026-24177',
        severity: 'high',
        summary: 'missing authentication',
        fixedIn: '0.13.0',
        affected: [{ from: '', to: '0.13.0' }],
      },
    ],
  },
  {
    software: 'riva',
    repository: /^nvidia\/riva\/riva-speech$/,
    moveTo: '2.19.0',
    vulnerabilities: [
      {
        id: 'CVE-2025-23242',
        severity: 'high',
        summary: 'broken access control',
        fixedIn: '2.19.0',
        affected: [{ from: '', to: '2.18.0', including: true }],
      },
    ],
  },
  {
    software: 'tensorrt-llm',
    repository: /^nvidia\/tensorrt-llm\/release$/,
    moveTo: '1.2.1',
    vulnerabilities: [
      { id: 'CVE-2025-33255', severity: 'high', summary: 'unsafe deserialisation', fixedIn: '1.2', affected: [{ from: '', to: '1.2' }] },
    ],
  },
];
