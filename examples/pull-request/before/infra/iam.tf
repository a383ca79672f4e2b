resource "aws_iam_role" "ml" {
  name = "acme-ml-shared"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "sagemaker.amazonaws.com" }
    }]
  })
}

data "aws_iam_policy_document" "ml" {
  statement {
    sid       = "ReadModels"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.models.arn}/ranker/*"]
  }
}

resource "aws_iam_role_policy" "ml" {
  name   = "models"
  role   = aws_iam_role.ml.id
  policy = data.aws_iam_policy_document.ml.json
}
