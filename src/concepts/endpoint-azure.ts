import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import { azapiBody, azapiTypes } from './ai-service.ts';
import { byType } from './by-type.ts';
import { setting, textOf, words, yesNo, type Setting } from './setting.ts';

/** An AKS cluster that Azure Machine Learning serves models from. */
export interface InferenceCluster {
  readonly of: Resource;
  readonly tls: Located;
  /** For trying out only, as its owner says. */
  readonly forTests: boolean;
}

export const inferenceCluster = byType<InferenceCluster>('inference cluster', {
  azurerm_machine_learning_inference_cluster: (of) => [
    { of, tls: of.attr('ssl'), forTests: textOf(of.attr('cluster_purpose')) === 'DevTest' },
  ],
});

/** A deployment behind an online endpoint of Azure Machine Learning, and whether it may reach the internet. */
export interface OnlineDeployment {
  readonly of: Resource;
  readonly egress: Setting<boolean>;
}

export const onlineDeployment: Concept<OnlineDeployment> = {
  name: 'deployment of an online endpoint',
  types: new Set(azapiTypes),
  *view(of) {
    const body = azapiBody(of);
    if (body?.type === 'microsoft.machinelearningservices/workspaces/onlineendpoints/deployments')
      yield { of, egress: setting(body.attr('egressPublicNetworkAccess'), words('Enabled', 'Disabled')) };
  },
};

/** An AI Foundry account that runs agents. */
export interface AgentAccount {
  readonly of: Resource;
  /** A network of one's own that the agents are put into. */
  readonly network: Located;
  readonly restricted: Setting<boolean>;
}

// Default: hashicorp/azurerm, cognitive_account (project_management_enabled false, outbound_network_access_restricted false).
export const agentAccount: Concept<AgentAccount> = {
  name: 'account that runs agents',
  types: new Set(['azurerm_cognitive_account', ...azapiTypes]),
  *view(of) {
    if (of.type === 'azurerm_cognitive_account' && isTrue(of.attr('project_management_enabled')))
      yield {
        of,
        network: of.attr('network_injection'),
        restricted: setting(of.attr('outbound_network_access_restricted'), yesNo, false),
      };
    const body = azapiBody(of);
    if (body?.type === 'microsoft.cognitiveservices/accounts' && isTrue(body.attr('allowProjectManagement')))
      yield {
        of,
        network: body.attr('networkInjections'),
        restricted: setting(body.attr('restrictOutboundNetworkAccess'), yesNo, false),
      };
  },
};

const isTrue = (value: Located): boolean => value.is === 'known' && value.value === true;

/** What Dialogflow keeps of conversations. */
export interface KeptConversation {
  readonly of: Resource;
  readonly redaction: Setting<string>;
  readonly scope: Located;
}

// Default: hashicorp/google, dialogflow_cx_security_settings (redaction_strategy: "if not set, defaults to not redacting").
export const keptConversation = byType<KeptConversation>('kept conversation', {
  google_dialogflow_cx_security_settings: (of) => [
    {
      of,
      redaction: setting(of.attr('redaction_strategy'), { read: String, write: (v) => v }, 'none'),
      scope: of.attr('redaction_scope'),
    },
  ],
});

/** What a Vertex AI endpoint records of its requests. */
export interface RequestLog {
  readonly of: Resource;
  readonly on: Setting<boolean>;
}

export const requestLog = byType<RequestLog>('request log of an endpoint', {
  google_vertex_ai_endpoint: (of) => [{ of, on: setting(of.attr('predict_request_response_logging_config', 'enabled'), yesNo) }],
});
