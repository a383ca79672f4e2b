import { describe, expect, test } from 'vitest';
import type { Fix } from '../../src/engine/rule.ts';
import { applyFixes } from '../../src/fix/apply-fixes.ts';
import { fixture, type Fixture } from './located.ts';

interface Row {
  readonly name: string;
  readonly before: string;
  readonly fix: (f: Fixture) => readonly Fix[];
  /** Absent when the fix can't be made. */
  readonly after?: string;
}

const rows: readonly Row[] = [
  {
    name: 'sets a literal and keeps its comment',
    before: 'resource "a" "b" {\n  open  = true # for now\n  named = "x"\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('open'), to: false }],
    after: 'resource "a" "b" {\n  open  = false # for now\n  named = "x"\n}\n',
  },
  {
    name: 'quotes and escapes text',
    before: 'resource "a" "b" {\n  named = "x"\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('named'), to: 'a "${b}" \\ %{if}' }],
    after: 'resource "a" "b" {\n  named = "a \\"$${b}\\" \\\\ %%{if}"\n}\n',
  },
  {
    name: 'writes source text as it is',
    before: 'resource "a" "b" {\n  key = "x"\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('key'), to: { raw: 'aws_kms_key.models.arn' } }],
    after: 'resource "a" "b" {\n  key = aws_kms_key.models.arn\n}\n',
  },
  {
    name: 'replaces a null',
    before: 'resource "a" "b" {\n  key = null\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('key'), to: true }],
    after: 'resource "a" "b" {\n  key = true\n}\n',
  },
  {
    name: 'replaces an expression that takes nothing from elsewhere',
    before: 'resource "a" "b" {\n  on = !true\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('on'), to: true }],
    after: 'resource "a" "b" {\n  on = true\n}\n',
  },
  {
    name: 'leaves a value that comes from a variable',
    before: 'resource "a" "b" {\n  on = x\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('on'), to: true }],
  },
  {
    name: 'leaves a heredoc',
    before: 'resource "a" "b" {\n  on = <<EOT\nx\nEOT\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('on'), to: 'y' }],
  },
  {
    name: 'adds an attribute after the last one, aligned',
    before: 'resource "a" "b" {\n  name = "x" # c\n\n  nested {\n    x = 1\n  }\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('enable_network_isolation'), to: true }],
    after: 'resource "a" "b" {\n  name                     = "x" # c\n  enable_network_isolation = true\n\n  nested {\n    x = 1\n  }\n}\n',
  },
  {
    name: 'does not align where the authors do not',
    before: 'resource "a" "b" {\n  name = "x"\n  longer_name = "x"\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('z'), to: true }],
    after: 'resource "a" "b" {\n  name = "x"\n  longer_name = "x"\n  z = true\n}\n',
  },
  {
    name: 'adds to an empty block on one line',
    before: 'resource "a" "b" {}\n',
    fix: ({ at }) => [{ do: 'set', at: at('on'), to: true }],
    after: 'resource "a" "b" {\n  on = true\n}\n',
  },
  {
    name: 'opens a block on one line',
    before: 'resource "a" "b" {\n  versioning { enabled = true }\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('versioning', 'mfa_delete'), to: true }],
    after: 'resource "a" "b" {\n  versioning {\n    enabled    = true\n    mfa_delete = true\n  }\n}\n',
  },
  {
    name: 'adds before nested blocks where there is no attribute',
    before: 'resource "a" "b" {\n  nested {\n    x = 1\n  }\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('on'), to: true }],
    after: 'resource "a" "b" {\n  on = true\n\n  nested {\n    x = 1\n  }\n}\n',
  },
  {
    name: 'creates a missing nested block once for several settings',
    before: 'resource "a" "b" {\n  name = "x"\n}\n',
    fix: ({ at }) => [
      { do: 'set', at: at('options', 'http_tokens'), to: 'required' },
      { do: 'set', at: at('options', 0, 'http_endpoint'), to: 'enabled' },
      { do: 'set', at: at('on'), to: true },
    ],
    after:
      'resource "a" "b" {\n  name = "x"\n  on   = true\n\n  options {\n    http_tokens   = "required"\n    http_endpoint = "enabled"\n  }\n}\n',
  },
  {
    name: 'adds to a nested block',
    before: 'resource "a" "b" {\n  nested {\n    x = 1\n  }\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('nested', 'longer'), to: [1, 2] }],
    after: 'resource "a" "b" {\n  nested {\n    x      = 1\n    longer = [1, 2]\n  }\n}\n',
  },
  {
    name: 'adds to an object in its own manner',
    before: 'resource "a" "b" {\n  tags = {\n    "one" : 1,\n    "two" : 2\n  }\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('tags', 'three'), to: 3 }],
    after: 'resource "a" "b" {\n  tags = {\n    "one" : 1,\n    "two" : 2,\n    "three": 3\n  }\n}\n',
  },
  {
    name: 'adds to an object on one line',
    before: 'resource "a" "b" {\n  tags = { one = 1 }\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('tags', 'two'), to: 2 }],
    after: 'resource "a" "b" {\n  tags = { one = 1, two = 2 }\n}\n',
  },
  {
    name: 'adds to an aligned object',
    before: 'resource "a" "b" {\n  tags = {\n    one = 1\n  }\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('tags', 'three'), to: 3 }],
    after: 'resource "a" "b" {\n  tags = {\n    one   = 1\n    three = 3\n  }\n}\n',
  },
  {
    name: 'adds to what a dynamic block makes',
    before: 'resource "a" "b" {\n  dynamic "rule" {\n    for_each = x\n    content {\n      a = 1\n    }\n  }\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('dynamic', 'on'), to: true }],
    after: 'resource "a" "b" {\n  dynamic "rule" {\n    for_each = x\n    content {\n      a  = 1\n      on = true\n    }\n  }\n}\n',
  },
  {
    name: 'does not take out what a dynamic block makes',
    before: 'resource "a" "b" {\n  dynamic "rule" {\n    for_each = x\n    content {\n      a = 1\n    }\n  }\n}\n',
    fix: ({ at }) => [{ do: 'remove', at: at('dynamic') }],
  },
  {
    name: 'has nothing to take out where nothing is',
    before: 'resource "a" "b" {\n  x = 1\n}\n',
    fix: ({ at }) => [{ do: 'remove', at: at('y') }],
  },
  {
    name: 'takes out a whole resource',
    before: 'resource "a" "b" {\n  x = 1\n}\n\nresource "c" "d" {}\n',
    fix: ({ resource }) => [{ do: 'remove', at: resource }],
    after: 'resource "c" "d" {}\n',
  },
  {
    name: 'takes the one attribute out of a block on one line',
    before: 'resource "a" "b" {\n  v { on = true }\n}\n',
    fix: ({ at }) => [{ do: 'remove', at: at('v', 'on') }],
    after: 'resource "a" "b" {\n  v {}\n}\n',
  },
  {
    name: 'keeps CRLF and tabs',
    before: 'resource "a" "b" {\r\n\tname = "x"\r\n}\r\n',
    fix: ({ at }) => [{ do: 'set', at: at('on'), to: true }],
    after: 'resource "a" "b" {\r\n\tname = "x"\r\n\ton   = true\r\n}\r\n',
  },
  {
    name: 'removes an attribute with its comment, and closes the alignment',
    before: 'resource "a" "b" {\n  name        = "x"\n  longer_name = "y" # why\n}\n',
    fix: ({ at }) => [{ do: 'remove', at: at('longer_name') }],
    after: 'resource "a" "b" {\n  name = "x"\n}\n',
  },
  {
    name: 'removes a block and one of the blank lines around it',
    before: 'resource "a" "b" {\n  name = "x"\n\n  nested {\n    x = 1\n  }\n}\n',
    fix: ({ at }) => [{ do: 'remove', at: at('nested') }],
    after: 'resource "a" "b" {\n  name = "x"\n}\n',
  },
  {
    name: 'removes an item on the same line',
    before: 'resource "a" "b" {\n  list = ["a", "b", "c"]\n}\n',
    fix: ({ at }) => [{ do: 'remove', at: at('list', 1) }],
    after: 'resource "a" "b" {\n  list = ["a", "c"]\n}\n',
  },
  {
    name: 'removes the last item on the same line',
    before: 'resource "a" "b" {\n  list = ["a", "b"]\n}\n',
    fix: ({ at }) => [{ do: 'remove', at: at('list', 1) }],
    after: 'resource "a" "b" {\n  list = ["a"]\n}\n',
  },
  {
    name: 'removes an item on its own line',
    before: 'resource "a" "b" {\n  list = [\n    "a", # first\n    "b" # second\n  ]\n}\n',
    fix: ({ at }) => [{ do: 'remove', at: at('list', 1) }],
    after: 'resource "a" "b" {\n  list = [\n    "a", # first\n  ]\n}\n',
  },
  {
    name: 'removes an entry of an object',
    before: 'resource "a" "b" {\n  tags = {\n    one   = 1\n    three = 3\n  }\n}\n',
    fix: ({ at }) => [{ do: 'remove', at: at('tags', 'three') }],
    after: 'resource "a" "b" {\n  tags = {\n    one = 1\n  }\n}\n',
  },
  {
    name: 'appends a block after the resource',
    before: 'resource "a" "b" {\n} # end\n\nresource "c" "d" {}',
    fix: ({ resource }) => [{ do: 'append', after: resource, text: 'resource "e" "f" {\n  a = 1\n}\n' }],
    after: 'resource "a" "b" {\n} # end\n\nresource "e" "f" {\n  a = 1\n}\n\nresource "c" "d" {}',
  },
  {
    name: 'writes an object over lines, aligned',
    before: 'resource "a" "b" {\n  name = "x"\n}\n',
    fix: ({ at }) => [{ do: 'set', at: at('tags'), to: { a: 1, 'b c': { d: [] }, e: [{ f: 'g' }] } }],
    after:
      'resource "a" "b" {\n  name = "x"\n  tags = {\n    a = 1\n    "b c" = {\n      d = []\n    }\n    e = [\n      {\n        f = "g"\n      },\n    ]\n  }\n}\n',
  },
];

describe('HCL', () => {
  test.each(rows)('$name', ({ before, fix, after }) => {
    const f = fixture('main.tf', before);
    expect(applyFixes(fix(f), f.documents)?.get('main.tf')).toBe(after);
  });
});
