import { describe, expect, test } from 'vitest';
import { brief, resource, say, worldsOf } from './support.ts';

/** A template with one resource whose property P is written as given. */
const template = (property: string): string => `Parameters:
  Env: {Type: String, Default: prod}
  Open: {Type: String, Default: "false"}
  Count: {Type: Number, Default: 2}
  Ids: {Type: CommaDelimitedList, Default: "a, b"}
  NoDefault: {Type: String}
  Wants: {Type: String, Default: yes}
  One: {Type: String, AllowedValues: [only]}
  Ami: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /aws/ami}
Mappings:
  Sizes:
    prod: {type: ml.g5.xlarge}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsOpen: !Equals [!Ref Open, "true"]
  Both: !And [!Condition IsProd, !Not [!Condition IsOpen]]
  Either: {"Fn::Or": [{Condition: IsOpen}, {"Fn::Equals": [a, b]}]}
  Unclear: !Equals [!Ref NoDefault, x]
  Words: !Equals [!Ref Wants, "yes"]
  Loop: !Not [!Condition Loop]
Resources:
  Key: {Type: AWS::KMS::Key}
  Thing:
    Type: AWS::X::Y
    Properties:
      P: ${property}
`;
const property = (text: string) => {
  const files = { 't.yaml': template(text) };
  return { files, value: resource(files, 'Thing').attr('Properties', 'P') };
};

describe('what functions give', () => {
  test.each([
    ['plain', '"plain"'],
    ['!Ref Env', '"prod"'],
    ['{Ref: Env}', '"prod"'],
    ['!Ref Count', '2'],
    ['!Ref Ids', '["a", "b"]'],
    ['!Ref One', '"only"'],
    ['!Ref NoDefault', 'unknown: the parameter NoDefault has no default -> Parameters.NoDefault'],
    ['!Ref Ami', 'unknown: the parameter Ami is read from Parameter Store'],
    ['!Ref Key', 'unknown: known after deployment -> Key'],
    ['!Ref AWS::Region', 'unknown: the pseudo parameter AWS::Region'],
    ['!Ref AWS::NoValue', 'absent'],
    ['!Ref Nothing', 'unknown: names nothing in this template'],
    ['!GetAtt Key.Arn', 'unknown: known after deployment -> Key.Arn'],
    ['!GetAtt [Key, Arn]', 'unknown: known after deployment -> Key.Arn'],
    ['{"Fn::GetAtt": [Key, Arn]}', 'unknown: known after deployment -> Key.Arn'],
    ['!Sub "${Env}-models"', '"prod-models"'],
    ['!Sub "no names"', '"no names"'],
    ['!Sub "${!Literal}"', '"${Literal}"'],
    ['!Sub ["${a}/${Env}", {a: !Ref Count}]', '"2/prod"'],
    ['!Sub "arn:${AWS::Partition}:${Key.Arn}/*"', 'unknown: known after deployment in part ["arn:",null,":",null,"/*"] -> Key.Arn'],
    ['!Join ["-", [a, !Ref Env]]', '"a-prod"'],
    ['!Join ["", ["arn:", !Ref Key]]', 'unknown: known after deployment in part ["arn:",null] -> Key'],
    ['!Join [",", !Ref Ids]', '"a,b"'],
    ['!Select [1, [a, !Ref Env]]', '"prod"'],
    ['!Select [0, !Split ["-", "a-b"]]', '"a"'],
    ['!Select [9, [a]]', 'unknown: Fn::Select'],
    ['!If [IsProd, yes-value, no-value]', '"yes-value"'],
    ['!If [IsOpen, a, !Ref AWS::NoValue]', 'absent'],
    ['!If [Both, a, b]', '"a"'],
    ['!If [Either, a, b]', '"b"'],
    ['!If [Words, a, b]', 'unknown: depends on the condition Words'],
    ['!If [Unclear, a, b]', 'unknown: depends on the condition Unclear'],
    ['!If [Loop, a, b]', 'unknown: depends on the condition Loop'],
    ['!If [Missing, a, b]', 'unknown: depends on the condition Missing'],
    ['!FindInMap [Sizes, !Ref Env, type]', '"ml.g5.xlarge"'],
    ['!FindInMap [Sizes, !Ref AWS::Region, type]', 'unknown: a key of FindInMap is not known'],
    ['!FindInMap [Sizes, dev, type]', 'unknown: Fn::FindInMap'],
    ['!ImportValue shared', 'unknown: Fn::ImportValue'],
    ['!Base64 text', '"text"'],
    ['!Cidr [10.0.0.0/16, 2, 8]', 'unknown: Fn::Cidr'],
    ['!Mystery x', 'unknown: the tag !Mystery'],
    ["'{{resolve:secretsmanager:db:SecretString:password}}'", 'unknown: dynamic reference'],
    ['!Sub "{{resolve:ssm:${Env}}}"', 'unknown: dynamic reference'],
    ['{Statement: [{Action: "*", Resource: !Ref Env}]}', '{Statement: [{Action: "*", Resource: "prod"}]}'],
    ['{Ref: Env, Other: 1}', '{Ref: "Env", Other: 1}'],
  ])('%s', (text, expected) => expect(brief(property(text).value)).toBe(expected));
});

