import { expect, test } from 'vitest';
import { openRule } from '../../src/concepts/exposure.ts';
import { understand } from '../../src/engine/understand.ts';

const rulesIn = (path: string, text: string) => {
  const { model } = understand(new Map([[path, { path, sha: text, text }]]), []);
  return model.worlds.flatMap((world) =>
    world.resources.flatMap((resource) =>
      [...openRule.view(resource, world)].map(({ direction, ports, anyone }) => ({ direction, ports, anyone })),
    ),
  );
};
const group = (body: string) => rulesIn('main.tf', `resource "aws_security_group" "a" {\n${body}\n}\n`);
const firewall = (body: string) => rulesIn('main.tf', `resource "google_compute_firewall" "a" {\n  network = "n"\n${body}\n}\n`);
const anyone = '0.0.0.0/0';

test('protocol -1, and ports from 0 to 65535, are every port', () => {
  expect(group('ingress {\n protocol = "-1"\n from_port = 0\n to_port = 0\n cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]\n}')).toEqual([
    { direction: 'ingress', ports: 'all', anyone },
  ]);
  expect(group('ingress {\n protocol = "tcp"\n from_port = 0\n to_port = 65535\n cidr_blocks = ["0.0.0.0/0"]\n}')).toEqual([
    { direction: 'ingress', ports: 'all', anyone },
  ]);
});

test('attributes as blocks, and IPv6', () => {
  expect(group('ingress = [{ protocol = "tcp", from_port = 8265, to_port = 8265, ipv6_cidr_blocks = ["::/0"] }]')).toEqual([
    { direction: 'ingress', ports: [{ from: 8265, to: 8265 }], anyone: '::/0' },
  ]);
});

test('ping opens no port, and a port that is not known is unknown', () => {
  expect(group('ingress {\n protocol = "icmp"\n from_port = -1\n to_port = -1\n cidr_blocks = ["0.0.0.0/0"]\n}')).toEqual([
    { direction: 'ingress', ports: [], anyone },
  ]);
  expect(group('ingress {\n protocol = "tcp"\n from_port = var.p\n to_port = var.p\n cidr_blocks = ["0.0.0.0/0"]\n}')).toEqual([
    { direction: 'ingress', ports: 'unknown', anyone },
  ]);
});

test('Google: no ports means all of them; a disabled rule is none', () => {
  expect(firewall('source_ranges = ["0.0.0.0/0"]\nallow {\n protocol = "tcp"\n}')).toEqual([
    { direction: 'ingress', ports: 'all', anyone },
  ]);
  expect(firewall('source_ranges = ["0.0.0.0/0"]\nallow {\n protocol = "tcp"\n ports = ["22", "8000-8002"]\n}')).toEqual([
    {
      direction: 'ingress',
      ports: [
        { from: 22, to: 22 },
        { from: 8000, to: 8002 },
      ],
      anyone,
    },
  ]);
  expect(firewall('disabled = true\nsource_ranges = ["0.0.0.0/0"]\nallow {\n protocol = "tcp"\n}')).toEqual([]);
});

test('CloudFormation egress is egress', () => {
  const text =
    'Resources:\n  A:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: a\n      SecurityGroupEgress:\n        - { IpProtocol: -1, CidrIp: 0.0.0.0/0 }\n';
  expect(rulesIn('t.yaml', text)).toEqual([{ direction: 'egress', ports: 'all', anyone }]);
});
