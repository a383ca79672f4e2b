import { acceleratorMachine } from '../facts/ai-words.ts';
import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, text, type Setting } from './setting.ts';

/** Capacity that is paid for whether it is used or not. */
export interface Commitment {
  readonly resource: Resource;
  readonly noun: string;
  /** `OneMonth`, `SixMonths` for models; `limited`, `unlimited` for machines. */
  readonly term: Setting<string>;
  /** The machine that is reserved, for machines. */
  readonly machine?: string;
}

const reservation = (resource: Resource, type: Located, term: Located): readonly Commitment[] =>
  type.is === 'known' && acceleratorMachine.test(String(type.value))
    ? [{ resource, noun: 'Capacity reservation', machine: String(type.value), term: setting(term, text, 'unlimited') }]
    : [];

// Default: EC2 API reference, CreateCapacityReservation (without an end date a reservation is unlimited). CloudFormation has no type for the
// throughput of models.
export const commitment = byType<Commitment>('capacity that is paid for in any case', {
  aws_bedrock_provisioned_model_throughput: (r) => [
    { resource: r, noun: 'Provisioned throughput', term: setting(r.attr('commitment_duration'), text) },
  ],
  aws_ec2_capacity_reservation: (r) => reservation(r, r.attr('instance_type'), r.attr('end_date_type')),
  'AWS::EC2::CapacityReservation': (r) => reservation(r, r.attr('Properties', 'InstanceType'), r.attr('Properties', 'EndDateType')),
});
