const mostRemembered = 5000;

/** A test of short texts that come again and again, as keys do, with its answers kept; no more of them than a few thousand at a time. */
export function remembered(test: (text: string) => boolean): (text: string) => boolean {
  const answers = new Map<string, boolean>();
  return (text) => {
    const before = answers.get(text);
    if (before !== undefined) return before;
    const answer = test(text);
    if (answers.size >= mostRemembered) answers.clear();
    answers.set(text, answer);
    return answer;
  };
}

/** What is made of an object alone, made once for each however often it is asked for. */
export function onceForEach<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const made = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    const before = made.get(of);
    if (before) return before.value;
    const value = make(of);
    made.set(of, { value });
    return value;
  };
}

/** The same for what is made of an object and of what it stands in: a resource and its world. */
export function onceForEachIn<K extends object, W extends object, V>(make: (of: K, within: W) => V): (of: K, within: W) => V {
  const madeIn = onceForEach((within: W) => onceForEach((of: K) => make(of, within)));
  return (of, within) => madeIn(within)(of);
}
