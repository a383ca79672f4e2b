import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/documents/snapshot.ts';
import type { Fix } from '../../src/engine/rule.ts';
import { prove, type Judged } from '../../src/fix/prove.ts';
import { fixture, parse } from './located.ts';

const text = 'open: true\nname: x\n';
const f = fixture('a.yaml', text);
const head: Snapshot = new Map([['a.yaml', { path: 'a.yaml', sha: '1', text }]]);

/** Every line that holds `true` is a finding, and `forbidden` is another. */
function judge(snapshot: Snapshot): Judged {
  const out = { findings: [] as { key: string }[], problems: [] as Judged['problems'][number][] };
  for (const { path, text: content } of snapshot.values()) {
    for (const line of content.split('\n')) if (/true|forbidden/.test(line)) out.findings.push({ key: `${path} ${line}` });
    out.problems.push(...parse(path, content).errors);
  }
  return out;
}

const proof = (...fixes: readonly Fix[]) =>
  prove([{ key: 'a.yaml open: true' }], fixes, { head, documents: f.documents, judged: judge(head), judge });

describe('a fix is proven', () => {
  test('when its finding is gone and nothing else has come', () => {
    expect(proof({ do: 'set', at: f.at('open'), to: false })).toEqual({
      is: 'proven',
      texts: new Map([['a.yaml', 'open: false\nname: x\n']]),
    });
    expect(head.get('a.yaml')?.text).toBe(text);
  });

  test.each<[string, Fix, string]>([
    ['the finding stays', { do: 'set', at: f.at('name'), to: 'y' }, 'still there'],
    ['another comes', { do: 'set', at: f.at('open'), to: 'forbidden' }, 'another finding: a.yaml open: forbidden'],
    ['the file no longer reads', { do: 'replace', span: { file: 'a.yaml', start: 6, end: 10 }, text: '[' }, 'could not be read'],
    ['it can not be written', { do: 'set', at: f.at('other', 0, 'x'), to: 1 }, 'still there'],
    ['its file is not at hand', { do: 'replace', span: { file: 'b.yaml', start: 0, end: 0 }, text: 'x' }, 'cannot be written safely'],
    ['it changes nothing', { do: 'set', at: f.at('open'), to: true }, 'cannot be written safely'],
  ])('not when %s', (_, fix, why) => {
    const result = proof(fix);
    expect(result.is === 'unproven' && result.why).toContain(why);
  });

  test('not when two of its edits overlap', () => {
    const result = proof(
      { do: 'set', at: f.at('open'), to: false },
      { do: 'replace', span: { file: 'a.yaml', start: 0, end: 8 }, text: '' },
    );
    expect(result.is).toBe('unproven');
  });

  test('with problems that were there before', () => {
    const broken: Snapshot = new Map([...head, ['b.yaml', { path: 'b.yaml', sha: '2', text: 'a: [\n' }]]);
    const result = prove([{ key: 'a.yaml open: true' }], [{ do: 'set', at: f.at('open'), to: false }], {
      head: broken,
      documents: f.documents,
      judged: judge(broken),
      judge,
    });
    expect(result.is).toBe('proven');
  });
});
