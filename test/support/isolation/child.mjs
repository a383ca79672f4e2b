// Stands in for the isolated process: does to the file `trouble.tf` what its text says, and gives a review that names the files it was given.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const refused = [];
function attempt(work) {
  try {
    work();
  } catch (error) {
    refused.push(error.code);
  }
}

process.once('message', ({ change }) => {
  for (const [path, { text }] of change.after) {
    process.send({ reading: path });
    if (text === 'hang') for (;;);
    if (text === 'exit') process.exit(3);
    if (text === 'eat') for (const all = []; ;) all.push(new Array(1e6).fill(all.length));
    if (text === 'write') attempt(() => writeFileSync(new URL('written', import.meta.url), ''));
    if (text === 'start') attempt(() => execFileSync('git', ['--version']));
    if (text === 'throw') return process.send({ failed: 'Error: no more' });
  }
  process.send({ reading: '' });
  process.send({ review: { ...change, given: [...change.after.keys()], environment: Object.keys(process.env), refused } });
});
