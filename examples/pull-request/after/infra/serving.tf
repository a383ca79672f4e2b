resource "aws_sagemaker_model" "ranker" {
  name                     = "ranker"
  execution_role_arn       = aws_iam_role.ml.arn
  enable_network_isolation = var.isolate_models

  primary_container {
    image          = "763104351884.dkr.ecr.eu-central-1.amazonaws.com/huggingface-pytorch-inference:2.3.0-transformers4.48.0-gpu-py311-cu121-ubuntu22.04"
    model_data_url = "s3://${aws_s3_bucket.models.bucket}/ranker/7/model.tar.gz"

    environment = {
      HF_MODEL_ID = "acme/ranker"
      HF_TOKEN    = "@@HUGGING_FACE_TOKEN@@"
    }
  }

  vpc_config {
    subnets            = var.private_subnets
    security_group_ids = [aws_security_group.model.id]
  }
}

resource "aws_sagemaker_endpoint_configuration" "ranker" {
  name = "ranker"

  production_variants {
    variant_name           = "primary"
    model_name             = aws_sagemaker_model.ranker.name
    instance_type          = "ml.g5.xlarge"
    initial_instance_count = 1
  }
}

resource "aws_sagemaker_endpoint" "ranker" {
  name                 = "ranker"
  endpoint_config_name = aws_sagemaker_endpoint_configuration.ranker.name
}
