import { productOfImage, type AiProduct, type AiRole } from '../facts/ai-products.ts';
import type { Resource, View } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { podsOf, type Container, type Pod } from './container.ts';
import { parseImage } from './image-name.ts';
import { onceForEach } from './remembered.ts';

/** Why something belongs to an AI system, in words that fit after "because": "it runs the image `vllm/vllm-openai`". */
export interface AiEvidence {
  readonly role: AiRole;
  /** The product's name, or what it does ("a GPU workload") when the product is not known. */
  readonly what: string;
  readonly why: string;
  readonly product?: AiProduct;
}

const kinds: ReadonlyMap<string, readonly [AiRole, string]> = new Map([
  ['InferenceService', ['model server', 'a KServe inference service']],
  ['LLMInferenceService', ['model server', 'a KServe LLM service']],
  ['ServingRuntime', ['model server', 'a KServe serving runtime']],
  ['ClusterServingRuntime', ['model server', 'a KServe serving runtime']],
  ['InferenceGraph', ['model server', 'a KServe inference graph']],
  ['SeldonDeployment', ['model server', 'a Seldon deployment']],
  ['NIMService', ['model server', 'an NVIDIA NIM service']],
  ['NIMCache', ['model server', 'an NVIDIA NIM cache']],
  ['BentoDeployment', ['model server', 'a BentoML deployment']],
  ['RayCluster', ['Ray cluster', 'a Ray cluster']],
  ['RayService', ['Ray cluster', 'a Ray service']],
  ['RayJob', ['Ray cluster', 'a Ray job']],
  ['PyTorchJob', ['training', 'a PyTorch training job']],
  ['TFJob', ['training', 'a TensorFlow training job']],
  ['MPIJob', ['training', 'an MPI training job']],
  ['XGBoostJob', ['training', 'a training job']],
  ['PaddleJob', ['training', 'a training job']],
  ['JAXJob', ['training', 'a JAX training job']],
  ['TrainJob', ['training', 'a training job']],
  ['TrainingRuntime', ['training', 'a training runtime']],
  ['ClusterTrainingRuntime', ['training', 'a training runtime']],
  ['LeaderWorkerSet', ['model server', 'a multi-node model server']],
  ['Notebook', ['notebook', 'a Kubeflow notebook']],
]);

const gpuResource =
  /^(nvidia\.com\/(gpu|mig-.*)|amd\.com\/gpu|gpu\.intel\.com\/.*|habana\.ai\/gaudi|google\.com\/tpu|aws\.amazon\.com\/neuron.*)$/;
const gpuNode = /gke-accelerator|gke-tpu|gke-gpu|nvidia\.com\/|amd\.com\/gpu|aws\.amazon\.com\/neuron|k8s\.amazonaws\.com\/accelerator/;

const servers: readonly (readonly [RegExp, AiRole, string])[] = [
  [/\bvllm(\.entrypoints| serve)|^vllm$/, 'model server', 'vLLM'],
  [/\bsglang(\.launch_server|$)/, 'model server', 'SGLang'],
  [/\btritonserver\b/, 'model server', 'Triton'],
  [/\btensorflow_model_server\b/, 'model server', 'TensorFlow Serving'],
  [/\btorchserve\b/, 'model server', 'TorchServe'],
  [/\btext-generation-launcher\b/, 'model server', 'Text Generation Inference'],
  [/\bollama (serve|run)\b/, 'model server', 'Ollama'],
  [/\bllama-server\b/, 'model server', 'llama.cpp'],
  [/\bmlflow (server|ui)\b/, 'experiment tracker', 'MLflow'],
  [/\bjupyter(hub|[- ]lab|[- ]notebook|[- ]server)\b|start-notebook\.(sh|py)/, 'notebook', 'Jupyter'],
  [/\bray (start|job)\b/, 'Ray cluster', 'Ray'],
  [/\b(torchrun|deepspeed|accelerate launch)\b/, 'training', 'a training job'],
];
const modelVariables =
  /^(HF_TOKEN|HUGGING_FACE_HUB_TOKEN|HF_HOME|HF_MODEL_ID|MODEL_ID|NGC_API_KEY|NIM_.*|OPENAI_(API_KEY|BASE_URL|API_BASE|MODEL)|AZURE_OPENAI_.*|ANTHROPIC_.*|LLM_(API_KEY|MODEL|MODEL_NAME|BASE_URL|API_BASE|ENDPOINT|SERVER_URL|URL)|LITELLM_.*|EMBEDDING_(MODEL|BASE_URL)|BEDROCK_.*|VLLM_.*|OLLAMA_.*|TRITON_.*|RAY_.*|CUDA_VISIBLE_DEVICES|NVIDIA_VISIBLE_DEVICES)$/;
