import type { Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, text, type Setting } from './setting.ts';

/** A machine, or the template of many, and who can read its credentials from it. */
export interface Machine {
  readonly resource: Resource;
  readonly noun: string;
  /** `required` for version 2 of the metadata service only, `optional` for both. */
  readonly tokens: Setting<string>;
}

// Default: whether version 1 answers when nothing is said depends on the image and on a setting of the account
// (EC2 User Guide, "Configure instance metadata options"), so an absent value is not known.
export const machine = byType<Machine>('machine', {
  aws_instance: (resource) => [{ resource, noun: 'Instance', tokens: setting(resource.attr('metadata_options', 'http_tokens'), text) }],
  aws_launch_template: (resource) => [
    { resource, noun: 'Launch template', tokens: setting(resource.attr('metadata_options', 'http_tokens'), text) },
  ],
  aws_launch_configuration: (resource) => [
    { resource, noun: 'Launch configuration', tokens: setting(resource.attr('metadata_options', 'http_tokens'), text) },
  ],
  'AWS::EC2::Instance': (resource) => [
    { resource, noun: 'Instance', tokens: setting(resource.attr('Properties', 'MetadataOptions', 'HttpTokens'), text) },
  ],
  'AWS::EC2::LaunchTemplate': (resource) => [
    {
      resource,
      noun: 'Launch template',
      tokens: setting(resource.attr('Properties', 'LaunchTemplateData', 'MetadataOptions', 'HttpTokens'), text),
    },
  ],
  'AWS::AutoScaling::LaunchConfiguration': (resource) => [
    { resource, noun: 'Launch configuration', tokens: setting(resource.attr('Properties', 'MetadataOptions', 'HttpTokens'), text) },
  ],
});
