/**
 * A made-up platform of `files` Terraform files, 20 in a directory, about 4 KB each. As in real repositories most of it is right, much of it is
 * not about AI, there are comments, and files differ: each takes its resources in another order from the kinds below. About one file in six
 * holds a mistake that a rule finds.
 */
export function corpus(files) {
  return snapshotOf(files, (i) => [
    `platform/team${Math.floor(i / 20)}/part${i % 20}.tf`,
    i % 20 === 0 ? shared(i) : Array.from({ length: 6 }, (_, n) => kinds[(i * 7 + n) % kinds.length](i, n)).join(''),
  ]);
}

/** The same in YAML: plain manifests of AI and other workloads, a chart's values, CloudFormation templates. */
export function yamlCorpus(files) {
  return snapshotOf(files, (i) => {
    if (i % 10 === 9) return [`charts/app${i}/values.yaml`, values(i)];
    if (i % 5 === 4) return [`stacks/stack${i}.yaml`, stack(i)];
    return [
      `apps/team${Math.floor(i / 20)}/app${i}.yaml`,
      [i % 3 === 0 ? inference(i) : web(i), service(i), web(i + 100_000)].join('---\n'),
    ];
  });
}

function snapshotOf(files, make) {
  const snapshot = new Map();
  for (let i = 0; i < files; i++) {
    const [path, text] = make(i);
    snapshot.set(path, { path, sha: `${path}#${text.length}`, text });
  }
  return snapshot;
}

const shared = (i) => `
# What every part of this team's platform shares.
terraform {
  required_version = "~> 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.80" }
  }
}
variable "region" {
  description = "Where the platform runs"
  type        = string
  default     = "eu-central-1"
}
variable "env" {
  type    = string
  default = "prod"
  validation {
    condition     = contains(["dev", "staging", "prod"], var.env)
    error_message = "One of dev, staging and prod."
  }
}
variable "team" {
  type = object({ name = string, cost_center = optional(string, "0000") })
  default = { name = "team${i}" }
}
locals {
  prefix  = "acme-\${var.env}-team${i}"
  is_prod = var.env == "prod"
  tags = {
    Team        = var.team.name
    Environment = var.env
    CostCenter  = var.team.cost_center
  }
  subnets = [for n in range(4) : cidrsubnet("10.${i % 250}.0.0/16", 8, n)]
}
module "network" {
  source = "./network"
  cidr   = "10.${i % 250}.0.0/16"
  names  = [for n in range(3) : format("%s-%d", local.prefix, n)]
}
`;

const bucket = (i, n) => `
# Weights of the ranking model ${i}-${n}. Old versions are kept, so that a deployment can go back.
resource "aws_s3_bucket" "models_${i}_${n}" {
  bucket        = "\${local.prefix}-model-weights-${i}-${n}"
  force_destroy = local.is_prod ? false : true
  tags          = merge(local.tags, { Name = format("models-%d-%d", ${i}, ${n}) })
}

resource "aws_s3_bucket_versioning" "models_${i}_${n}" {
  bucket = aws_s3_bucket.models_${i}_${n}.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "models_${i}_${n}" {
  bucket                  = aws_s3_bucket.models_${i}_${n}.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = ${i % 4 === 3 ? 'false' : 'true'}
}
`;

const role = (i, n) => `
data "aws_iam_policy_document" "trust_${i}_${n}" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "reader_${i}_${n}" {
  name               = "\${local.prefix}-reader-${i}-${n}"
  assume_role_policy = data.aws_iam_policy_document.trust_${i}_${n}.json
  tags               = local.tags
}

resource "aws_iam_role_policy" "reader_${i}_${n}" {
  name = "reader-${i}-${n}"
  role = aws_iam_role.reader_${i}_${n}.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::\${local.prefix}-reports-${i}/*" },
      { Effect = "Allow", Action = ["logs:PutLogEvents"], Resource = "arn:aws:logs:\${var.region}:*:log-group:/acme/${i}:*" },
    ]
  })
}
`;

const notebook = (i, n) => `
resource "aws_sagemaker_notebook_instance" "lab_${i}_${n}" {
  name                   = "lab-${i}-${n}"
  instance_type          = local.is_prod ? "ml.g5.xlarge" : "ml.t3.medium"
  role_arn               = "arn:aws:iam::123456789012:role/lab"
  direct_internet_access = "${i % 12 === 5 ? 'Enabled' : 'Disabled'}"
  root_access            = "Disabled"
  subnet_id              = module.network.subnet_ids[${n % 4}]
  security_groups        = [module.network.security_group_id]
  kms_key_id             = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  lifecycle_config_name  = "stop-when-idle"
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
  tags = local.tags
}
`;

const network = (i, n) => `
/* The shop's own network: nothing here is about AI. */
resource "aws_security_group" "shop_${i}_${n}" {
  name        = "\${local.prefix}-shop-${i}-${n}"
  description = "Web servers of the shop"
  vpc_id      = module.network.vpc_id

  dynamic "ingress" {
    for_each = { http = 80, https = 443 }
    content {
      description = ingress.key
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = local.subnets
    }
  }

  egress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_lb_target_group" "shop_${i}_${n}" {
  name     = "shop-${i}-${n}"
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = module.network.vpc_id

  health_check {
    path                = "/healthz"
    healthy_threshold   = 3
    unhealthy_threshold = 3
  }
}
`;

