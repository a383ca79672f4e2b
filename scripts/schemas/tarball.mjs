import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const text = (bytes) => {
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end === -1 ? bytes.length : end).toString();
};

/** The files of an npm package's tarball whose path passes `keep`, in order, as [path, bytes]. */
export function* filesOf(tarball, keep) {
  const archive = gunzipSync(readFileSync(tarball));
  let longName;
  for (let at = 0; at + 512 <= archive.length;) {
    const header = archive.subarray(at, at + 512);
    const name = text(header.subarray(0, 100));
    if (name === '') return;
    const size = Number.parseInt(text(header.subarray(124, 136)), 8) || 0;
    const body = archive.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
    const kind = String.fromCharCode(header[156]);
    if (kind === 'x' || kind === 'L') {
      // A name longer than a header holds comes first, as an entry of its own (pax and GNU).
      longName = kind === 'L' ? text(body) : (/\d+ path=([^\n]+)\n/.exec(body.toString())?.[1] ?? longName);
      continue;
    }
    const prefix = text(header.subarray(345, 500));
    const path = longName ?? (prefix === '' ? name : `${prefix}/${name}`);
    longName = undefined;
    if (keep(path)) yield [path, body];
  }
}
