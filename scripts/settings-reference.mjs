// Writes docs/settings.md and the schemas in schema/ from the settings' description in src/config/settings.ts and the rules:
//   npm run build && node scripts/settings-reference.mjs [COMPILED]
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiled = pathToFileURL(`${resolve(process.argv[2] ?? `${root}dist`)}/`);
const { settingsReference, settingsSchema } = await import(new URL('src/config/reference.js', compiled));
const { loadRules } = await import(new URL('src/engine/load-rules.js', compiled));

const rules = await loadRules();
const files = {
  'docs/settings.md': settingsReference(),
  'schema/plumbline.schema.json': JSON.stringify(settingsSchema({ rules })),
  'schema/plumbline-organisation.schema.json': JSON.stringify(settingsSchema({ rules }, 'organisation')),
};
for (const [path, text] of Object.entries(files)) {
  const filepath = `${root}${path}`;
  mkdirSync(new URL('.', pathToFileURL(filepath)), { recursive: true });
  writeFileSync(filepath, await format(text, { ...(await resolveConfig(filepath)), filepath }));
  console.log(`wrote ${path}`);
}
