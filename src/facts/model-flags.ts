/** Command-line flags and environment variables that open a model server or a notebook. Sources: the products' own documentation, per row. */
export interface DangerousSetting {
  readonly id: string;
  /** Matches one argument. For `--flag value` in two arguments the concept joins them with `=`. */
  readonly flag?: RegExp;
  /** An environment variable and the values that open it. */
  readonly env?: { readonly name: string; readonly value: RegExp };
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly consequence: string;
  readonly instead: string;
  readonly source: string;
}

const yes = /^(1|true|yes|on)$/i;

export const remoteCode: readonly DangerousSetting[] = [
  {
    id: 'trust-remote-code',
    flag: /^--trust[-_]remote[-_]code(=(true|1))?$/i,
    severity: 'high',
    consequence: 'Python files from the model repository run inside the server',
    instead: 'use a model that the server supports by itself, or pin the repository to a reviewed commit',
    source: 'https://docs.vllm.ai/en/latest/configuration/engine_args/',
  },
  {
    id: 'trust-remote-code',
    flag: /^trust_remote_code=True$/,
    severity: 'high',
    consequence: 'Python files from the model repository run inside the server',
    instead: 'use a model that the server supports by itself, or pin the repository to a reviewed commit',
    source: 'https://huggingface.co/docs/transformers/models#custom-models',
  },
  {
    id: 'trust-remote-code',
    env: { name: 'HF_MODEL_TRUST_REMOTE_CODE', value: yes },
    severity: 'high',
    consequence: 'Python files from the model repository run inside the server',
    instead: 'use a model that the server supports by itself, or pin the repository to a reviewed commit',
    source: 'https://huggingface.co/docs/sagemaker/inference',
  },
  {
    id: 'trust-remote-code',
    env: { name: 'OPTION_TRUST_REMOTE_CODE', value: yes },
    severity: 'high',
    consequence: 'Python files from the model repository run inside the server',
    instead: 'use a model that the server supports by itself, or pin the repository to a reviewed commit',
    source: 'https://docs.djl.ai/master/docs/serving/serving/docs/lmi/user_guides/vllm_user_guide.html',
  },
  {
    id: 'trust-remote-code',
    env: { name: 'TRUST_REMOTE_CODE', value: yes },
    severity: 'high',
    consequence: 'Python files from the model repository run inside the server',
    instead: 'use a model that the server supports by itself, or pin the repository to a reviewed commit',
    source: 'https://huggingface.co/docs/text-generation-inference/reference/launcher',
  },
  {
    id: 'weights-only-off',
    env: { name: 'TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD', value: yes },
    severity: 'high',
    consequence: 'loading a checkpoint can run code that is hidden in its pickle',
    instead: 'leave the safe loader on, or use safetensors',
    source: 'https://docs.pytorch.org/docs/stable/notes/serialization.html',
  },
];

