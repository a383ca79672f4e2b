import { embedded } from '../model/embedded.ts';
import type { Located, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import type { Grant, Patterns, PolicyKind, Principals } from './grants.ts';
import { child, located } from './inside.ts';
import { hole, isWhole, spell } from './policy-text.ts';
import { isMissing, textOf, textsOf } from './setting.ts';

/** The statements of a policy in the language of JSON, whatever holds it: a text, `jsonencode`, a map of a template. */
export function jsonStatements(resource: Resource, kind: PolicyKind, policy: Located, world: World): readonly Grant[] {
  const all = child(located(embedded(policy), policy), 'Statement');
  const each = all.is === 'list' ? all.items.map((item, i) => located(item, all, i)) : [all];
  return each.flatMap((at): Grant[] => {
    if (at.is !== 'map') return [];
    const effect = child(at, 'Effect');
    return [
      {
        resource,
        kind,
        at,
        sid: textOf(child(at, 'Sid')),
        effect: effectOf(effect),
        actions: patterns(child(at, 'Action'), child(at, 'NotAction')),
        resources: patterns(child(at, 'Resource'), child(at, 'NotResource'), world),
        principals: principalsOf(child(at, 'Principal'), child(at, 'NotPrincipal'), world),
        conditions: child(at, 'Condition'),
      },
    ];
  });
}

/** Whether every statement of a policy is seen. */
export function isReadable(policy: Located): boolean {
  const body = embedded(policy);
  const all = body.is === 'map' ? body.entries.get('Statement') : undefined;
  if (all?.is === 'map') return true;
  return all?.is === 'list' && all.open !== true && all.items.every((item) => item.is === 'map');
}

/** The blocks of an `aws_iam_policy_document`; a statement that says nothing of its effect allows. */
export function documentStatements(resource: Resource, kind: PolicyKind, world: World): readonly Grant[] {
  return resource.items('statement').map((statement) => {
    const effect = statement.attr('effect');
    const principals = statement.items('principals');
    const type = (view: (typeof principals)[number]): string => textOf(view.attr('type')) ?? '';
    const named = (view: (typeof principals)[number]): readonly string[] => textsOf(view.attr('identifiers')).texts;
    return {
      resource,
      kind,
      at: { ...statement.value, of: resource, path: statement.path },
      sid: textOf(statement.attr('sid')),
      effect: effect.is === 'absent' ? 'allow' : effectOf(effect),
      actions: patterns(statement.attr('actions'), statement.attr('not_actions')),
      resources: patterns(statement.attr('resources'), statement.attr('not_resources'), world),
      principals: {
        at: statement.attr('principals'),
        anyone: principals.some((view) => /^(?:\*|AWS)$/.test(type(view)) && named(view).includes('*')),
        named: principals.flatMap(named),
        federated: principals
          .filter((view) => type(view) === 'Federated')
          .flatMap((view) => spellAll(view.attr('identifiers'), world).texts),
        complete:
          statement.attr('not_principals').is === 'absent' && principals.every((view) => textsOf(view.attr('identifiers')).complete),
      },
      conditions: statement.attr('condition'),
    };
  });
}

function effectOf(value: Value): Grant['effect'] {
  const effect = textOf(value);
  return effect === 'Allow' ? 'allow' : effect === 'Deny' ? 'deny' : 'unknown';
}

/** With a world, references to buckets are spelled out; an action is never a reference. */
function patterns(these: Located, butThese: Located, world?: World): Patterns {
  const except = !isMissing(butThese);
  const at = except ? butThese : these;
  return { at, except, ...spellAll(at, world) };
}

function spellAll(value: Located, world?: World): Pick<Patterns, 'texts' | 'places' | 'complete'> {
  const items = value.is === 'list' ? value.items : value.is === 'absent' ? [] : [value];
  const texts: string[] = [];
  const places: Located[] = [];
  let complete = !(value.is === 'list' && value.open === true);
  for (const item of items) {
    const text = world ? spell(item, world) : spellPlain(item);
    if (text !== undefined && text !== hole) {
      texts.push(text);
      places.push({ ...item, of: value.of, path: value.path });
    }
    if (text === undefined || !isWhole(text)) complete = false;
  }
  return { texts, places, complete };
}

function spellPlain(value: Value): string | undefined {
  if (value.is === 'unknown') return value.parts?.map((part) => part ?? hole).join('');
  return textOf(value);
}

/** `"*"`, `{"AWS": "*"}`, `{"Service": [...]}`. */
function principalsOf(at: Located, butThese: Located, world: World): Principals {
  const parts = at.is === 'map' ? [...at.entries] : [['AWS', at] as const];
  const named = parts.map(([type, value]) => ({ type, ...textsOf(value) }));
  const federated = at.is === 'map' ? child(at, 'Federated') : undefined;
  return {
    at,
    anyone: named.some(({ type, texts }) => type === 'AWS' && texts.includes('*')),
    named: named.flatMap(({ texts }) => texts),
    federated: federated ? spellAll(federated, world).texts : [],
    complete: butThese.is === 'absent' && at.is !== 'unknown' && named.every(({ complete }) => complete),
  };
}
