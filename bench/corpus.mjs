/** A made-up platform of `files` Terraform files, 20 in a directory, about 3.5 KB each, with variables, locals, modules and references. */
export function corpus(files) {
  const snapshot = new Map();
  for (let i = 0; i < files; i++) {
    const path = `platform/team${Math.floor(i / 20)}/part${i % 20}.tf`;
    const text = i % 20 === 0 ? shared(i) : part(i);
    snapshot.set(path, { path, sha: `${path}#${text.length}`, text });
  }
  return snapshot;
}

const shared = (i) => `
variable "region" {
  type    = string
  default = "eu-central-1"
}
variable "env" {
  type    = string
  default = "prod"
}
locals {
  prefix  = "acme-\${var.env}-team${i}"
  is_prod = var.env == "prod"
  tags = {
    Team        = "team${i}"
    Environment = var.env
  }
  subnets = [for n in range(4) : cidrsubnet("10.${i % 250}.0.0/16", 8, n)]
}
`;

const part = (i) =>
  Array.from(
    { length: 4 },
    (_, n) => `
# Training data and weights of model ${i}-${n}
resource "aws_s3_bucket" "models_${i}_${n}" {
  bucket        = "\${local.prefix}-models-${i}-${n}"
  force_destroy = local.is_prod ? false : true
  tags          = merge(local.tags, { Name = format("models-%d-%d", ${i}, ${n}) })
}

resource "aws_s3_bucket_public_access_block" "models_${i}_${n}" {
  bucket                  = aws_s3_bucket.models_${i}_${n}.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = ${n === 3 ? 'false' : 'true'}
}

resource "aws_iam_role_policy" "reader_${i}_${n}" {
  name = "reader-${i}-${n}"
  role = "\${local.prefix}-role"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject"], Resource = "\${aws_s3_bucket.models_${i}_${n}.arn}/*" },
      { Effect = "Allow", Action = ["logs:PutLogEvents"], Resource = "arn:aws:logs:\${var.region}:*:*" },
    ]
  })
}

resource "aws_sagemaker_notebook_instance" "lab_${i}_${n}" {
  name                   = "lab-${i}-${n}"
  instance_type          = local.is_prod ? "ml.g5.xlarge" : "ml.t3.medium"
  role_arn               = "arn:aws:iam::123456789012:role/lab"
  direct_internet_access = "${n === 2 ? 'Enabled' : 'Disabled'}"
  subnet_id              = local.subnets[${n}]
}
`,
  ).join('');
