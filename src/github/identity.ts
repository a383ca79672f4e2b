import type { Probot } from 'probot';

/** Who the App is on GitHub. */
export interface Identity {
  readonly id: number;
  /** The login under which it writes: `<slug>[bot]`. Nobody else can have it. */
  readonly login: string;
  /** Where the rules' pages are, when the App's home page is a repository on GitHub: it has them in `docs/rules`. */
  readonly rulePages?: string;
}

/** Asks GitHub once who the App is; asks again after a failure. */
export function createIdentity(probot: Probot): () => Promise<Identity> {
  let known: Promise<Identity> | undefined;
  return () => {
    known ??= ask(probot).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

async function ask(probot: Probot): Promise<Identity> {
  const octokit = await probot.auth();
  const { data } = await octokit.rest.apps.getAuthenticated();
  if (!data?.slug) throw new Error('GitHub does not say the name of this App.');
  const pages = rulePagesAt(data.external_url);
  return { id: data.id, login: `${data.slug}[bot]`, ...(pages !== undefined && { rulePages: pages }) };
}

/** The App's home page is what `url` in app.yml says; only one that is a repository on GitHub has pages of rules. */
export function rulePagesAt(home: string): string | undefined {
  const repository = /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/?$/.test(home);
  return repository ? `${home.replace(/\/$/, '')}/blob/HEAD/docs/rules` : undefined;
}

/** The parts of a comment or a review that tell who wrote it. */
export interface Written {
  readonly user?: { readonly login?: string; readonly type?: string } | null;
  readonly performed_via_github_app?: { readonly id?: number } | null;
}

/** True when the App itself wrote it. A marker in the text is no proof: anyone can copy one. */
export function isOwn(written: Written, identity: Identity): boolean {
  if (written.user?.login !== identity.login || written.user.type !== 'Bot') return false;
  const via = written.performed_via_github_app?.id;
  return via === undefined || via === identity.id;
}