const names =
  /(^|[-_.])(vllm|triton|tgi|llm|llms|llama\d*|mistral|mixtral|gemma\d*|qwen\d*|deepseek|whisper|diffusion|sdxl|bert|gpt|nim|ollama|torchserve|tfserving|inference|model-server|modelserver|embedding|embeddings|embedder|rag|chatbot|jupyter|jupyterhub|mlflow|langfuse|litellm|ray|kserve|kubeflow|milvus|qdrant|weaviate|chroma|gpu|tpu|openai|langchain|langflow|genai|ai|ml)($|[-_.])/i;

/** Why a pod belongs to an AI system: its kind, image, command, accelerator, variables, and last its name. Undefined when nothing says so. */
export const aiPod = onceForEach((pod: Pod): AiEvidence | undefined => {
  for (const container of pod.containers) {
    const product = productOf(container);
    if (product) return { role: product.role, what: product.name, why: `it runs ${product.name}`, product };
  }
  const kind = kinds.get(pod.of.type);
  if (kind) return { role: kind[0], what: kind[1], why: `it is ${kind[1]}` };
  for (const container of pod.containers) {
    const server = serverOf(container);
    if (server) return server;
  }
  if (asksForGpu(pod)) return { role: 'training', what: 'a GPU workload', why: 'it asks for an accelerator' };
  for (const container of pod.containers) {
    const variable = variablesOf(container).find((name) => modelVariables.test(name));
    if (variable) return { role: 'AI application', what: 'an AI application', why: `it is given ${variable}` };
  }
  return byName(pod.of);
});

/** Why a Kubernetes resource or a Terraform `kubernetes_*` resource belongs to an AI system. */
export function aiWorkload(resource: Resource): AiEvidence | undefined {
  for (const pod of podsOf(resource)) {
    const evidence = aiPod(pod);
    if (evidence) return evidence;
  }
  const kind = kinds.get(resource.type);
  if (kind) return { role: kind[0], what: kind[1], why: `it is ${kind[1]}` };
  return byName(resource);
}

function byName(resource: Resource): AiEvidence | undefined {
  const namespace = resource.attr('metadata', 'namespace');
  const named = names.test(resource.name)
    ? resource.name
    : namespace.is === 'known' && names.test(String(namespace.value))
      ? String(namespace.value)
      : undefined;
  return named === undefined ? undefined : { role: 'AI application', what: 'an AI application', why: `it is called ${named}` };
}

/** True for drivers, device plugins and monitors, and what installs or checks them, which have to reach the node's devices. */
export const isGpuInfrastructure = (evidence: AiEvidence | undefined, pod: Pod): boolean =>
  evidence?.role === 'GPU infrastructure' || infrastructureNames.test(pod.of.name);

/** The components of NVIDIA's GPU operator by its manifests, https://github.com/NVIDIA/gpu-operator/tree/main/assets, and their like. */
const infrastructureNames = new RegExp(
  [
    'nvidia-(?:driver|gpu-driver|device-plugin|gpu-device-plugin|dcgm|container-toolkit|dra-driver|operator-validator|cuda-validator|node-status-exporter)',
    'nvidia-(?:mig|cc|kata|vfio|vgpu|vgpu-device|sandbox)-(?:manager|validator|device-plugin)',
    'gpu-feature-discovery|node-feature-discovery|^nfd-|mps-control-daemon',
    'device-plugin|device-driver|dcgm-exporter|neuron-(?:monitor|device-plugin)|csi-(?:driver|node)',
    '(?:driver|efa|gdrcopy)-installer|cuda-drivers',
  ].join('|'),
);

