import { cloudformation, file, terraform, values, yaml } from '../../src/engine/define-rule.ts';
import type { Example } from '../../src/engine/rule.ts';

/** An ordinary web shop with the faults that ordinary infrastructure has. Nothing in it belongs to an AI system, so no rule may speak. */
export const webShop: readonly Example[] = [
  {
    name: 'a web shop on AWS',
    files: terraform`
      resource "aws_vpc" "main" {
        cidr_block = "10.0.0.0/16"
      }

      resource "aws_security_group" "web" {
        name   = "web"
        vpc_id = aws_vpc.main.id

        ingress {
          from_port   = 443
          to_port     = 443
          protocol    = "tcp"
          cidr_blocks = ["0.0.0.0/0"]
        }

        ingress {
          from_port   = 22
          to_port     = 22
          protocol    = "tcp"
          cidr_blocks = ["0.0.0.0/0"]
        }

        egress {
          from_port   = 0
          to_port     = 0
          protocol    = "-1"
          cidr_blocks = ["0.0.0.0/0"]
        }
      }

      resource "aws_security_group_rule" "admin" {
        type              = "ingress"
        from_port         = 0
        to_port           = 65535
        protocol          = "tcp"
        cidr_blocks       = ["0.0.0.0/0"]
        security_group_id = aws_security_group.web.id
      }

      resource "aws_instance" "web" {
        ami                         = "ami-0123456789abcdef0"
        instance_type               = "t3.small"
        associate_public_ip_address = true
        vpc_security_group_ids      = [aws_security_group.web.id]

        metadata_options {
          http_tokens = "optional"
        }

        root_block_device {
          encrypted = false
        }
      }

      resource "aws_launch_template" "web" {
        name          = "web"
        instance_type = "m6i.large"

        metadata_options {
          http_tokens = "optional"
        }
      }

      resource "aws_lb" "shop" {
        name               = "shop"
        internal           = false
        load_balancer_type = "application"
        security_groups    = [aws_security_group.web.id]
      }

      resource "aws_lb_listener" "shop" {
        load_balancer_arn = aws_lb.shop.arn
        port              = 80
        protocol          = "HTTP"

        default_action {
          type             = "forward"
          target_group_arn = aws_lb_target_group.shop.arn
        }
      }

      resource "aws_lb_target_group" "shop" {
        name     = "shop"
        port     = 8080
        protocol = "HTTP"
        vpc_id   = aws_vpc.main.id
      }

      resource "aws_s3_bucket" "pictures" {
        bucket        = "acme-shop-pictures"
        force_destroy = true
      }

      resource "aws_s3_bucket_acl" "pictures" {
        bucket = aws_s3_bucket.pictures.id
        acl    = "public-read"
      }

      resource "aws_s3_bucket_public_access_block" "pictures" {
        bucket                  = aws_s3_bucket.pictures.id
        block_public_acls       = false
        block_public_policy     = false
        ignore_public_acls      = false
        restrict_public_buckets = false
      }

      resource "aws_s3_bucket_versioning" "pictures" {
        bucket = aws_s3_bucket.pictures.id

        versioning_configuration {
          status = "Suspended"
        }
      }

      resource "aws_s3_bucket_policy" "pictures" {
        bucket = aws_s3_bucket.pictures.id
        policy = jsonencode({
          Version = "2012-10-17"
          Statement = [{
            Effect    = "Allow"
            Principal = "*"
            Action    = ["s3:GetObject"]
            Resource  = "arn:aws:s3:::acme-shop-pictures/*"
          }]
        })
      }

      resource "aws_ebs_volume" "orders" {
        availability_zone = "eu-central-1a"
        size              = 100
        encrypted         = false
      }

      resource "aws_efs_file_system" "shared" {
        encrypted = false
      }

      resource "aws_db_instance" "orders" {
        identifier          = "orders"
        engine              = "postgres"
        instance_class      = "db.t4g.large"
        allocated_storage   = 100
        username            = "shop"
        publicly_accessible = true
        storage_encrypted   = false
        skip_final_snapshot = true
        deletion_protection = false
      }

      resource "aws_elasticache_replication_group" "sessions" {
        replication_group_id       = "sessions"
        description                = "sessions of the shop"
        at_rest_encryption_enabled = false
        transit_encryption_enabled = false
      }

      resource "aws_cloudwatch_log_group" "shop" {
        name = "/acme/shop"
      }

      resource "aws_lambda_function_url" "checkout" {
        function_name      = aws_lambda_function.checkout.function_name
        authorization_type = "NONE"
      }

      resource "aws_lambda_function" "checkout" {
        function_name = "checkout"
        role          = aws_iam_role.checkout.arn
        runtime       = "nodejs22.x"
        handler       = "index.handler"
        filename      = "checkout.zip"
      }

      resource "aws_iam_role" "checkout" {
        name = "checkout"
        assume_role_policy = jsonencode({
          Version = "2012-10-17"
          Statement = [{
            Effect    = "Allow"
            Principal = { Service = "lambda.amazonaws.com" }
            Action    = "sts:AssumeRole"
          }]
        })
      }

      resource "aws_iam_role_policy" "checkout" {
        name = "checkout"
        role = aws_iam_role.checkout.id
        policy = jsonencode({
          Version = "2012-10-17"
          Statement = [{
            Effect   = "Allow"
            Action   = ["s3:*"]
            Resource = "*"
          }]
        })
      }

      resource "aws_iam_role_policy" "admin" {
        name = "admin"
        role = aws_iam_role.checkout.id
        policy = jsonencode({
          Version = "2012-10-17"
          Statement = [
            { Effect = "Allow", Action = "*", Resource = "*" },
            { Effect = "Allow", Action = ["iam:PassRole", "iam:AttachRolePolicy", "s3:GetObject"], Resource = "*" },
          ]
        })
      }

      resource "aws_iam_role" "release" {
        name = "release"
        assume_role_policy = jsonencode({
          Version = "2012-10-17"
          Statement = [
            { Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole" },
            {
              Effect    = "Allow"
              Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
              Action    = "sts:AssumeRoleWithWebIdentity"
            },
          ]
        })
      }

      resource "aws_vpc_endpoint" "s3" {
        vpc_id       = aws_vpc.main.id
        service_name = "com.amazonaws.eu-central-1.s3"
        policy = jsonencode({
          Version   = "2012-10-17"
          Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }]
        })
      }

      resource "aws_fsx_openzfs_file_system" "uploads" {
        deployment_type     = "SINGLE_AZ_2"
        storage_capacity    = 64
        throughput_capacity = 160
        subnet_ids          = ["subnet-0a1b2c3d"]

        root_volume_configuration {
          nfs_exports {
            client_configurations {
              clients = "*"
              options = ["rw"]
            }
          }
        }
      }

      resource "aws_ecr_repository" "shop" {
        name                 = "shop"
        image_tag_mutability = "MUTABLE"
      }
    `,
  },
  {
    name: 'a web shop on Google Cloud',
    files: terraform`
      resource "google_compute_firewall" "web" {
        name          = "web"
        network       = "default"
        source_ranges = ["0.0.0.0/0"]

        allow {
          protocol = "tcp"
          ports    = ["22", "443"]
        }
      }

      resource "google_compute_instance" "web" {
        name         = "web"
        machine_type = "e2-medium"

        network_interface {
          network = "default"

          access_config {}
        }
      }

      resource "google_storage_bucket" "pictures" {
        name                        = "acme-shop-pictures"
        location                    = "EU"
        force_destroy               = true
        uniform_bucket_level_access = false
        public_access_prevention    = "inherited"
      }

      resource "google_storage_bucket_iam_member" "pictures" {
        bucket = google_storage_bucket.pictures.name
        role   = "roles/storage.objectViewer"
        member = "allUsers"
      }

      resource "google_project_iam_member" "shop" {
        project = "acme-shop"
        role    = "roles/editor"
        member  = "serviceAccount:shop@acme-shop.iam.gserviceaccount.com"
      }

      resource "google_cloud_run_v2_service" "shop" {
        name     = "shop"
        location = "europe-west1"
        ingress  = "INGRESS_TRAFFIC_ALL"

        template {
          containers {
            image = "europe-docker.pkg.dev/acme/shop/web:latest"
          }
        }
      }

      resource "google_cloud_run_v2_service_iam_member" "shop" {
        name   = google_cloud_run_v2_service.shop.name
        role   = "roles/run.invoker"
        member = "allUsers"
      }

      resource "google_sql_database_instance" "orders" {
        name                = "orders"
        database_version    = "POSTGRES_16"
        deletion_protection = false

        settings {
          tier = "db-f1-micro"

          ip_configuration {
            ipv4_enabled = true

            authorized_networks {
              value = "0.0.0.0/0"
            }
          }
        }
      }
    `,
  },
  {
    name: 'a web shop on Azure',
    files: terraform`
      resource "azurerm_storage_account" "pictures" {
        name                            = "acmeshoppictures"
        resource_group_name             = "shop"
        location                        = "westeurope"
        account_tier                    = "Standard"
        account_replication_type        = "LRS"
        public_network_access_enabled   = true
        allow_nested_items_to_be_public = true
        shared_access_key_enabled       = true
      }

      resource "azurerm_network_security_rule" "web" {
        name                        = "web"
        priority                    = 100
        direction                   = "Inbound"
        access                      = "Allow"
        protocol                    = "Tcp"
        source_port_range           = "*"
        destination_port_range      = "22"
        source_address_prefix       = "*"
        destination_address_prefix  = "*"
        resource_group_name         = "shop"
        network_security_group_name = "web"
      }

      resource "azurerm_key_vault" "shop" {
        name                          = "shop"
        location                      = "westeurope"
        resource_group_name           = "shop"
        tenant_id                     = "00000000-0000-0000-0000-000000000000"
        sku_name                      = "standard"
        public_network_access_enabled = true
        purge_protection_enabled      = false
      }

      resource "azurerm_postgresql_flexible_server" "orders" {
        name                          = "orders"
        resource_group_name           = "shop"
        location                      = "westeurope"
        public_network_access_enabled = true
      }

      resource "azurerm_role_assignment" "shop" {
        scope                = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop"
        role_definition_name = "Contributor"
        principal_id         = "11111111-1111-1111-1111-111111111111"
      }

      resource "azurerm_container_app" "shop" {
        name                         = "shop"
        container_app_environment_id = "env"
        resource_group_name          = "shop"
        revision_mode                = "Single"

        ingress {
          external_enabled           = true
          allow_insecure_connections = true
          target_port                = 3000

          traffic_weight {
            latest_revision = true
            percentage      = 100
          }
        }

        template {
          container {
            name   = "web"
            image  = "acme.azurecr.io/shop:latest"
            cpu    = 0.5
            memory = "1Gi"
          }
        }
      }
    `,
  },
  {
    name: 'a web shop in CloudFormation',
    files: cloudformation`
      AWSTemplateFormatVersion: "2010-09-09"
      Resources:
        Web:
          Type: AWS::EC2::SecurityGroup
          Properties:
            GroupDescription: web
            SecurityGroupIngress:
              - IpProtocol: tcp
                FromPort: 22
                ToPort: 22
                CidrIp: 0.0.0.0/0
        Pictures:
          Type: AWS::S3::Bucket
          Properties:
            AccessControl: PublicRead
            PublicAccessBlockConfiguration:
              BlockPublicAcls: false
              BlockPublicPolicy: false
              IgnorePublicAcls: false
              RestrictPublicBuckets: false
        Orders:
          Type: AWS::RDS::DBInstance
          Properties:
            Engine: postgres
            DBInstanceClass: db.t4g.large
            PubliclyAccessible: true
            StorageEncrypted: false
        Shop:
          Type: AWS::EC2::Instance
          Properties:
            InstanceType: t3.small
            NetworkInterfaces:
              - DeviceIndex: "0"
                AssociatePublicIpAddress: true
        Logs:
          Type: AWS::Logs::LogGroup
          Properties:
            LogGroupName: /acme/shop
        Checkout:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Version: "2012-10-17"
              Statement:
                - Effect: Allow
                  Principal: { Service: lambda.amazonaws.com }
                  Action: sts:AssumeRole
            Policies:
              - PolicyName: checkout
                PolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    - Effect: Allow
                      Action: s3:*
                      Resource: "*"
    `,
  },
  {
    name: 'a web shop on Kubernetes',
    files: yaml`
      apiVersion: v1
      kind: Namespace
      metadata: { name: shop }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: web, namespace: shop }
      spec:
        replicas: 1
        selector: { matchLabels: { app: web } }
        template:
          metadata:
            labels: { app: web }
          spec:
            hostNetwork: true
            containers:
              - name: web
                image: ghcr.io/acme/shop:latest
                securityContext:
                  privileged: true
                  runAsUser: 0
                  capabilities: { add: [SYS_ADMIN] }
                ports:
                  - containerPort: 3000
                volumeMounts:
                  - { name: cache, mountPath: /cache }
            volumes:
              - name: cache
                hostPath: { path: /var/cache }
      ---
      apiVersion: v1
      kind: Service
      metadata: { name: web, namespace: shop }
      spec:
        type: LoadBalancer
        selector: { app: web }
        ports:
          - port: 80
            targetPort: 3000
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: { name: web, namespace: shop }
      spec:
        rules:
          - host: shop.example.com
            http:
              paths:
                - path: /
                  pathType: Prefix
                  backend:
                    service:
                      name: web
                      port: { number: 80 }
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: { name: web, namespace: shop }
      rules:
        - apiGroups: [""]
          resources: [configmaps]
          verbs: [get, list]
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: pictures, namespace: shop }
      spec:
        accessModes: [ReadWriteMany]
        resources: { requests: { storage: 10Gi } }
    `,
  },
  {
    name: 'values of a web shop’s chart',
    files: values`
      image:
        repository: ghcr.io/acme/shop
        tag: latest
      service:
        type: LoadBalancer
        port: 80
      ingress:
        enabled: true
        hosts:
          - host: shop.example.com
            paths: [{ path: /, pathType: Prefix }]
        tls: []
      securityContext:
        privileged: true
        runAsUser: 0
      resources: {}
      networkPolicy:
        enabled: false
    `,
  },
  {
    name: 'a workflow that tests a web shop',
    files: file('.github/workflows/test.yml')`
      name: test
      on: [pull_request]
      permissions:
        contents: read
      jobs:
        test:
          runs-on: ubuntu-latest
          steps:
            - uses: actions/checkout@v6
            - run: npm test
    `,
  },
];
