import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { isMissing } from './setting.ts';

/** An agent that Vertex AI Agent Engine runs. */
export interface EngineAgent {
  readonly of: Resource;
  readonly account: Located;
  /** `AGENT_IDENTITY` gives the agent an identity of its own without an account. */
  readonly identity: Located;
}

/** Those that run code: an engine may also be made only to keep sessions and memories. */
export const engineAgent = byType<EngineAgent>('agent of Agent Engine', {
  google_vertex_ai_reasoning_engine: (of) =>
    isMissing(of.attr('spec')) ? [] : [{ of, account: of.attr('spec', 'service_account'), identity: of.attr('spec', 'identity_type') }],
});
