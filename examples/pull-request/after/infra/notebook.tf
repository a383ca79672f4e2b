resource "aws_sagemaker_notebook_instance" "exploration" {
  name          = "ranker-exploration"
  role_arn      = aws_iam_role.ml.arn
  instance_type = "ml.g5.xlarge"
  subnet_id     = var.private_subnets[0]
  root_access   = "Enabled"

  security_groups = [aws_security_group.model.id]
}
