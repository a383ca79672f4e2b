import type { ErrorCode } from 'yaml';

/** The YAML parser's error codes in words, without any of the file's text: a parser's own message may quote a secret. */
export function yamlErrorWords(code: ErrorCode): { message: string; remedy: string } {
  const words = table[code];
  return words
    ? { message: words[0], remedy: words[1] }
    : { message: 'This is not valid YAML.', remedy: 'Check the indentation and the quotes here.' };
}

const table: Readonly<Partial<Record<ErrorCode, readonly [string, string]>>> = {
  ALIAS_PROPS: ['An alias (`*name`) cannot carry a tag or an anchor.', 'Put the tag or the anchor on the aliased value.'],
  BAD_ALIAS: ['This anchor or alias has no usable name.', 'Name it with letters, digits, `-` and `_`.'],
  BAD_DIRECTIVE: ['This line starts with `%` but is not a YAML directive.', 'Quote the value, or remove the line.'],
  BAD_DQ_ESCAPE: ['A double-quoted text holds an escape that YAML does not know.', 'Write a backslash as `\\\\`, or use single quotes.'],
  BAD_INDENT: ['The indentation does not fit the lines around it.', 'Indent the line as its neighbours are, with spaces.'],
  BAD_SCALAR_START: ['A value starts with a character that needs quotes.', 'Put the value in quotes.'],
  BLOCK_AS_IMPLICIT_KEY: [
    'A second `key:` stands on the same line, where only a value may be.',
    'Put the value in quotes, or move the inner map to its own lines.',
  ],
  BLOCK_IN_FLOW: [
    'An indented list or map stands inside `[...]` or `{...}`.',
    'Use one style: either brackets with commas, or indented lines.',
  ],
  MISSING_CHAR: [
    'A character is missing here: a closing quote or bracket, a comma, a colon, or a space.',
    'Check that quotes and brackets are closed and that `:` and `-` are followed by a space.',
  ],
  MULTILINE_IMPLICIT_KEY: [
    'A key spreads over several lines, or its `:` is missing.',
    'Write `key: value` on one line and check the indentation.',
  ],
  MULTIPLE_ANCHORS: ['A value has two anchors.', 'Keep one `&name`.'],
  MULTIPLE_TAGS: ['A value has two tags.', 'Keep one `!Tag`; nest functions in their long form (`Fn::...`).'],
  TAB_AS_INDENT: ['A tab is used for indentation; YAML allows only spaces.', 'Replace the tab by spaces.'],
  TAG_RESOLVE_FAILED: ['This tag cannot be read.', 'Check the spelling after `!`.'],
  UNEXPECTED_TOKEN: [
    'Text stands where YAML does not expect it.',
    'Check the quotes and the indentation of this line and the one before it.',
  ],
};
