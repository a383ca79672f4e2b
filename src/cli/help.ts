import type { Command } from './arguments.ts';

const plumbline = `Plumbline reviews changes to the infrastructure of AI systems: Terraform, Helm values,
Kubernetes manifests and CloudFormation. It says only what the change introduces.

Usage
  plumbline review [options]    review a change in a local git repository
  plumbline review --help       its options, with examples
  plumbline --version

Nothing from the repository is executed or written, and nothing leaves this machine.
`;

const review = `Reviews what a branch or the working tree changes, as the GitHub App would.

Usage
  plumbline review [--repo DIR | --git-dir DIR] [--base REV] [--head REV] [--format FORMAT]

Options
  --base REV        compare with REV, from the merge base on (default: the default branch)
  --head REV        review REV (default: the files on disk, new ones included)
  --repo DIR        a checkout (default: the one around the working directory)
  --git-dir DIR     a bare repository or a .git directory; only commits are read
  --format FORMAT   text (default), json or markdown
  -h, --help        this text

Exit status
  0  nothing blocks
  1  a finding blocks: high severity or above
  2  the command or its input is wrong, or the review could not be finished

Examples
  plumbline review                                  what this branch and the files on disk change
  plumbline review --base main --head feature       a branch, as a pull request would show it
  plumbline review --format json | jq '.findings'   for other programs
`;

export const helpText = (of: Extract<Command, { is: 'help' }>['of']): string => (of === 'review' ? review : plumbline);
