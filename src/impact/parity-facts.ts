import { podsOf } from '../concepts/container.ts';
import { withoutEnvironment } from '../facts/environment-words.ts';
import type { Resource } from '../model/resource.ts';
import type { Origin, Value } from '../model/value.ts';

/** What one environment has of something that environments should have alike. `text` is safe to print. */
export interface ParityFact {
  readonly text: string;
  readonly origins: readonly Origin[];
}

/** Names of settings that should not differ without a reason: versions, access, network, encryption, logging. */
const compared =
  /encrypt|kms_key|public|isolation|logging|capture|retention|auth|privileged|readonly|read_only|runasnonroot|run_as_non_root|version$|tls|ssl|deletion_protection|network_access|http_tokens|root_access|internet/i;
/** Differ by nature, or may hold what nobody should read. */
const left = /secret|password|token$|credential|api_?key|arn$|_id$|name$|tags|labels|annotations|certificate|resourceVersion|apiVersion/i;
const plainWord = /^[\w.:/@+-]{1,80}$/;
const mostValues = 400;
const mostDepth = 8;

/** The settings of a resource that its twins in other environments should share, by a name that people understand. */
export function parityFacts(resource: Resource): ReadonlyMap<string, ParityFact> {
  const facts = new Map<string, ParityFact>();
  for (const pod of podsOf(resource))
    for (const container of pod.containers) {
      const image = container.attr('image');
      const of = container.name === '' ? '' : ` of ${container.name}`;
      if (image.is === 'known') put(facts, `image${of}`, String(image.value), image.origins);
      const args = container.attr('args');
      if (args.is === 'list' && args.items.every((item) => item.is === 'known'))
        put(facts, `arguments${of}`, flags(args.items), args.origins);
    }
  let seen = 0;
  const walk = (value: Value, path: readonly string[]): void => {
    if (seen++ > mostValues || path.length > mostDepth) return;
    if (value.is === 'list') value.items.forEach((item, i) => walk(item, value.items.length > 1 ? [...path, String(i)] : path));
    else if (value.is === 'map') for (const [key, item] of value.entries) if (!left.test(key)) walk(item, [...path, key]);
    if (value.is === 'known' && compared.test(path.at(-1) ?? '')) put(facts, path.join('.'), String(value.value), value.origins);
  };
  walk(resource.value, []);
  return facts;
}

function put(facts: Map<string, ParityFact>, aspect: string, text: string, origins: readonly Origin[]): void {
  if (plainWord.test(text) || aspect.startsWith('arguments')) facts.set(aspect, { text, origins });
}

/** Arguments by name, with the value where it is a plain short word and the name speaks of no secret; in the order of their names. */
function flags(items: readonly Value[]): string {
  const words = items.flatMap((item) => (item.is === 'known' ? [String(item.value)] : []));
  const shown = words.flatMap((word, i) => {
    if (!word.startsWith('-')) return [];
    const [name = '', inline] = word.split('=', 2);
    const next = words[i + 1];
    const value = inline ?? (next !== undefined && !next.startsWith('-') ? next : undefined);
    return value !== undefined && plainWord.test(value) && !/key|token|secret|pass|cred/i.test(name) ? [`${name}=${value}`] : [name];
  });
  return withoutEnvironment(shown.toSorted().join(' ').slice(0, 300));
}
