import { marked } from 'marked';
import { commented, linesAround, suggestionOf, type Shown, type ShownComment } from './shown.ts';

/** The review as one self-contained page: no script, nothing fetched. */
export function asPage(shown: Shown): string {
  const files = [...new Set(shown.comments.map((comment) => comment.path))].toSorted();
  const conclusion = escape(shown.check.conclusion);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escape(shown.title)}</title>
<style>${style}</style>
<main>
<h1>${escape(shown.title)}</h1>
${shown.note ? box('plumbline', 'commented', markdown(shown.note)) : ''}
${shown.review ? box('plumbline', 'reviewed', markdown(shown.review)) : ''}
${files
  .map(
    (path) =>
      `<section class="file"><h2>${escape(path)}</h2>${shown.comments
        .filter((c) => c.path === path)
        .map((c) => comment(shown, c))
        .join('\n')}</section>`,
  )
  .join('\n')}
<section class="check ${conclusion}"><h2><span class="dot"></span>Plumbline: ${conclusion} <small>${escape(shown.check.title)}</small></h2>${markdown(shown.check.summary)}</section>
</main>
</html>
`;
}

const box = (who: string, what: string, html: string): string =>
  `<article><header><b>${who}</b> <i>bot</i> ${what}</header><div>${html}</div></article>`;

function comment(shown: Shown, of: ShownComment): string {
  const lines = linesAround(shown, of).map(
    (line) => `<tr class="${line.kind}"><td>${line.old ?? ''}</td><td>${line.new ?? ''}</td><td><pre>${escape(line.text)}</pre></td></tr>`,
  );
  const suggestion = suggestionOf(of.body);
  const change = suggestion ? suggested(commented(shown, of), suggestion) : '';
  const body = of.body.replace(/^(`{3,})suggestion\n[\s\S]*?^\1$/m, '\u0001');
  const [before = '', after = ''] = body.split('\u0001');
  return `<table class="diff">${lines.join('')}</table>${box('plumbline', '', markdown(before) + change + markdown(after))}`;
}

function suggested(old: readonly string[], fresh: readonly string[]): string {
  const row = (kind: string, text: string): string =>
    `<tr class="${kind}"><td>${kind === 'added' ? '+' : '-'}</td><td><pre>${escape(text)}</pre></td></tr>`;
  return `<div class="suggestion"><header>Suggested change</header><table class="diff">${old.map((text) => row('removed', text)).join('')}${fresh.map((text) => row('added', text)).join('')}</table></div>`;
}

const markdown = (text: string): string => marked.parse(text, { async: false, gfm: true });
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const style = `
body{margin:0;background:#f6f8fa;color:#1f2328;font:14px/1.5 -apple-system,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif}
main{max-width:980px;margin:24px auto;padding:0 16px}
h1{font-size:24px;font-weight:400}
h2{font:600 13px ui-monospace,SFMono-Regular,Menlo,monospace;margin:0;padding:8px 12px}
section,article{background:#fff;border:1px solid #d1d9e0;border-radius:6px;margin:16px 0;overflow:hidden}
.file>h2{background:#f6f8fa;border-bottom:1px solid #d1d9e0}
article{margin:12px}main>article{margin:16px 0}
article>header{background:#f6f8fa;border-bottom:1px solid #d1d9e0;padding:6px 12px;color:#59636e}
article header b{color:#1f2328}article header i{border:1px solid #d1d9e0;border-radius:1em;font-size:11px;font-style:normal;padding:0 6px}
article>div{padding:4px 16px 8px}
code,pre{font:12px/20px ui-monospace,SFMono-Regular,Menlo,monospace}
code{background:#eff1f3;border-radius:4px;padding:2px 4px}
pre{margin:0;white-space:pre-wrap}pre code{background:none;padding:0}
div>pre{background:#f6f8fa;border-radius:6px;padding:12px;margin:8px 0}
table{border-collapse:collapse}
.diff{width:100%}.diff td{padding:0 8px;vertical-align:top;color:#59636e;font:12px/20px ui-monospace,Menlo,monospace;width:1%;text-align:right}
.diff td:last-child{width:auto;text-align:left;color:#1f2328}
.added{background:#dafbe1}.removed{background:#ffebe9}
table:not(.diff){margin:8px 0;display:block;overflow:auto}table:not(.diff) td,table:not(.diff) th{border:1px solid #d1d9e0;padding:4px 10px;text-align:left}
.suggestion{border:1px solid #d1d9e0;border-radius:6px;margin:8px 0;overflow:hidden}.suggestion header{padding:4px 12px;background:#f6f8fa;font-weight:600;font-size:12px}
details{margin:8px 0}summary{cursor:pointer;color:#59636e}
.check{padding:4px 16px 12px}.check h2{padding:8px 0;font:600 16px inherit}.check small{font-weight:400;color:#59636e}
.dot{display:inline-block;width:12px;height:12px;border-radius:50%;background:#1a7f37;margin-right:8px}.failure .dot{background:#d1242f}.neutral .dot{background:#59636e}
`;
