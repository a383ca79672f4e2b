/** Why a text can't be a pattern of paths, with what to do; undefined when it can. */
export function globFault(glob: string): { readonly message: string; readonly remedy: string } | undefined {
  const remedy = 'Write a path from the root of the repository, such as `modules/**` or `envs/*.tfvars`.';
  if (glob.trim() === '') return { message: 'is empty', remedy };
  if (glob.length > longest) return { message: `is longer than ${longest} characters`, remedy };
  if (/^\.?\//.test(glob))
    return { message: 'does not start at the root of the repository by its name', remedy: 'Leave out the `/` or `./` at its beginning.' };
  if (glob.includes('\\')) return { message: 'holds a backslash', remedy: 'Write `/` between directories.' };
  if (glob.startsWith('!')) return { message: 'starts with `!`, which means nothing here', remedy };
  if (/[[\]{}]/.test(glob))
    return {
      message: 'holds brackets, which are not wildcards here',
      remedy: 'Wildcards are `*`, `?` and `**`; write one line for each alternative.',
    };
  if (glob.split('/').includes('..')) return { message: 'leads out of its directory with `..`', remedy };
  return undefined;
}
const longest = 200;

/** The same for a place that images or modules come from: a host with as much of the path as one likes. */
export function sourceFault(pattern: string): { readonly message: string; readonly remedy: string } | undefined {
  const remedy = 'Write a host and as much of the path as you like, such as `ghcr.io/acme` or `*.dkr.ecr.*.amazonaws.com`.';
  if (pattern.includes('://')) return { message: 'holds a scheme', remedy: 'Leave out everything up to `://`.' };
  if (pattern === '' || /[\s@]/.test(pattern)) return { message: pattern === '' ? 'is empty' : 'holds a space or an `@`', remedy };
  const fault = globFault(pattern);
  return fault && { message: fault.message.replace('the root of the repository', 'a host'), remedy };
}

/**
 * Whether a path of the repository is meant by a pattern: `*` is any text within a name, `?` one character, `**` any number of directories.
 * A pattern whose last part has no wildcard names a file or a directory, and means all that is below it too. Takes time linear in the
 * path for each part of the pattern, whatever they hold.
 */
export function matchesPath(glob: string, path: string): boolean {
  const parts = glob.split('/').filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  const pattern = /[*?]/.test(last) ? parts : [...parts, '**'];
  // Row by row: after each part of the pattern, how many names of the path it may have taken.
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  let taken = new Set([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    const first = Math.min(...taken);
    if (part === '**') for (let i = first; i <= names.length; i++) next.add(i);
    else for (const i of taken) if (i < names.length && matchesName(part, names[i] ?? '')) next.add(i + 1);
    if (next.size === 0) return false;
    taken = next;
  }
  return taken.has(names.length);
}

/**
 * Whether everything that `narrow` means is meant by `wide` too, judged by how they are written: when in doubt it is not. `acme/**` covers
 * `acme/models`; `*.tfvars` does not cover `**`.
 */
export function coversPattern(wide: string, narrow: string): boolean {
  const explicit = (glob: string): readonly string[] => {
    const parts = glob.split('/').filter((part) => part !== '');
    return /[*?]/.test(parts.at(-1) ?? '') ? parts : [...parts, '**'];
  };
  const names = explicit(narrow);
  let taken = new Set([0]);
  for (const part of explicit(wide)) {
    const next = new Set<number>();
    const first = Math.min(...taken);
    if (part === '**') for (let i = first; i <= names.length; i++) next.add(i);
    // Any number of directories is more than one name of any kind.
    else for (const i of taken) if (names[i] !== undefined && names[i] !== '**' && matchesName(part, names[i])) next.add(i + 1);
    if (next.size === 0) return false;
    taken = next;
  }
  return taken.has(names.length);
}

/**
 * `*` and `?` within one name; a `*` in the name, which may be many characters, is only met by `*`. Going back to the last `*` is enough, so it
 * takes no more than pattern times name steps.
 */
function matchesName(pattern: string, name: string): boolean {
  let [p, n, star, from] = [0, 0, -1, 0];
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      from = n;
    } else if (p < pattern.length && ((pattern[p] === '?' && name[n] !== '*') || pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star !== -1) {
      p = star + 1;
      n = ++from;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
