import { test } from 'vitest';
import { checkRow, type Row } from './origins.ts';

/** A notebook in the VPC; `above` are the sections before it. */
const stack = (above: string, internet: string, condition = ''): string => `AWSTemplateFormatVersion: "2010-09-09"
${above}Resources:
  Lab:
    Type: AWS::SageMaker::NotebookInstance
${condition}    Properties:
      InstanceType: ml.t3.medium
      RoleArn: arn:aws:iam::123456789012:role/lab
      KmsKeyId: alias/lab
      SubnetId: subnet-1
      SecurityGroupIds: [sg-1]
      RootAccess: Disabled
      DirectInternetAccess: ${internet}
      InstanceMetadataServiceConfiguration:
        MinimumInstanceMetadataServiceVersion: "2"
`;
const parameter = (value: string): string => `Parameters:\n  Internet:\n    Type: String\n    Default: ${value}\n`;
const deciding = (value: string, other = 'Closed'): string =>
  `Parameters:\n  Packages:\n    Type: String\n    Default: "${value}"\nConditions:\n  WantsPackages: !Equals [!Ref Packages, "yes"]\n  ${other}: !Not [!Condition WantsPackages]\n`;
const flip = (path: string, make: (value: string) => string): Pick<Row, 'before' | 'changes'> => ({
  before: { [path]: make('Disabled') },
  changes: { [path]: make('Enabled') },
});
const internet = 'notebooks/direct-internet';

const rows: readonly Row[] = [
  {
    name: "a parameter's default",
    ...flip('lab.yaml', (v) => stack(parameter(v), '!Ref Internet')),
    says: [`${internet} lab.yaml:5`],
    mends: ['suggestion lab.yaml:5 Default: Disabled'],
  },
  {
    name: "a parameter's default in JSON",
    ...flip('lab.json', (v) =>
      `${JSON.stringify(
        {
          Parameters: { Internet: { Type: 'String', Default: v } },
          Resources: {
            Lab: {
              Type: 'AWS::SageMaker::NotebookInstance',
              Properties: {
                InstanceType: 'ml.t3.medium', RoleArn: 'arn:aws:iam::123456789012:role/lab', KmsKeyId: 'alias/lab', SubnetId: 'subnet-1', SecurityGroupIds: ['sg-1'], RootAccess: 'Disabled',
                DirectInternetAccess: { Ref: 'Internet' },
                InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' },
              },
            },
          },
        },
        undefined,
        2,
      )}\n`), // prettier-ignore
    says: [`${internet} lab.json:5`],
    mends: ['suggestion lab.json:5 "Default": "Disabled"'],
  },
  {
    name: 'an entry of a mapping',
    ...flip('lab.yaml', (v) =>
      stack(
        `Mappings:\n  Stages:\n    dev:\n      Internet: ${v}\n    prod:\n      Internet: Disabled\n`,
        '!FindInMap [Stages, dev, Internet]',
      ),
    ),
    says: [`${internet} lab.yaml:5`],
    mends: ['suggestion lab.yaml:5 Internet: Disabled'],
  },
  {
    name: 'the key into a mapping, by a parameter',
    before: {
      'lab.yaml': stack(
        'Parameters:\n  Kind:\n    Type: String\n    Default: closed\nMappings:\n  Kinds:\n    closed:\n      Internet: Disabled\n    open:\n      Internet: Enabled\n',
        '!FindInMap [Kinds, !Ref Kind, Internet]',
      ),
    },
    changes: {
      'lab.yaml': stack(
        'Parameters:\n  Kind:\n    Type: String\n    Default: open\nMappings:\n  Kinds:\n    closed:\n      Internet: Disabled\n    open:\n      Internet: Enabled\n',
        '!FindInMap [Kinds, !Ref Kind, Internet]',
      ),
    },
    says: [`${internet} lab.yaml:5`],
    mends: ['patch lab.yaml:11 Internet: Disabled'],
  },
  {
    name: 'a branch of a condition',
    ...flip('lab.yaml', (v) =>
      stack(
        'Parameters:\n  Packages:\n    Type: String\n    Default: "yes"\nConditions:\n  WantsPackages: !Equals [!Ref Packages, "yes"]\n',
        `!If [WantsPackages, ${v}, Disabled]`,
      ),
    ),
    says: [`${internet} lab.yaml:18`],
    mends: { none: 'both branches would say the same, and what becomes of the choice is for its author to say' },
  },
  {
    name: 'the parameter that decides a condition',
    before: { 'lab.yaml': stack(deciding('no'), '!If [WantsPackages, Enabled, Disabled]') },
    changes: { 'lab.yaml': stack(deciding('yes'), '!If [WantsPackages, Enabled, Disabled]') },
    says: [`${internet} lab.yaml:5`],
    mends: { none: 'both branches would say the same, and what becomes of the choice is for its author to say' },
  },
  {
    name: 'the condition itself',
    before: { 'lab.yaml': stack(deciding('yes', 'Open'), '!If [Open, Enabled, Disabled]') },
    changes: {
      'lab.yaml': stack(
        deciding('yes', 'Open').replace('!Not [!Condition WantsPackages]', '!Condition WantsPackages'),
        '!If [Open, Enabled, Disabled]',
      ),
    },
    says: [`${internet} lab.yaml:8`],
    mends: { none: 'both branches would say the same, and what becomes of the choice is for its author to say' },
  },
  {
    name: 'the parameter that lets a bad resource exist',
    before: { 'lab.yaml': stack(deciding('no'), 'Enabled', '    Condition: WantsPackages\n') },
    changes: { 'lab.yaml': stack(deciding('yes'), 'Enabled', '    Condition: WantsPackages\n') },
    says: [`${internet} lab.yaml:5`],
    mends: ['patch lab.yaml:20 DirectInternetAccess: Disabled'],
  },
  {
    name: 'a text by Sub',
    ...flip('lab.yaml', (v) => stack(parameter(v.slice(0, -1)), '!Sub "${Internet}d"')),
    says: [`${internet} lab.yaml:5`],
    mends: { none: 'no place holds the whole value: it is two texts put together' },
  },
];

test.each(rows)('$name', checkRow);
