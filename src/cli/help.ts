import type { Command, CommandName } from './arguments.ts';

const plumbline = `Plumbline reviews changes to the infrastructure of AI systems: Terraform, Helm values,
Kubernetes manifests and CloudFormation. It says only what the change introduces.

Usage
  plumbline review [options]    review a change in a local git repository
  plumbline scan [folder]       list all that is wrong in a folder, old or new
  plumbline fix [options]       print every proven fix as one patch, or write it
  plumbline config [options]    show the settings that hold, and where each comes from
  plumbline init [options]      write a commented .github/plumbline.yml to start from
  plumbline COMMAND --help      a command's options, with examples
  plumbline --version

Nothing from the repository is executed, and nothing leaves this machine. Only init and
fix --write write.
`;

const review = `Reviews what a branch or the working tree changes, as the GitHub App would.

Usage
  plumbline review [--repo DIR | --git-dir DIR] [--base REV] [--head REV]
                   [--organisation FILE] [--format FORMAT]

Options
  --base REV        compare with REV, from the merge base on (default: the default branch)
  --head REV        review REV (default: the files on disk, new ones included)
  --repo DIR        a checkout (default: the one around the working directory)
  --git-dir DIR     a bare repository or a .git directory; only commits are read
  --organisation FILE
                    the organisation's plumbline.yml, that the repository's settings build on
  --format FORMAT   text (default), json or markdown
  -h, --help        this text

Exit status
  0  nothing blocks
  1  a finding blocks: high severity or above, or what the settings say
  2  the command or its input is wrong, or the review could not be finished

Examples
  plumbline review                                  what this branch and the files on disk change
  plumbline review --base main --head feature       a branch, as a pull request would show it
  plumbline review --format json | jq '.findings'   for other programs
`;

const scan = `Lists everything that the rules find in a folder, whoever brought it. Reviews stay silent about what
was there before; this is how to see it.

Usage
  plumbline scan [folder] [--format FORMAT]

Options
  folder            default: the working directory. In a checkout its files around the folder give
                    context, and what git ignores is left out. Up to 5000 files are judged.
  --format FORMAT   text (default), json or markdown; json is as that of review, without a base
  -h, --help        this text

Exit status
  0  nothing there would block a pull request
  1  something would: high severity or above, or what the settings say
  2  the command is wrong, or the folder can't be read

Examples
  plumbline scan                                          the working directory
  plumbline scan infra --format json | jq '.findings'     for other programs
`;

const fix = `Makes one patch of every proven fix for what a branch or the working tree introduces. The whole is
proven: made in a copy, read and judged again, with each finding gone and none new. What contradicts
is left out and named.

Usage
  plumbline fix [--repo DIR | --git-dir DIR] [--base REV] [--head REV] [--write]

Options
  --base REV      compare with REV, from the merge base on (default: the default branch)
  --head REV      fix REV (default: the files on disk, new ones included)
  --write         write the files on disk instead of printing the patch; not with --head
  --repo DIR      a checkout (default: the one around the working directory)
  --git-dir DIR   a bare repository or a .git directory; only commits are read
  -h, --help      this text

Exit status
  0  done, also when there is nothing to fix
  2  the command or its input is wrong, or a file changed while it was fixed

Examples
  plumbline fix                                 the patch, to look at
  plumbline fix --write                         the same, done
  plumbline fix --head feature | git apply      on a checkout of feature
`;

const config = `Shows the settings that hold, and where each comes from. Settings stand in .github/plumbline.yml.

Usage
  plumbline config [--repo DIR | --git-dir DIR] [--base REV] [--organisation FILE]

Options
  --base REV      the settings that a review with --base REV obeys, as they are committed there
                  (default: the file on disk; in a bare repository that of the current commit)
  --repo DIR      a checkout (default: the one around the working directory)
  --git-dir DIR   a bare repository or a .git directory
  --organisation FILE
                  the organisation's plumbline.yml, that these settings build on
  -h, --help      this text

Exit status
  0  the settings are in order
  2  the settings have problems, or the command is wrong

Examples
  plumbline config               the file that is being edited
  plumbline config --base main   what a pull request to main is judged by
  plumbline config --organisation ../.github/plumbline.yml
`;

const init = `Writes .github/plumbline.yml: every setting, explained, with its default. It overwrites nothing.

Usage
  plumbline init [--repo DIR]

Options
  --repo DIR   a checkout (default: the one around the working directory)
  -h, --help   this text

Exit status
  0  written
  2  the file is there already, or can't be written
`;

const texts: Readonly<Record<'plumbline' | CommandName, string>> = { plumbline, review, scan, fix, config, init };

export const helpText = (of: Extract<Command, { is: 'help' }>['of']): string => texts[of];