export const openFlags: readonly DangerousSetting[] = [
  {
    id: 'jupyter-no-token',
    flag: /^--(NotebookApp|ServerApp|IdentityProvider)\.token=(''|""|)$/,
    severity: 'critical',
    consequence: 'whoever reaches the port runs code in the notebook without logging in',
    instead: 'leave the token to Jupyter, or set `JUPYTER_TOKEN` from a Secret',
    source: 'https://jupyter-server.readthedocs.io/en/latest/operators/security.html',
  },
  {
    id: 'jupyter-no-xsrf',
    flag: /^--(NotebookApp|ServerApp)\.disable_check_xsrf=(True|true|1)$/,
    severity: 'high',
    consequence: 'any web page that a notebook user opens can run code through their session',
    instead: 'leave the check on',
    source: 'https://jupyter-server.readthedocs.io/en/latest/operators/security.html',
  },
  {
    id: 'jupyter-any-origin',
    flag: /^--(NotebookApp|ServerApp)\.allow_origin=['"]?\*['"]?$/,
    severity: 'medium',
    consequence: 'any web page may call the notebook from a visitor’s browser',
    instead: 'name the origin that embeds the notebook',
    source: 'https://jupyter-server.readthedocs.io/en/latest/operators/security.html',
  },
  {
    id: 'code-server-no-auth',
    flag: /^--auth=none$/,
    severity: 'high',
    consequence: 'whoever reaches the port has a terminal in the container',
    instead: 'use `--auth password` with the password from a Secret, or put an identity-aware proxy in front',
    source: 'https://coder.com/docs/code-server/guide',
  },
  {
    id: 'rstudio-no-auth',
    env: { name: 'DISABLE_AUTH', value: yes },
    severity: 'high',
    consequence: 'whoever reaches the port runs code without logging in',
    instead: 'leave authentication on',
    source: 'https://rocker-project.org/images/versioned/rstudio.html',
  },
  {
    id: 'torchserve-no-token',
    flag: /^--disable-token(-auth)?$/,
    severity: 'high',
    consequence: 'whoever reaches the management port can register a model, which runs its code',
    instead: 'leave token authorization on',
    source: 'https://pytorch.org/serve/token_authorization_api.html',
  },
  {
    id: 'torchserve-no-token',
    env: { name: 'TS_DISABLE_TOKEN_AUTHORIZATION', value: yes },
    severity: 'high',
    consequence: 'whoever reaches the management port can register a model, which runs its code',
    instead: 'leave token authorization on',
    source: 'https://pytorch.org/serve/token_authorization_api.html',
  },
  {
    id: 'vllm-dev-mode',
    env: { name: 'VLLM_SERVER_DEV_MODE', value: yes },
    severity: 'high',
    consequence: 'debugging endpoints that can reset or put to sleep the server are open to its clients',
    instead: 'remove the variable outside of development',
    source: 'https://docs.vllm.ai/en/latest/usage/security/',
  },
  {
    id: 'vllm-runtime-lora',
    env: { name: 'VLLM_ALLOW_RUNTIME_LORA_UPDATING', value: yes },
    severity: 'high',
    consequence: 'every client can load an adapter of their choice and so change what the model answers',
    instead: 'name the adapters with `--lora-modules` at start',
    source: 'https://docs.vllm.ai/en/latest/features/lora/',
  },
  {
    id: 'ollama-any-origin',
    env: { name: 'OLLAMA_ORIGINS', value: /^['"]?\*['"]?$/ },
    severity: 'medium',
    consequence: 'any web page may call the model server from a visitor’s browser',
    instead: 'name the origins that need it',
    source: 'https://docs.ollama.com/faq',
  },
  {
    id: 'open-webui-no-auth',
    env: { name: 'WEBUI_AUTH', value: /^(false|0|no)$/i },
    severity: 'high',
    consequence: 'whoever reaches the page is an administrator, with the model keys behind it',
    instead: 'leave authentication on',
    source: 'https://docs.openwebui.com/getting-started/env-configuration/',
  },
  {
    id: 'weaviate-anonymous',
    env: { name: 'AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED', value: yes },
    severity: 'high',
    consequence: 'whoever reaches the database reads and changes its vectors without a key',
    instead: 'switch it off and use API keys or OIDC',
    source: 'https://docs.weaviate.io/deploy/configuration/authentication',
  },
  {
    id: 'elasticsearch-security-off',
    env: { name: 'xpack.security.enabled', value: /^false$/i },
    severity: 'high',
    consequence: 'whoever reaches the index reads and changes it without a password',
    instead: 'leave security on',
    source: 'https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/security-settings',
  },
  {
    id: 'opensearch-security-off',
    env: { name: 'DISABLE_SECURITY_PLUGIN', value: yes },
    severity: 'high',
    consequence: 'whoever reaches the index reads and changes it without a password',
    instead: 'leave the security plugin on',
    source: 'https://docs.opensearch.org/latest/install-and-configure/install-opensearch/docker/',
  },
  {
    id: 'postgres-trust',
    env: { name: 'POSTGRES_HOST_AUTH_METHOD', value: /^trust$/i },
    severity: 'high',
    consequence: 'whoever reaches the database is let in without a password',
    instead: 'use `scram-sha-256` with the password from a Secret',
    source: 'https://hub.docker.com/_/postgres',
  },
  {
    id: 'argo-server-mode',
    flag: /^--auth-mode=server$/,
    severity: 'high',
    consequence: 'whoever reaches the page submits workflows with the rights of the server',
    instead: 'use `--auth-mode=client` or `sso`',
    source: 'https://argo-workflows.readthedocs.io/en/latest/argo-server-auth-mode/',
  },
  {
    id: 'plain-http-proxy',
    flag: /^--insecure-listen-address=(0\.0\.0\.0|\[::\])?:\d{1,5}$/,
    severity: 'medium',
    consequence: 'the authenticating proxy listens in plain HTTP, so bearer tokens cross the network in clear text',
    instead: 'use `--secure-listen-address` with a certificate',
    source: 'https://github.com/brancz/kube-rbac-proxy',
  },
  {
    id: 'tls-check-off',
    env: { name: 'PYTHONHTTPSVERIFY', value: /^0$/ },
    severity: 'medium',
    consequence: 'whoever sits on the network path can swap the model that is downloaded',
    instead: 'remove it and give the container the right CA bundle',
    source: 'https://peps.python.org/pep-0493/',
  },
  {
    id: 'tls-check-off',
    env: { name: 'S3_VERIFY_SSL', value: /^(0|false)$/i },
    severity: 'medium',
    consequence: 'whoever sits on the network path can swap the model that is downloaded',
    instead: 'remove it and give the container the right CA bundle',
    source: 'https://kserve.github.io/website/docs/model-serving/storage/providers/s3',
  },
];
