/** A statement of a policy that a cloud ships ready-made. `sometimes` marks one that a condition narrows. */
export interface ReadyStatement {
  readonly actions: readonly string[];
  /** The actions are those that it leaves out. */
  readonly except?: true;
  readonly resources: readonly string[];
  readonly sometimes?: true;
}

const everywhere = (...actions: readonly string[]): readonly ReadyStatement[] => [{ actions, resources: ['*'] }];

/**
 * What AWS's own policies grant, by name, as far as it concerns data, secrets, roles, images and models; metrics, logs and lookups of
 * networks are left out. Source: the policies' documents, as iann0036/iam-dataset has them on 2026-08-22. A policy that is not here is not known.
 */
export const managedStatements: ReadonlyMap<string, readonly ReadyStatement[]> = new Map<string, readonly ReadyStatement[]>([
  ['AdministratorAccess', everywhere('*')],
  ['PowerUserAccess', [{ actions: ['iam:*', 'organizations:*', 'account:*'], except: true, resources: ['*'] }]],
  ['IAMFullAccess', everywhere('iam:*')],
  [
    'ReadOnlyAccess',
    everywhere('s3:Get*', 's3:List*', 'ecr:Get*', 'ecr:BatchGet*', 'sagemaker:Describe*', 'sagemaker:List*', 'dynamodb:Get*'),
  ],
  ['AmazonS3FullAccess', everywhere('s3:*', 's3-object-lambda:*')],
  ['AmazonS3ReadOnlyAccess', everywhere('s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*')],
  [
    'AmazonSageMakerFullAccess',
    [
      ...everywhere(
        'sagemaker:*',
        'ecr:GetAuthorizationToken',
        'ecr:BatchGetImage',
        'ecr:GetDownloadUrlForLayer',
        's3:CreateBucket',
        's3:ListBucket',
        's3:ListAllMyBuckets',
        's3:GetBucketLocation',
        's3:PutBucketCors',
      ),
      {
        actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
        resources: ['arn:aws:s3:::*SageMaker*', 'arn:aws:s3:::*Sagemaker*', 'arn:aws:s3:::*sagemaker*', 'arn:aws:s3:::*aws-glue*'],
      },
      { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::*'], sometimes: true },
      { actions: ['s3:PutObjectAcl'], resources: ['arn:aws:s3:::*SageMaker*', 'arn:aws:s3:::*Sagemaker*', 'arn:aws:s3:::*sagemaker*'] },
      { actions: ['ecr:PutImage', 'ecr:UploadLayerPart', 'ecr:BatchDeleteImage'], resources: ['arn:aws:ecr:*:*:repository/*sagemaker*'] },
      {
        actions: ['secretsmanager:GetSecretValue', 'secretsmanager:CreateSecret'],
        resources: ['arn:aws:secretsmanager:*:*:secret:AmazonSageMaker-*'],
      },
      { actions: ['secretsmanager:GetSecretValue'], resources: ['*'], sometimes: true },
      {
        actions: ['lambda:InvokeFunction'],
        resources: ['arn:aws:lambda:*:*:function:*SageMaker*', 'arn:aws:lambda:*:*:function:*sagemaker*'],
      },
      { actions: ['iam:PassRole'], resources: ['arn:aws:iam::*:role/*'], sometimes: true },
    ],
  ],
  [
    'AmazonSageMakerReadOnly',
    everywhere('sagemaker:Describe*', 'sagemaker:List*', 'sagemaker:Search', 'sagemaker:GetRecord', 'sagemaker:BatchGetRecord'),
  ],
  [
    'AmazonBedrockFullAccess',
    [
      ...everywhere('bedrock:*'),
      { actions: ['iam:PassRole'], resources: ['arn:aws:iam::*:role/*AmazonBedrock*'], sometimes: true },
      {
        actions: ['sagemaker:CreateEndpoint', 'sagemaker:CreateModel', 'sagemaker:UpdateEndpoint', 'sagemaker:DeleteEndpoint'],
        resources: ['arn:aws:sagemaker:*:*:endpoint/*', 'arn:aws:sagemaker:*:*:model/*'],
        sometimes: true,
      },
    ],
  ],
  ['AmazonBedrockReadOnly', everywhere('bedrock:Get*', 'bedrock:List*')],
  ['AmazonEC2FullAccess', everywhere('ec2:*', 'elasticloadbalancing:*', 'cloudwatch:*', 'autoscaling:*')],
  ['AmazonEC2ReadOnlyAccess', everywhere('ec2:Describe*')],
  ['AmazonEC2ContainerRegistryFullAccess', everywhere('ecr:*')],
  [
    'AmazonEC2ContainerRegistryPowerUser',
    everywhere('ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:PutImage', 'ecr:UploadLayerPart'),
  ],
  ['AmazonEC2ContainerRegistryReadOnly', everywhere('ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer')],
  ['AmazonEC2ContainerRegistryPullOnly', everywhere('ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer')],
  ['AmazonECSTaskExecutionRolePolicy', everywhere('ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer')],
  [
    'AmazonEKSWorkerNodePolicy',
    everywhere('ec2:DescribeInstances', 'ec2:DescribeVolumes', 'eks:DescribeCluster', 'eks-auth:AssumeRoleForPodIdentity'),
  ],
  ['AmazonEKSClusterPolicy', everywhere('autoscaling:UpdateAutoScalingGroup', 'ec2:CreateRoute', 'ec2:AuthorizeSecurityGroupIngress')],
  ['AmazonEKS_CNI_Policy', everywhere('ec2:AssignPrivateIpAddresses', 'ec2:AttachNetworkInterface', 'ec2:CreateNetworkInterface')],
  [
    'AmazonSSMManagedInstanceCore',
    everywhere(
      'ssm:UpdateInstanceInformation',
      'ssmmessages:OpenDataChannel',
      'ec2messages:GetMessages',
      'ssm:GetParameter',
      'ssm:GetParameters',
    ),
  ],
  ['AmazonSSMFullAccess', everywhere('ssm:*', 'logs:*', 'ssmmessages:OpenDataChannel', 'ec2messages:*')],
  ['SecretsManagerReadWrite', everywhere('secretsmanager:*')],
  ['CloudWatchAgentServerPolicy', everywhere('cloudwatch:PutMetricData', 'logs:PutLogEvents')],
  ['CloudWatchLogsFullAccess', everywhere('logs:*')],
  ['CloudWatchFullAccess', everywhere('cloudwatch:*', 'logs:*')],
  ['AWSLambdaBasicExecutionRole', everywhere('logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents')],
  ['AWSLambdaVPCAccessExecutionRole', everywhere('logs:PutLogEvents', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface')],
  ['AWSLambda_FullAccess', [...everywhere('lambda:*'), { actions: ['iam:PassRole'], resources: ['*'], sometimes: true }]],
  ['AWSXRayDaemonWriteAccess', everywhere('xray:PutTraceSegments')],
]);

/** Policy templates of AWS SAM that give access to a bucket, by what they take. Source: SAM policy template list. */
export const samBucketPolicies: ReadonlyMap<string, readonly string[]> = new Map([
  ['S3ReadPolicy', ['s3:GetObject', 's3:ListBucket', 's3:GetBucketLocation', 's3:GetObjectVersion', 's3:GetLifecycleConfiguration']],
  ['S3WritePolicy', ['s3:PutObject', 's3:PutObjectAcl', 's3:PutLifecycleConfiguration']],
  ['S3CrudPolicy', ['s3:GetObject', 's3:ListBucket', 's3:GetBucketLocation', 's3:PutObject', 's3:DeleteObject']],
  ['S3FullAccessPolicy', ['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3:PutObjectAcl', 's3:DeleteObject', 's3:DeleteObjectTagging']],
]);
