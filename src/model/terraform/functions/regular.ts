import { ofTexts, type FunctionTable } from './define.ts';

/** `replace` takes a part between slashes as a pattern. */
export const regularExpressions: FunctionTable = {
  replace: ofTexts((s = '', part = '', by = '') => (part.length > 1 && part.startsWith('/') && part.endsWith('/') ? undefined : s.replaceAll(part, () => by)), 3),
};
