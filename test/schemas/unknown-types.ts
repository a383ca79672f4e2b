/** Types that examples and sources use and no extract holds, each with the reason. A pattern stands for a provider whose schema no package carries. */
const reasons: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^(?:data\.)?azapi_/, 'the azapi provider has no published declarations; its body is the Azure REST API'],
  [
    /^random_(?:password|id|string)$/,
    'hashicorp/random has no published declarations; a rule reads only that its values are not written down',
  ],
  [/^constraints\.gatekeeper\.sh\//, 'the kind of a Gatekeeper constraint is made by its template'],
  [/^kubectl_manifest$/, 'gavinbunney/kubectl has no published declarations; the manifest in its text is checked as Kubernetes'],
  [/^awscc_/, 'hashicorp/awscc is made from CloudFormation and has no published declarations'],
  [
    /^(?:values|chart|workflow|model_endpoint|training_cluster)$/,
    'what Plumbline itself calls the things of Helm, pipelines and definitions',
  ],
  [/^(?:module|variable|output|provider|terraform)$/, 'blocks of Terraform’s own'],
  [/^acme\.example\//, 'a made-up kind that shares no more than its name with a real one'],
  [/^parameter$/, 'a section of a CloudFormation template, as its outputs are'],
];

export const isWithoutSchema = (type: string): boolean => reasons.some(([pattern]) => pattern.test(type));
