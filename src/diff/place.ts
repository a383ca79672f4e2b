/** Where a comment may stand on GitHub. `lines` are 1-based and inclusive; RIGHT is the head's side of the diff, LEFT the base's. */
export type Place =
  | { readonly is: 'lines'; readonly file: string; readonly side: 'RIGHT' | 'LEFT'; readonly from: number; readonly to: number }
  | { readonly is: 'file'; readonly file: string; readonly line: number }
  | { readonly is: 'summary'; readonly file: string; readonly line: number; readonly why: string };
