import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { vectorGuard } from '../../src/concepts/vector-database.ts';

export default defineRule({
  id: 'vector/public-database',
  title: 'Database of an AI system has a public address',
  severity: 'high',
  requirements: ['R4', 'R5'],
  frameworks: { nist: ['SC-7', 'AC-3'], stride: ['information-disclosure', 'tampering'], owasp: ['LLM08:2025'], atlas: ['AML.T0049'] },
  why: `Vectors in PostgreSQL, and the runs of an experiment tracker, are your documents and your models’ history. With a public address the only thing between them and the internet is a security group and a password.`,
  links: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html#USER_VPC.Hiding'],
  looksAt: vectorGuard,

  *check({ resource, noun, is, holds, lacks }) {
    if (is !== 'private' || holds.is !== 'known' || holds.value) return;
    yield { at: holds.at, message: `${noun} ${code(resource.address)} ${lacks}.`, fix: [holds.writes(true)] };
  },

  examples: {
    bad: [
      {
        name: 'pgvector',
        files: terraform`
          resource "aws_db_instance" "pgvector" {
            identifier          = "pgvector"
            engine              = "postgres"
            instance_class      = "db.r7g.large"
            storage_encrypted   = true
            publicly_accessible = true # <- finds
          }
        `,
        suggests: '  publicly_accessible = false',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Tracker:
              Type: AWS::RDS::DBInstance
              Properties:
                DBInstanceIdentifier: mlflow
                Engine: postgres
                StorageEncrypted: true
                PubliclyAccessible: true # <- finds
        `,
        suggests: '      PubliclyAccessible: false',
      },
    ],
    good: [
      {
        name: 'private',
        files: terraform`
          resource "aws_db_instance" "pgvector" {
            identifier          = "pgvector"
            engine              = "postgres"
            instance_class      = "db.r7g.large"
            storage_encrypted   = true
            publicly_accessible = false
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the subnet group decides',
        files: terraform`
          resource "aws_db_instance" "pgvector" {
            identifier        = "pgvector"
            engine            = "postgres"
            instance_class    = "db.r7g.large"
            storage_encrypted = true
          }
        `,
      },
    ],
  },
});
