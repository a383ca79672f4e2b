import type { DangerousSetting } from './model-flags.ts';

const off = /^(?:0|false|no|off)$/i;
const on = /^(?:1|true|yes|on)$/i;
const unchecked = 'certificates are not checked, so whoever sits in between can read and change what is loaded';
const byCertificate = 'give the client the certificate of the authority that signed the server’s';

/**
 * Environment variables that make programs take any certificate, or talk to the model hub in clear text. Sources per row: the programs' own
 * documentation, read in November 2026. Without the variable each of them checks.
 */
export const tlsChecksOff: readonly DangerousSetting[] = [
  {
    id: 'python',
    env: { name: 'PYTHONHTTPSVERIFY', value: /^0$/ },
    severity: 'medium',
    consequence: unchecked,
    instead: byCertificate,
    source: 'https://peps.python.org/pep-0493/',
    mend: 'remove',
  },
  {
    id: 'curl',
    env: { name: 'CURL_CA_BUNDLE', value: /^$/ },
    severity: 'medium',
    consequence: `Python's requests then checks no certificate: whoever sits in between can read and change what is loaded`,
    instead: byCertificate,
    source: 'https://requests.readthedocs.io/en/latest/user/advanced/#ssl-cert-verification',
    mend: 'remove',
  },
  {
    id: 'git',
    env: { name: 'GIT_SSL_NO_VERIFY', value: on },
    severity: 'medium',
    consequence: unchecked,
    instead: byCertificate,
    source: 'https://git-scm.com/book/en/v2/Git-Internals-Environment-Variables',
    mend: 'remove',
  },
  {
    id: 'node',
    env: { name: 'NODE_TLS_REJECT_UNAUTHORIZED', value: /^0$/ },
    severity: 'medium',
    consequence: unchecked,
    instead: 'name the authority in `NODE_EXTRA_CA_CERTS`',
    source: 'https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue',
    mend: 'remove',
  },
  {
    id: 'kserve',
    env: { name: 'S3_VERIFY_SSL', value: off },
    severity: 'medium',
    consequence: 'the model is fetched without checking the store’s certificate, so it can be exchanged on the way',
    instead: 'name the authority in `AWS_CA_BUNDLE`',
    source: 'https://kserve.github.io/website/docs/model-serving/storage/providers/s3',
    mend: 'remove',
  },
  {
    id: 'mlflow',
    env: { name: 'MLFLOW_TRACKING_INSECURE_TLS', value: on },
    severity: 'medium',
    consequence: 'runs and models are exchanged with any server that claims to be the tracker',
    instead: 'name the authority in `MLFLOW_TRACKING_SERVER_CERT_PATH`',
    source: 'https://mlflow.org/docs/latest/api_reference/python_api/mlflow.environment_variables.html',
    mend: 'remove',
  },
  {
    id: 'hub',
    env: { name: 'HF_ENDPOINT', value: /^http:\/\/(?!localhost|127\.|\[::1\])/ },
    severity: 'medium',
    consequence: 'models and the access token travel in clear text',
    instead: 'use the mirror’s `https` address',
    source: 'https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables#hfendpoint',
  },
];
