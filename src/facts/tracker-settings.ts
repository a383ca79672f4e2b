/**
 * Settings of experiment trackers, demo pages and vector databases, by argument or environment variable, that let outsiders in or show what
 * they should not. `source`: the product's own page on the setting.
 */
export interface TrackerSetting {
  readonly id: string;
  readonly about: 'origin' | 'tunnel' | 'sign-up' | 'prompts' | 'vectors';
  /** The argument, with a value that follows it joined by `=`. */
  readonly flag?: RegExp;
  readonly env?: { readonly name: string; readonly value: RegExp };
  readonly severity: 'low' | 'medium' | 'high';
  readonly consequence: string;
  readonly instead: string;
  readonly source: string;
  /** What is right without knowing more: to take it out, because the product's default is safe, or another value. */
  readonly mend?: 'remove' | { readonly to: string };
}

const yes = /^(?:true|1|yes|on)$/i;
const no = /^(?:false|0|no|off)$/i;
const star = /^['"]?\*['"]?$/;
const mlflow = 'https://mlflow.org/docs/latest/self-hosting/security/network/';
const streamlit = 'https://docs.streamlit.io/develop/api-reference/configuration/config.toml';

const anyHost = {
  about: 'origin',
  severity: 'medium',
  consequence:
    'the tracker no longer checks which host a request is for, so a web page can reach it by DNS rebinding from the browser of a colleague',
  instead: 'name the hosts that it is called by',
  source: mlflow,
  mend: 'remove',
} as const;
const anyPage = {
  about: 'origin',
  severity: 'medium',
  consequence: 'any web page that a colleague has open may call the tracker from their browser',
  instead: 'name the pages that need it',
  source: mlflow,
  mend: 'remove',
} as const;
const noXsrf = {
  about: 'origin',
  severity: 'medium',
  consequence: 'other web pages can act in the app in the name of whoever has it open',
  instead: 'leave it on',
  source: streamlit,
  mend: 'remove',
} as const;

export const trackerSettings: readonly TrackerSetting[] = [
  { id: 'mlflow-any-host', flag: /^--allowed-hosts=['"]?\*['"]?$/, ...anyHost },
  { id: 'mlflow-any-host', env: { name: 'MLFLOW_SERVER_ALLOWED_HOSTS', value: star }, ...anyHost },
  { id: 'mlflow-any-host', env: { name: 'MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE', value: yes }, ...anyHost },
  { id: 'mlflow-any-page', flag: /^--cors-allowed-origins=['"]?\*['"]?$/, ...anyPage },
  { id: 'mlflow-any-page', env: { name: 'MLFLOW_SERVER_CORS_ALLOWED_ORIGINS', value: star }, ...anyPage },
  { id: 'streamlit-xsrf', flag: /^--server\.enableXsrfProtection=false$/i, ...noXsrf },
  { id: 'streamlit-xsrf', env: { name: 'STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION', value: no }, ...noXsrf },
  {
    id: 'gradio-share',
    about: 'tunnel',
    env: { name: 'GRADIO_SHARE', value: yes },
    severity: 'high',
    consequence: 'the app opens a tunnel to a public address of Gradio’s, past every firewall, and anyone with the link can use it',
    instead: 'remove it, and publish the app through an ingress that authenticates',
    source: 'https://www.gradio.app/guides/sharing-your-app',
    mend: 'remove',
  },
  {
    id: 'langfuse-signup',
    about: 'sign-up',
    env: { name: 'AUTH_DISABLE_SIGNUP', value: no },
    severity: 'low',
    consequence: 'whoever reaches the page of Langfuse can make an account',
    instead: 'set it to true and invite people, or let single sign-on decide',
    source: 'https://langfuse.com/self-hosting/security/authentication-and-sso',
    mend: { to: 'true' },
  },
  {
    id: 'label-studio-signup',
    about: 'sign-up',
    env: { name: 'LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK', value: no },
    severity: 'low',
    consequence: 'whoever reaches the page of Label Studio can make an account and see the organisation’s data',
    instead: 'set it to true and invite people by link',
    source: 'https://labelstud.io/guide/signup',
    mend: { to: 'true' },
  },
  {
    id: 'open-webui-role',
    about: 'sign-up',
    env: { name: 'DEFAULT_USER_ROLE', value: /^admin$/i },
    severity: 'high',
    consequence: 'whoever signs up is an administrator, with the model keys and the Python functions behind the page',
    instead: 'leave it at `pending`, so that somebody admits new people',
    source: 'https://docs.openwebui.com/getting-started/env-configuration/',
    mend: { to: 'pending' },
  },
  {
    id: 'phoenix-auth',
    about: 'sign-up',
    env: { name: 'PHOENIX_ENABLE_AUTH', value: no },
    severity: 'medium',
    consequence: 'Phoenix shows the traces, prompts and answers in them included, to whoever reaches it',
    instead: 'set it to true, with `PHOENIX_SECRET` from a Secret',
    source: 'https://arize.com/docs/phoenix/self-hosting/features/authentication',
  },
  {
    id: 'ollama-debug',
    about: 'prompts',
    env: { name: 'OLLAMA_DEBUG', value: yes },
    severity: 'low',
    consequence: 'prompts are written to the log of the server',
    instead: 'remove it outside of development',
    source: 'https://docs.ollama.com/troubleshooting',
    mend: 'remove',
  },
  {
    id: 'vllm-log-requests',
    about: 'prompts',
    flag: /^--enable-log-(?:requests|outputs)(?:=true)?$/i,
    severity: 'low',
    consequence: 'prompts or answers are written to the log of the server',
    instead: 'remove it, or send the log where prompts may be kept',
    source: 'https://docs.vllm.ai/en/latest/cli/serve/',
    mend: 'remove',
  },
  {
    id: 'litellm-debug',
    about: 'prompts',
    env: { name: 'LITELLM_LOG', value: /^DEBUG$/i },
    severity: 'low',
    consequence: 'requests to the model providers, prompts included, are written to the log of the gateway',
    instead: 'use INFO or ERROR',
    source: 'https://docs.litellm.ai/docs/proxy/debugging',
    mend: { to: 'INFO' },
  },
  {
    id: 'chroma-reset',
    about: 'vectors',
    env: { name: 'ALLOW_RESET', value: yes },
    severity: 'medium',
    consequence: 'one request of anyone who reaches Chroma deletes every collection',
    instead: 'remove it outside of tests',
    source: 'https://docs.trychroma.com/reference/python/client',
    mend: 'remove',
  },
  {
    id: 'milvus-authorization',
    about: 'vectors',
    env: { name: 'COMMON_SECURITY_AUTHORIZATIONENABLED', value: no },
    severity: 'medium',
    consequence: 'whoever reaches Milvus reads, changes and drops every collection without a password',
    instead: 'set it to true and change the password of `root`',
    source: 'https://milvus.io/docs/authenticate.md',
    mend: { to: 'true' },
  },
  {
    id: 'opensearch-security',
    about: 'vectors',
    env: { name: 'plugins.security.disabled', value: yes },
    severity: 'high',
    consequence: 'whoever reaches the index reads and changes it without a password',
    instead: 'leave the security plugin on',
    source: 'https://docs.opensearch.org/latest/security/configuration/disable-enable-security/',
  },
];
