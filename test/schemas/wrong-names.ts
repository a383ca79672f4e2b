import type { Snapshot } from '../../src/documents/snapshot.ts';
import type { Files } from '../../src/engine/rule.ts';
import { buildModel, readDocuments } from '../../src/model/model.ts';
import { isWithoutSchema } from './unknown-types.ts';
import { wrongInTerraform } from './walk-terraform.ts';
import { wrongInResource } from './walk-values.ts';

export const snapshotOf = (files: Files): Snapshot => new Map(Object.entries(files).map(([path, text]) => [path, { path, sha: '', text }]));

/** Every name in a configuration's files that no provider has, and how many names there are. */
export function namesIn(snapshot: Snapshot): { readonly wrong: readonly string[]; readonly names: Readonly<Record<Checked, number>> } {
  const names = { terraform: 0, cloudformation: 0, kubernetes: 0 };
  const counting = (dialect: Checked): { names: number } => ({
    get names() {
      return names[dialect];
    },
    set names(n) {
      names[dialect] = n;
    },
  });
  const documents = readDocuments(snapshot);
  const inTerraform = [...documents.values()].flatMap((document) =>
    document.is === 'hcl' && document.file.endsWith('.tf') ? wrongInTerraform(document.body, counting('terraform'), isWithoutSchema) : [],
  );
  const inData = buildModel(snapshot, documents)
    .worlds.flatMap((world) => world.resources)
    .flatMap((resource) => {
      const { dialect } = resource;
      return dialect === 'cloudformation' || dialect === 'kubernetes' ? wrongInResource(resource, counting(dialect), isWithoutSchema) : [];
    });
  return { wrong: [...inTerraform, ...inData], names };
}
type Checked = 'terraform' | 'cloudformation' | 'kubernetes';
