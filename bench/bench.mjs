// Parse and review throughput and memory, on a generated corpus and on git directories given as arguments: `npm run bench [-- GITDIR ...]`.
// Times are of the processor in user mode. Figures to compare with each other are ratios of one run; absolute ones depend on the machine.
import { readLocalSnapshot } from '../dist/src/git/read-snapshot.js';
import { loadRules } from '../dist/src/engine/load-rules.js';
import { runRules } from '../dist/src/engine/run-rules.js';
import { buildModel, readDocuments } from '../dist/src/model/model.js';
import { review } from '../dist/src/review.js';
import { corpus, yamlCorpus } from './corpus.mjs';

const rules = await loadRules();
const mega = (bytes) => (bytes / 1e6).toFixed(1);

const cpu = () => process.cpuUsage().user / 1000;

/** Milliseconds of processor time that one call takes, whatever else the machine does, and what it gave. */
function timed(work) {
  const start = cpu();
  const result = work();
  return { ms: cpu() - start, result };
}

/** Parses, understands and judges a snapshot several times; each figure is the median of the rounds. Gives the milliseconds of all three. */
function measure(name, snapshot, rounds = 5) {
  const bytes = [...snapshot.values()].reduce((sum, file) => sum + file.text.length, 0);
  const times = { parse: [], understand: [], rules: [], all: [] };
  let sizes = '';
  let findings = 0;
  for (let round = 0; round < rounds; round++) {
    // No round pays for what the one before has left behind.
    globalThis.gc?.();
    const parsed = timed(() => readDocuments(snapshot));
    const model = timed(() => buildModel(snapshot, parsed.result));
    const judged = timed(() => runRules(rules, model.result));
    times.parse.push(parsed.ms);
    times.understand.push(model.ms);
    times.rules.push(judged.ms);
    times.all.push(parsed.ms + model.ms + judged.ms);
    const resources = model.result.worlds.reduce((sum, world) => sum + world.resources.length, 0);
    sizes = `${model.result.worlds.length} worlds, ${resources} resources`;
    findings = judged.result.length;
  }
  const [parse, understand, judge] = [times.parse, times.understand, times.rules].map(median);
  const row = (label, ms, more) => console.log(`  ${label.padEnd(10)}  ${ms.toFixed(0).padStart(6)} ms   ${more}`);
  const ratio = (ms) => `${(ms / parse).toFixed(2)} x parse`;
  console.log(`\n${name}: ${snapshot.size} files, ${mega(bytes)} MB, ${sizes}; median of ${rounds} rounds`);
  row('parse', parse, `${(bytes / 1e6 / (parse / 1000)).toFixed(2)} MB/s, ${Math.round(snapshot.size / (parse / 1000))} files/s`);
  row('understand', understand, ratio(understand));
  row(`${rules.length} rules`, judge, `${ratio(judge)}, ${findings} findings`);
  const { rss } = process.memoryUsage();
  console.log(`  memory      ${mega(rss)} MB resident, ${mega(process.resourceUsage().maxRSS * 1024)} MB at its peak`);
  return median(times.all);
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** A pull request that adds `count` files to the corpus. */
async function reviewed(count, size) {
  const after = corpus(size);
  const added = new Set([...after.keys()].slice(-count));
  const before = new Map([...after].filter(([path]) => !added.has(path)));
  const files = [...added].map((path) => ({ path, status: 'added' }));
  const start = cpu();
  const { comments } = await review(
    { base: 'base', head: 'head', files, before, after, unread: [], truncated: false },
    rules,
    new Date().toISOString().slice(0, 10),
  );
  const ms = cpu() - start;
  console.log(
    `  ${String(count).padStart(4)} of ${size} files changed: ${ms.toFixed(0).padStart(6)} ms, ${Math.round(count / (ms / 1000))} changed files/s, ${comments.length} findings`,
  );
}

measure('warm-up', corpus(100));
measure('warm-up', yamlCorpus(100));
const small = measure('200 Terraform files', corpus(200));
const large = measure('2,000 Terraform files', corpus(2000));
console.log(`\n2,000 files take ${(large / small).toFixed(1)} times as long as 200 (linear: 10)`);
measure('500 YAML files', yamlCorpus(500));
console.log('\nwhole reviews, base and head');
await reviewed(5, 50);
await reviewed(30, 200);
for (const gitDir of process.argv.slice(2)) measure(gitDir, await readLocalSnapshot({ gitDir, rev: 'HEAD' }));
