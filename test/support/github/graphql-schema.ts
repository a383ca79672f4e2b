import { parseSchema } from './graphql-language.ts';

/** The part of GitHub's GraphQL schema that the stand-in serves, with the names and types of the original. */
export const schema = parseSchema(`
  type Query {
    repository(owner: String!, name: String!, followRenames: Boolean): Repository
    rateLimit: RateLimit
    viewer: User
  }
  type RateLimit { cost: Int! limit: Int! remaining: Int! used: Int! nodeCount: Int! resetAt: DateTime! }
  type Repository {
    id: ID! name: String! nameWithOwner: String! isPrivate: Boolean! databaseId: Int
    defaultBranchRef: Ref
    object(oid: GitObjectID, expression: String): GitObject
    pullRequest(number: Int!): PullRequest
  }
  type Ref { name: String! target: GitObject }

  union GitObject = Blob | Tree | Commit
  interface GitObject { id: ID! oid: GitObjectID! abbreviatedOid: String! }
  type Blob {
    id: ID! oid: GitObjectID! abbreviatedOid: String!
    text: String isBinary: Boolean isTruncated: Boolean! byteSize: Int!
  }
  type Tree { id: ID! oid: GitObjectID! abbreviatedOid: String! entries: [TreeEntry!] }
  type TreeEntry { name: String! path: String type: String! mode: Int! oid: GitObjectID! size: Int! object: GitObject }
  type Commit { id: ID! oid: GitObjectID! abbreviatedOid: String! message: String! tree: Tree! }

  type PullRequest {
    id: ID! number: Int! title: String! body: String! isDraft: Boolean! state: String!
    baseRefName: String! baseRefOid: GitObjectID! headRefName: String! headRefOid: GitObjectID!
    isCrossRepository: Boolean! author: Actor
    reviewThreads(first: Int, after: String, last: Int, before: String): PullRequestReviewThreadConnection!
    comments(first: Int, after: String, last: Int, before: String): IssueCommentConnection!
    reviews(first: Int, after: String, last: Int, before: String): PullRequestReviewConnection
  }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }

  type PullRequestReviewThreadConnection { nodes: [PullRequestReviewThread] totalCount: Int! pageInfo: PageInfo! }
  type PullRequestReviewThread {
    id: ID! isResolved: Boolean! isOutdated: Boolean! path: String! line: Int startLine: Int originalLine: Int originalStartLine: Int
    diffSide: String! startDiffSide: String subjectType: String! resolvedBy: Actor
    comments(first: Int, after: String, last: Int, before: String): PullRequestReviewCommentConnection!
  }
  type PullRequestReviewCommentConnection { nodes: [PullRequestReviewComment] totalCount: Int! pageInfo: PageInfo! }
  type PullRequestReviewComment {
    id: ID! databaseId: Int fullDatabaseId: BigInt body: String! author: Actor path: String! line: Int outdated: Boolean!
    isMinimized: Boolean! minimizedReason: String createdAt: DateTime! replyTo: PullRequestReviewComment state: PullRequestReviewCommentState!
  }
  type IssueCommentConnection { nodes: [IssueComment] totalCount: Int! pageInfo: PageInfo! }
  type IssueComment {
    id: ID! databaseId: Int fullDatabaseId: BigInt body: String! author: Actor isMinimized: Boolean! minimizedReason: String createdAt: DateTime!
  }
  type PullRequestReviewConnection { nodes: [PullRequestReview] totalCount: Int! pageInfo: PageInfo! }
  type PullRequestReview {
    id: ID! databaseId: Int fullDatabaseId: BigInt body: String! author: Actor state: String! isMinimized: Boolean! minimizedReason: String
  }

  union Actor = User | Bot | Organization
  interface Actor { login: String! }
  type User { login: String! id: ID! databaseId: Int }
  type Bot { login: String! id: ID! databaseId: Int }
  type Organization { login: String! id: ID! databaseId: Int }

  type Mutation {
    minimizeComment(input: MinimizeCommentInput!): MinimizeCommentPayload
    unminimizeComment(input: UnminimizeCommentInput!): UnminimizeCommentPayload
    resolveReviewThread(input: ResolveReviewThreadInput!): ResolveReviewThreadPayload
    unresolveReviewThread(input: UnresolveReviewThreadInput!): UnresolveReviewThreadPayload
  }
  input MinimizeCommentInput { subjectId(of: ID!): ID! classifier(of: ReportedContentClassifiers!): String! clientMutationId: String }
  input UnminimizeCommentInput { subjectId(of: ID!): ID! clientMutationId: String }
  input ResolveReviewThreadInput { threadId(of: ID!): ID! clientMutationId: String }
  input UnresolveReviewThreadInput { threadId(of: ID!): ID! clientMutationId: String }
  union Minimizable = IssueComment | PullRequestReviewComment | PullRequestReview
  interface Minimizable { isMinimized: Boolean! minimizedReason: String }
  type MinimizeCommentPayload { minimizedComment: Minimizable }
  type UnminimizeCommentPayload { unminimizedComment: Minimizable }
  type ResolveReviewThreadPayload { thread: PullRequestReviewThread }
  type UnresolveReviewThreadPayload { thread: PullRequestReviewThread }
`);
