// A tree is a map from field to { need, form, default?, fields? }. `need`: r(equired), o(ptional), c(omputed: only the provider sets it).
// `form` with `fields`: block, object (an attribute that holds a structure), map (any key, each with these fields), open (these fields and
// any other), each with `[]` per list around it. `form` without: the scalar's type, `map<…>`, or `any` (`json` in CloudFormation).

/** Shorter structures are repeated rather than named. In characters of JSON. */
const worthNaming = 160;

/** Writes trees as JSON text: a line for each field of each type. Structures that appear more than once are written once, under `shared`. */
export function written(about, types) {
  const texts = new Map();
  const counts = new Map();
  const textOf = (fields) => {
    if (!texts.has(fields))
      texts.set(
        fields,
        JSON.stringify(inOrder(fields).map(([name, field]) => [name, head(field), field.fields ? textOf(field.fields) : 0])),
      );
    return texts.get(fields);
  };
  const count = (fields) => {
    for (const field of Object.values(fields)) {
      if (!field.fields) continue;
      const text = textOf(field.fields);
      const seen = counts.get(text) ?? 0;
      counts.set(text, seen + 1);
      if (seen === 0) count(field.fields);
    }
  };
  const ordered = [...types].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [, fields] of ordered) count(fields);

  const names = new Map();
  const shared = new Map();
  const nameFor = (wish, fields) => {
    const text = textOf(fields);
    if (names.has(text)) return names.get(text);
    let name = wish;
    for (let n = 2; shared.has(name); n += 1) name = `${wish}-${n}`;
    names.set(text, name);
    shared.set(name, undefined);
    shared.set(name, plain(fields));
    return name;
  };
  const plain = (fields) =>
    Object.fromEntries(
      inOrder(fields).map(([name, field]) => {
        if (!field.fields) return [name, head(field)];
        const text = textOf(field.fields);
        if ((counts.get(text) ?? 0) > 1 && text.length >= worthNaming) return [name, `${head(field)} @${nameFor(name, field.fields)}`];
        return [name, { '': head(field), ...plain(field.fields) }];
      }),
    );
  const out = ordered.map(([type, fields]) => [type, plain(fields)]);
  return `{\n"about": ${JSON.stringify(about, null, 1).replaceAll(/\n */g, ' ')},\n"shared": ${block([...shared].toSorted(([a], [b]) => (a < b ? -1 : 1)))},\n"types": ${block(out)}\n}\n`;
}

const block = (entries) =>
  `{\n${entries
    .map(([name, fields]) => {
      const lines = Object.entries(fields).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
      return ` ${JSON.stringify(name)}: {\n${lines.join(',\n')}\n }`;
    })
    .join(',\n')}\n}`;

const inOrder = (fields) => Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
const head = ({ need, form, default: value }) => `${need}:${form}${value === undefined ? '' : `=${JSON.stringify(value)}`}`;

/**
 * Custom kinds repeat Kubernetes' own structures (a pod spec, an affinity, a probe), each in the release that its project was built with.
 * Where all fields of a structure, and of the structures in it, are fields of one of Kubernetes' own, and are most of them, it is that one.
 */
export function asKubernetesOwn(custom, own) {
  const known = new Map();
  const collect = (fields) => {
    const names = Object.keys(fields);
    const key = `${names.toSorted().join()} ${JSON.stringify(fields).length}`;
    if (names.length >= 4 && !known.has(key)) known.set(key, fields);
    for (const field of Object.values(fields)) if (field.fields) collect(field.fields);
  };
  for (const fields of own.values()) collect(fields);
  const bySize = [...known.values()].toSorted((a, b) => Object.keys(a).length - Object.keys(b).length);
  const metadata = own.get('v1/Pod').metadata.fields;

  const replaced = (fields) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, field]) => {
        if (field.like === 'ObjectMeta') return [name, { need: field.need, form: field.form, fields: metadata }];
        if (!field.fields) return [name, field];
        const size = Object.keys(field.fields).length;
        const same = size >= 4 && bySize.find((one) => size >= Object.keys(one).length * 0.6 && covers(one, field.fields));
        return [name, { ...field, fields: same || replaced(field.fields) }];
      }),
    );
  return new Map([...custom].map(([type, fields]) => [type, replaced(fields)]));
}

const covers = (own, custom) =>
  Object.entries(custom).every(([name, { fields }]) => {
    const there = own[name];
    if (!there) return false;
    return fields ? there.fields !== undefined && covers(there.fields, fields) : there.fields === undefined || there.form === 'any';
  });
