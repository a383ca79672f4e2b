import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { textOf } from './setting.ts';

/** A key that stands for an identity and works, from anywhere, until somebody takes it away. */
export interface LongLivedKey {
  readonly resource: Resource;
  readonly noun: string;
  readonly instead: string;
}

const awsInstead = 'a role that the workload assumes';
const iamKey = (resource: Resource): readonly LongLivedKey[] => [{ resource, noun: 'an access key', instead: awsInstead }];

/** A key for one service; only those for AI services are looked at, and one that ends within a day is no long-lived key. */
function serviceKey(resource: Resource, service: Located, days: Located): readonly LongLivedKey[] {
  if (!/^bedrock\.amazonaws\.com$/.test(textOf(service) ?? '') || days.is === 'unknown') return [];
  return Number(textOf(days) ?? Number.POSITIVE_INFINITY) <= 1
    ? []
    : [{ resource, noun: 'an API key for Bedrock', instead: `${awsInstead}, or a short-term key` }];
}

export const longLivedKey = byType<LongLivedKey>('key that does not end', {
  aws_iam_access_key: iamKey,
  'AWS::IAM::AccessKey': iamKey,
  aws_iam_service_specific_credential: (resource) =>
    serviceKey(resource, resource.attr('service_name'), resource.attr('credential_age_days')),
  google_service_account_key: (resource) => [{ resource, noun: 'a key', instead: 'workload identity' }],
});