describe('where values come from', () => {
  test.each([
    ['plain', '"plain" | attribute* «plain»'],
    ['!Ref Env', '"prod" | attribute «Env» | parameter-default* «prod»'],
    ['!Sub "text"', '"text" | attribute* «"text"»'],
    ['!Sub "${Env}-x"', '"prod-x" | attribute «"${Env}-x"» | parameter-default «prod»'],
    ['!If [IsProd, a, b]', '"a" | attribute* «a» | attribute «[IsProd, a, b]» | local «[!Ref Env, prod]» | parameter-default «prod»'],
    [
      '!If [IsProd, !Ref Open, b]',
      '"false" | attribute «Open» | parameter-default* «"false"» | attribute «[IsProd, !Ref Open, b]» | local «[!Ref Env, prod]» | parameter-default «prod»',
    ],
    [
      '!FindInMap [Sizes, !Ref Env, type]',
      '"ml.g5.xlarge" | attribute «[Sizes, !Ref Env, type]» | mapping* «ml.g5.xlarge» | parameter-default* «prod»',
    ],
  ])('%s', (text, expected) => {
    const { files, value } = property(text);
    expect(say(files, value)).toBe(expected);
  });
});

test('a resource: type, address, places, and what stands beside its properties', () => {
  const text = `Resources:\n  Store:\n    Type: AWS::S3::Bucket\n    DeletionPolicy: Retain\n    DependsOn: [Role, Nothing]\n    Properties: {BucketName: models}\n  Role: {Type: AWS::IAM::Role}\n`;
  const files = { 'infra/prod/store.yaml': text };
  const store = resource(files, 'Store');
  expect(store).toMatchObject({
    dialect: 'cloudformation',
    type: 'AWS::S3::Bucket',
    address: 'Store',
    scope: 'infra/prod/store.yaml',
    environment: { stage: 'prod' },
  });
  expect(text.slice(store.at.start, store.at.end)).toBe('Store');
  expect(text.slice(store.span.start, store.span.end)).toMatch(/^Store:\n[^]*models}$/);
  expect(brief(store.attr('DeletionPolicy'))).toBe('"Retain"');
  expect(brief(store.attr('DependsOn'))).toBe('["Role" -> Role, "Nothing"]');
  const missing = store.attr('Properties', 'BucketEncryption');
  expect(missing.is).toBe('absent');
  expect(text.slice(missing.origins[0]?.span.start, missing.origins[0]?.span.end)).toBe('{BucketName: models}');
});

test('a resource whose condition is false by default does not exist; an undecided one does', () => {
  const files = {
    't.yaml':
      'Parameters: {A: {Type: String, Default: n}, B: {Type: String}}\nConditions: {IsOff: !Equals [!Ref A, y], Maybe: !Equals [!Ref B, y]}\nResources:\n  X: {Type: AWS::A::B, Condition: IsOff}\n  Y: {Type: AWS::A::B, Condition: Maybe}\n  Z: {Type: AWS::A::B}\n',
  };
  expect(worldsOf(files).worlds.map((world) => [world.id, world.resources.map((r) => r.name)])).toEqual([
    ['cloudformation:t.yaml', ['Y', 'Z', 'A', 'B']],
  ]);
});

test('a JSON template says the same', () => {
  const files = {
    't.json':
      '{"Parameters": {"E": {"Type": "String", "Default": "x"}}, "Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": "${E}-b"}}}}}',
  };
  expect(say(files, resource(files, 'B').attr('Properties', 'BucketName'))).toBe(
    '"x-b" | attribute «{"Fn::Sub": "${E}-b"}» | parameter-default «"x"»',
  );
});

test('parameters and outputs are there, each with its own keys', () => {
  const files = {
    't.yaml':
      'Parameters:\n  Token: {Type: String, Default: !Ref Nonsense}\n  Wrong: text\nResources:\n  Key: {Type: AWS::KMS::Key}\nOutputs:\n  KeyArn: {Value: !GetAtt Key.Arn}\n  Shown: {Value: !Ref Token}\n',
  };
  const { worlds } = worldsOf(files);
  expect(worlds.flatMap((world) => world.resources.map(({ type, address, name }) => [type, address, name]))).toEqual([
    ['AWS::KMS::Key', 'Key', 'Key'],
    ['parameter', 'Parameters.Token', 'Token'],
    ['output', 'Outputs.KeyArn', 'KeyArn'],
    ['output', 'Outputs.Shown', 'Shown'],
  ]);
  expect(brief(resource(files, 'Token').attr('Type'))).toBe('"String"');
  expect(brief(resource(files, 'KeyArn').attr('Value'))).toBe('unknown: known after deployment -> Key.Arn');
});

test('references make the graph', () => {
  const files = {
    't.yaml':
      'Resources:\n  R: {Type: AWS::IAM::Role}\n  N:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties: {RoleArn: !GetAtt R.Arn}\n',
  };
  const [world] = worldsOf(files).worlds;
  const role = world?.graph.get('R');
  expect(role && world?.graph.dependents(role).map((r) => r.address)).toEqual(['N']);
});

describe('hostile templates end soon', () => {
  const nested = (depth: number): string => (depth === 0 ? 'x' : `!Sub ["\${a}\${a}\${a}", {a: ${nested(depth - 1)}}]`);
  const conditions = Array.from({ length: 2000 }, (_, i) => `  C${i}: !Not [!Condition C${i + 1}]`).join('\n');
  test.each([
    ['texts that grow threefold', `Resources:\n  A:\n    Type: AWS::A::B\n    Properties:\n      P: ${nested(40)}\n`],
    ['a chain of conditions', `Conditions:\n${conditions}\nResources:\n  A: {Type: AWS::A::B, Condition: C0}\n`],
    [
      'lists split over and over',
      `Parameters: {L: {Type: CommaDelimitedList, Default: "${'a,'.repeat(20_000)}"}}\nResources:\n  A:\n    Type: AWS::A::B\n    Properties:\n${Array.from({ length: 2000 }, (_, i) => `      P${i}: !Ref L`).join('\n')}\n`,
    ],
  ])('%s', (_name, text) => {
    const start = performance.now();
    expect(worldsOf({ 't.yaml': text }).worlds).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
