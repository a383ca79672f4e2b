import { ConfigurationError, messageOf } from '../errors.ts';
import { openDisk, type Disk } from './disk.ts';
import { decode } from './text.ts';

/** A file of a checkout as it was read, and as it is to be. */
export interface NewText {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Writes texts over the files of a checkout. Nothing is written unless every file still is what was read; links are never followed, and no
 * other file is touched. Throws ConfigurationError naming the file that can't be written.
 */
export function writeFiles(root: string, files: readonly NewText[]): void {
  const disk = openDisk(root);
  const contents = files.map((file) => ({ path: file.path, content: contentOf(file, disk) }));
  const written: string[] = [];
  for (const { path, content } of contents) {
    try {
      disk.replace(path, content);
    } catch (error) {
      const done = written.length === 0 ? 'Nothing was written.' : `Written before it: ${written.join(', ')}.`;
      throw new ConfigurationError(`${path} can't be written: ${messageOf(error)}. ${done}`, 'Check its rights, then run it again.', {
        cause: error,
      });
    }
    written.push(path);
  }
}

/** The new bytes. Where the checkout turned line feeds into CRLF, which git takes back, they are CRLF as well. */
function contentOf({ path, before, after }: NewText, disk: Disk): Buffer {
  const bytes = disk.read(path);
  const found = bytes && decode({ is: 'bytes', bytes });
  if (found?.is === 'text') {
    if (found.text === before) return Buffer.from(after);
    const converted = found.text.includes('\r\n') && !before.includes('\r');
    if (converted && found.text.replaceAll('\r\n', '\n') === before) return Buffer.from(after.replaceAll('\n', '\r\n'));
  }
  const why = found?.is === 'text' ? 'it has changed since it was read' : 'it is no longer a plain text file of the working tree';
  throw new ConfigurationError(`${path} was not written: ${why}. Nothing was written.`, 'Run it again.');
}