const queue = (i, n) => `
resource "aws_sqs_queue" "orders_${i}_${n}" {
  name                      = "orders-${i}-${n}"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed_${i}_${n}.arn
    maxReceiveCount     = 4
  })
}

resource "aws_sqs_queue" "failed_${i}_${n}" {
  name                    = "orders-failed-${i}-${n}"
  sqs_managed_sse_enabled = true
}

resource "aws_cloudwatch_metric_alarm" "orders_${i}_${n}" {
  alarm_name          = "orders-${i}-${n}-too-old"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  period              = 300
  statistic           = "Maximum"
  threshold           = local.is_prod ? 900 : 3600
  dimensions          = { QueueName = aws_sqs_queue.orders_${i}_${n}.name }
}
`;

const record = (i, n) => `
# Names of the shop in each region; the health check takes a region out that does not answer.
resource "aws_route53_record" "shop_${i}_${n}" {
  for_each = toset(["eu", "us"])
  zone_id  = "Z0123456789ABCDEFGHIJ"
  name     = "\${each.key}.shop-${i}-${n}.example.com"
  type     = "CNAME"
  ttl      = 300
  records  = ["\${each.key}-lb-${i}.example.com"]
}

output "shop_${i}_${n}" {
  description = "Where the shop answers"
  value       = { for region, record in aws_route53_record.shop_${i}_${n} : region => record.fqdn }
}
`;

const kinds = [bucket, network, queue, role, record, notebook, queue, network];

const web = (i) => `# The shop's front end.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${i}
  namespace: shop
  labels: { app: web-${i}, team: storefront }
spec:
  replicas: 3
  selector:
    matchLabels: { app: web-${i} }
  template:
    metadata:
      labels: { app: web-${i}, team: storefront }
    spec:
      automountServiceAccountToken: false
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: web
          image: registry.example.com/shop/web:1.${i % 40}.0
          ports: [{ containerPort: 8080, name: http }]
          env:
            - name: BACKEND_URL
              value: http://backend-${i}.shop.svc:8080
            - name: DATABASE_PASSWORD
              valueFrom: { secretKeyRef: { name: database, key: value } }
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
          resources:
            requests: { cpu: 250m, memory: 256Mi }
            limits: { memory: 256Mi }
          readinessProbe: { httpGet: { path: /healthz, port: http } }
`;

const inference = (i) => `# Serves the ranking model.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ranker-${i}
  namespace: models
spec:
  replicas: 2
  selector:
    matchLabels: { app: ranker-${i} }
  template:
    metadata:
      labels: { app: ranker-${i} }
    spec:
      automountServiceAccountToken: false
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      nodeSelector: { pool: gpu }
      tolerations: [{ key: nvidia.com/gpu, operator: Exists, effect: NoSchedule }]
      containers:
        - name: server
          image: registry.example.com/models/ranker@sha256:${'0123456789abcdef'.repeat(4)}
          args: [serve, --port=8000, --model=/models/ranker]
          ports: [{ containerPort: 8000, name: http }]
          securityContext: { allowPrivilegeEscalation: ${i % 9 === 0}, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
          resources:
            requests: { cpu: "4", memory: 16Gi }
            limits: { memory: 16Gi, nvidia.com/gpu: 1 }
          readinessProbe: { httpGet: { path: /health, port: http } }
`;

const service = (i) => `apiVersion: v1
kind: Service
metadata: { name: web-${i}, namespace: shop }
spec:
  selector: { app: web-${i} }
  ports: [{ name: http, port: 80, targetPort: http }]
`;

const values = (i) => `# Values of the shop's chart.
replicaCount: 3
image:
  repository: registry.example.com/shop/app
  tag: 2.${i % 30}.1
service: { type: ClusterIP, port: 80 }
ingress: { enabled: false }
resources:
  requests: { cpu: 100m, memory: 128Mi }
  limits: { memory: 128Mi }
securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false }
config:
${Array.from({ length: 30 }, (_, n) => `  option${n}: "${(i * 31 + n) % 97}" # tuned in review ${n}`).join('\n')}
`;

const stack = (i) => `AWSTemplateFormatVersion: "2010-09-09"
Description: Training data of team ${i}
Parameters:
  Stage: { Type: String, Default: prod, AllowedValues: [dev, prod] }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Data:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub "acme-training-data-${i}-\${Stage}"
      VersioningConfiguration: { Status: Enabled }
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: ${i % 4 !== 0}
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Join ["-", [orders, !Ref Stage, "${i}"]]
      SqsManagedSseEnabled: true
      VisibilityTimeout: !If [IsProd, 300, 30]
Outputs:
  DataName: { Value: !Ref Data }
  OrdersUrl: { Value: !Ref Orders }
`;