/**
 * True for a pod on every node that serves nothing itself: installers, tuners, log shippers. What they do to the node is their job, so it is
 * worth a look and no more, even where an accelerator or a name ties them to an AI system.
 */
export const isNodeAgent = (evidence: AiEvidence | undefined, pod: Pod): boolean =>
  /daemon_?set/i.test(pod.of.type) && (evidence === undefined || !serves.has(evidence.role));

/** What watches over servers is named like them, but needs rights in the cluster and answers no requests of users. */
export const isOperator = (pod: Pod): boolean =>
  [pod.of.name, ...pod.containers.flatMap((container) => [container.name, imageText(container) ?? ''])].some((text) =>
    /(?:^|[-_/])(?:operator|controller|manager|webhook|autoscaler|scheduler|provisioner)(?:$|[-_:@])/.test(text),
  );

const serves: ReadonlySet<AiRole> = new Set<AiRole>(['model server', 'notebook', 'vector database', 'Ray cluster', 'experiment tracker']);

/** True when a container asks for an accelerator, or the pod is bound to nodes that have one. */
export function asksForGpu(pod: Pod): boolean {
  return (
    pod.containers.some((container) => gpuLimit(container) !== undefined) ||
    mentions(pod.attr('nodeSelector')) ||
    mentions(pod.attr('affinity')) ||
    mentions(pod.attr('tolerations'))
  );
}

/** The accelerator resource that a container asks for, e.g. `nvidia.com/gpu`. */
export function gpuLimit(container: Container): string | undefined {
  for (const kind of ['limits', 'requests']) {
    const wanted = container.attr('resources', kind);
    if (wanted.is !== 'map') continue;
    for (const key of wanted.entries.keys()) if (gpuResource.test(key)) return key;
  }
  return undefined;
}

function mentions(value: Value): boolean {
  if (value.is === 'known') return gpuNode.test(String(value.value));
  if (value.is === 'list') return value.items.some(mentions);
  if (value.is !== 'map') return false;
  // An expression of an affinity that keeps the pod away from such nodes.
  const operator = value.entries.get('operator');
  if (operator?.is === 'known' && /^(?:NotIn|DoesNotExist)$/.test(String(operator.value))) return false;
  return [...value.entries].some(([key, item]) => gpuNode.test(key) || mentions(item));
}

const imageText = (container: Container): string | undefined => {
  const image = container.view.attr('image');
  return image.is === 'known' ? String(image.value) : undefined;
};

/** The product whose image a container runs, also when only the repository is known. */
export function productOf(container: Container): AiProduct | undefined {
  const image = container.view.attr('image');
  const text =
    image.is === 'known'
      ? String(image.value)
      : image.is === 'unknown'
        ? (image.parts?.find((part) => part?.includes('/')) ?? undefined)
        : undefined;
  return text === undefined ? undefined : productOfImage(parseImage(text));
}

function serverOf(container: Container): AiEvidence | undefined {
  const line = commandLine(container);
  const server = servers.find(([pattern]) => pattern.test(line));
  return server && { role: server[1], what: server[2], why: `it starts ${server[2]}` };
}

/** Command and arguments in one line, as far as they are known, at most 4,000 characters. */
function commandLine(container: Container): string {
  return [...container.view.items('command'), ...container.view.items('args')]
    .flatMap(({ value }: View) => (value.is === 'known' ? [String(value.value)] : []))
    .join(' ')
    .slice(0, 4000);
}

const variablesOf = (container: Container): string[] =>
  container.items('env').flatMap((entry) => {
    const name = entry.attr('name');
    return name.is === 'known' ? [String(name.value)] : [];
  });
