/**
 * Tokens that can be told by their form alone. Sources: the issuers' documentation and GitHub's list of supported secret scanning patterns
 * (https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns). Every pattern is linear.
 */
export interface SecretFormat {
  readonly issuer: string;
  readonly pattern: RegExp;
  /** What whoever holds it can do. */
  readonly opens: string;
}

export const secretFormats: readonly SecretFormat[] = [
  {
    issuer: 'Hugging Face',
    pattern: /\bhf_[A-Za-z]{30,40}\b/,
    opens: 'read private models and data sets, or replace them when the token may write',
  },
  { issuer: 'Hugging Face organisation', pattern: /\bapi_org_[A-Za-z]{30,40}\b/, opens: 'act for the whole organisation on the hub' },
  { issuer: 'Anthropic', pattern: /\bsk-ant-[A-Za-z0-9]{2,10}-[A-Za-z0-9_-]{60,}/, opens: 'use models at your cost' },
  {
    issuer: 'OpenAI',
    pattern: /\bsk-(proj|svcacct|admin)-[A-Za-z0-9_-]{40,}|\bsk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}\b|\bsk-[A-Za-z0-9]{48}\b/,
    opens: 'use models at your cost and read stored files',
  },
  { issuer: 'NVIDIA NGC', pattern: /\bnvapi-[A-Za-z0-9_-]{40,}/, opens: 'pull private models and images and spend inference credits' },
  { issuer: 'Groq', pattern: /\bgsk_[A-Za-z0-9]{40,60}\b/, opens: 'use models at your cost' },
  { issuer: 'Replicate', pattern: /\br8_[A-Za-z0-9]{37}\b/, opens: 'use models at your cost' },
  { issuer: 'Pinecone', pattern: /\bpcsk_[A-Za-z0-9]{5,8}_[A-Za-z0-9]{50,}/, opens: 'read and change vector indexes' },
  { issuer: 'LangSmith', pattern: /\blsv2_(pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}\b/, opens: 'read traces with their prompts and answers' },
  { issuer: 'Google', pattern: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/, opens: 'use the APIs that the key allows at your cost' },
  { issuer: 'AWS', pattern: /\b(AKIA|ASIA)[A-Z2-7]{16}\b/, opens: 'act as the user it belongs to once its second half is known' },
  {
    issuer: 'GitHub',
    pattern: /\b(ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/,
    opens: 'act as its owner on repositories',
  },
  { issuer: 'GitLab', pattern: /\bglpat-[A-Za-z0-9_-]{20,}/, opens: 'act as its owner on repositories' },
  {
    issuer: 'Slack',
    pattern: /\bxox[abprs]-[A-Za-z0-9-]{20,}|hooks\.slack\.com\/services\/T[A-Z0-9]{8,}\/B[A-Z0-9]{8,}\/[A-Za-z0-9]{20,}/,
    opens: 'read or post messages',
  },
  { issuer: 'Databricks', pattern: /\bdapi[a-f0-9]{32}\b/, opens: 'act as its owner in the workspace' },
  { issuer: 'Stripe', pattern: /\b(sk|rk)_live_[A-Za-z0-9]{24,}/, opens: 'act on payments' },
  { issuer: 'Azure storage', pattern: /AccountKey=[A-Za-z0-9+/]{80,}={0,2}/, opens: 'read and change everything in the storage account' },
  {
    issuer: 'private key',
    pattern: /-----BEGIN ([A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/=]{20}/,
    opens: 'act as whoever the key belongs to',
  },
];

/** Nearly every text holds none of them, which one look tells. */
const anyFormat = new RegExp(secretFormats.map(({ pattern }) => `(?:${pattern.source})`).join('|'));

/** The shortest is that of AWS. */
const leastLength = 20;

/** The issuer's format that stands anywhere in a text. Long texts are read only in part: a token stands in the first 20,000 characters. */
export function secretFormatIn(text: string): SecretFormat | undefined {
  if (text.length < leastLength) return undefined;
  const part = text.length > 20_000 ? text.slice(0, 20_000) : text;
  if (!anyFormat.test(part)) return undefined;
  return secretFormats.find((format) => {
    const match = format.pattern.exec(part);
    return match !== null && !isPlaceholder(match[0]);
  });
}

/** Passwords that products ship with or that their quick starts use: known to everybody, so the account is as good as open. */
const wellKnown = new Set(
  ['admin', 'administrator', 'password', 'passw0rd', 'p@ssw0rd', 'root', 'postgres', 'postgresql', 'mysql', 'mariadb', 'redis', 'minio', 'minioadmin', 'minio123', 'mlflow',
   'mlflow123', 'mongo', 'neo4j', 'rabbitmq', 'guest', 'grafana', 'prom-operator', 'airflow', 'jupyter', 'kubeflow', '12341234', 'milvus', 'qdrant', 'weaviate', 'langfuse',
   'elastic', 'opensearch', '0p3n-w3bu!', 'sk-1234', 'secret', 'test', 'test123', 'password1', 'password123', 'admin123', 'welcome1', '1234', '12345', '123456', '12345678',
   '123456789', 'qwerty', 'letmein'], // prettier-ignore
);
export const isWellKnownPassword = (value: string): boolean => wellKnown.has(value.toLowerCase());

/** True for text that only says where a secret belongs: an instruction, a reference, a template, a masked example. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text === '' || references.test(text)) return true;
  if (/[<>]/.test(text) && /<[^<>]{1,80}>/.test(text)) return true;
  if (/(.)\1{5,}/.test(text) && /x{6}|X{6}|\*{6}|\.{6}|0{6}|_{6}/.test(text)) return true;
  if (madePublic.test(text)) return true;
  return words.test(text);
}

/**
 * Keys that everybody has: the storage emulator's (https://learn.microsoft.com/azure/storage/common/storage-use-azurite#well-known-storage-account-and-key)
 * and PostHog's of a project, which stands in web pages and only sends events (https://posthog.com/docs/api#authentication); and what counts
 * up, as no key does.
 */
const madePublic =
  /^AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsu|^phc_[A-Za-z0-9]{30,}$|a1b2c3d4|^([a-f0-9])\1{3}([a-f0-9])\2{3}$/;

const references =
  /^(\$|%|@@|!|ref\+|vault:|op:\/\/|secret:|sm:\/\/|ssm:|arn:|env[.:]|env\(|file:|\/|\.\/|ENC\[|projects\/|var\.|local\.|data\.|module\.|[Nn]one$|null$|nil$|true$|false$|n\/a$)|\{\{|\$\{|\$\(/;
const words =
  /change[-_ ]?(me|this|it)|replace[-_ ]?(me|this|with)|example|sample|dummy|fake|placeholder|redacted|insert[-_ ]|fill[-_ ](me|in)|todo|tbd|your[-_ ]|my[-_](secret|token|password|key|api)|^(x+|\*+|\.+|-+|_+)$|to[-_ ]be[-_ ]|not[-_ ]?(used|needed|set|required)|unused|^empty$|generated?$|^default$|^string$/i;
