import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { plainListener } from '../../src/concepts/load-balancer.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'network/load-balancer-without-tls',
  title: 'Public load balancer of an AI service speaks plain HTTP',
  severity: 'medium',
  requirements: ['R3', 'R17', 'R39'],
  frameworks: { nist: ['SC-8'], stride: ['information-disclosure', 'tampering'] },
  why: `Callers of a model send an API key with every request, and often private text. Over plain HTTP everyone on the way can read both, and can change the answers.`,
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-listener.html',
  ],
  looksAt: plainListener,

  *check({ of, balancer, protocol }, world) {
    const why = aiRelevance(of, world) ?? aiRelevance(balancer, world);
    if (why === undefined) return;
    yield {
      at: protocol,
      message: `${code(of.address)} takes requests from the internet in plain HTTP, and it is part of an AI system: ${why}. Keys, prompts and answers can be read and changed on the way. Listen with HTTPS and a certificate, and let port 80 only redirect to it.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a listener in front of a model gateway',
        files: terraform`
          resource "aws_lb" "llm" {
            name = "llm-gateway"
          }
          resource "aws_lb_listener" "llm" {
            load_balancer_arn = aws_lb.llm.arn
            port              = 80
            protocol          = "HTTP" # <- finds
            default_action {
              type             = "forward"
              target_group_arn = aws_lb_target_group.llm.arn
            }
          }
          resource "aws_lb_target_group" "llm" {
            name = "llm"
            port = 8000
          }
        `,
      },
      {
        name: 'in a template',
        files: cloudformation`
          Resources:
            Gateway:
              Type: AWS::ElasticLoadBalancingV2::LoadBalancer
              Properties:
                Name: bedrock-gateway
                Scheme: internet-facing
            Listener:
              Type: AWS::ElasticLoadBalancingV2::Listener
              Properties:
                LoadBalancerArn: !Ref Gateway
                Port: 80
                Protocol: HTTP # <- finds
                DefaultActions:
                  - Type: forward
                    TargetGroupArn: arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/bedrock/1234567890abcdef
        `,
      },
    ],
    good: [
      {
        name: 'a redirect, and a load balancer inside the network',
        files: terraform`
          resource "aws_lb" "llm" {
            name = "llm-gateway"
          }
          resource "aws_lb_listener" "redirect" {
            load_balancer_arn = aws_lb.llm.arn
            port              = 80
            protocol          = "HTTP"
            default_action {
              type = "redirect"
              redirect {
                port        = "443"
                protocol    = "HTTPS"
                status_code = "HTTP_301"
              }
            }
          }
          resource "aws_lb" "inside" {
            name     = "llm-inside"
            internal = true
          }
          resource "aws_lb_listener" "inside" {
            load_balancer_arn = aws_lb.inside.arn
            port              = 80
            protocol          = "HTTP"
            default_action {
              type             = "forward"
              target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/llm/1234567890abcdef"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'a variable decides whether it is inside',
        files: terraform`
          variable "internal" {
            type = bool
          }
          resource "aws_lb" "llm" {
            name     = "llm-gateway"
            internal = var.internal
          }
          resource "aws_lb_listener" "llm" {
            load_balancer_arn = aws_lb.llm.arn
            port              = 80
            protocol          = "HTTP"
            default_action {
              type             = "forward"
              target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/llm/1234567890abcdef"
            }
          }
        `,
      },
    ],
  },
});
