terraform {
  required_version = ">= 1.9"

  backend "s3" {
    bucket       = "acme-terraform-state"
    key          = "ranker/prod/terraform.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = "eu-central-1"
}

variable "vpc_id" {
  type = string
}

variable "private_subnets" {
  type = list(string)
}

variable "isolate_models" {
  type    = bool
  default = false
}

resource "aws_kms_key" "models" {
  description         = "Weights and captured requests of the ranker"
  enable_key_rotation = true
}

resource "aws_security_group" "model" {
  name        = "ranker-model"
  description = "Ranker containers, reached from the application tier"
  vpc_id      = var.vpc_id

  egress {
    description = "AWS endpoints in the VPC"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
