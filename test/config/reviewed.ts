import type { Change, ChangedFile } from '../../src/change.ts';
import { settingsPath } from '../../src/context.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import type { Snapshot } from '../../src/documents/snapshot.ts';
import { loadRules } from '../../src/engine/load-rules.ts';
import type { Files } from '../../src/engine/rule.ts';
import type { Review } from '../../src/report/review.ts';
import { review } from '../../src/review.ts';

export const rules = await loadRules();
export const today = '2026-06-15';

const snapshotOf = (files: Files): Snapshot => new Map(Object.entries(files).map(([path, text]) => [path, { path, text, sha: text }]));

export function changeOf(before: Files, after: Files): Change {
  const files = [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((path): ChangedFile[] => {
    if (before[path] === after[path]) return [];
    const patch = diffTexts(before[path] ?? '', after[path] ?? '');
    const status = before[path] === undefined ? 'added' : after[path] === undefined ? 'removed' : 'modified';
    return [{ path, status, ...(patch !== undefined && { patch }) }];
  });
  return {
    base: '0'.repeat(40),
    head: '1'.repeat(40),
    files,
    before: snapshotOf(before),
    after: snapshotOf(after),
    unread: [],
    truncated: false,
  };
}

/** Reviews a change from some files to others, with settings at the base that the change leaves alone. */
export function reviewed(settings: string, before: Files, changes: Files): Promise<Review> {
  const base = settings === '' ? before : { ...before, [settingsPath]: settings };
  return review(changeOf(base, { ...base, ...changes }), rules, today);
}

/** `rule file` of what is commented. */
export const said = ({ comments }: Review): readonly string[] => comments.map(({ rule, place }) => `${rule} ${place.file}`).toSorted();

export const notebook = (lines = '', name = 'lab'): string => `resource "aws_sagemaker_notebook_instance" "${name}" {
  name                   = "${name}"
  instance_type          = "ml.t3.medium"
  role_arn               = "arn:aws:iam::123456789012:role/lab"
  kms_key_id             = "alias/lab"
  subnet_id              = "subnet-1"
  security_groups        = ["sg-1"]
  root_access            = "Disabled"
${lines}
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}
`;
export const safe = '  direct_internet_access = "Disabled"';
export const open = '  direct_internet_access = "Enabled"';
