/**
 * Software that AI systems are built of, recognised by image repository. `repository` is matched against the repository without registry
 * host, tag or digest, in lower case. `auth`: what protects it in its default configuration. Sources: the products' own documentation.
 */
export type AiRole =
  | 'model server'
  | 'training'
  | 'notebook'
  | 'vector database'
  | 'experiment tracker'
  | 'Ray cluster'
  | 'AI gateway'
  | 'AI application'
  | 'GPU infrastructure'
  | 'pipeline';

export interface AiProduct {
  readonly name: string;
  readonly role: AiRole;
  readonly repository: RegExp;
  /** Chart names by which the product is installed with Helm. */
  readonly charts?: readonly string[];
  /** `none`: whoever reaches it may use it. `sign-in`: it has its own log-in by default. */
  readonly auth: 'none' | 'sign-in';
  /** The official image starts as root, by its Dockerfile. */
  readonly root?: true;
}

const aiProducts: readonly AiProduct[] = [
  {
    name: 'NVIDIA NIM',
    role: 'model server',
    repository: /^nim\/|\/nim\/|(^|[/-])nim-llm($|[/-])/,
    charts: ['nim-llm', 'nim', 'nim-vlm', 'nim-embedding'],
    auth: 'none',
  },
  {
    name: 'vLLM',
    role: 'model server',
    repository: /(^|[/-])vllm($|[/-])/,
    charts: ['vllm', 'vllm-stack', 'chart-vllm'],
    auth: 'none',
    root: true,
  },
  { name: 'SGLang', role: 'model server', repository: /(^|[/-])sglang($|[/-])/, charts: ['sglang'], auth: 'none', root: true },
  {
    name: 'Triton',
    role: 'model server',
    repository: /(^|\/)tritonserver($|[/-])/,
    charts: ['triton', 'tritonserver', 'triton-inference-server'],
    auth: 'none',
    root: true,
  },
  {
    name: 'TensorFlow Serving',
    role: 'model server',
    repository: /(^|\/)(tensorflow\/serving|tensorflow-serving|tf-serving)($|[/-])/,
    charts: ['tensorflow-serving', 'tf-serving', 'tfserving'],
    auth: 'none',
    root: true,
  },
  { name: 'TorchServe', role: 'model server', repository: /(^|[/-])torchserve($|[/-])/, charts: ['torchserve'], auth: 'none' },
  {
    name: 'Text Generation Inference',
    role: 'model server',
    repository: /text-generation-inference|(^|\/)tgi($|[/-])/,
    charts: ['text-generation-inference', 'tgi'],
    auth: 'none',
    root: true,
  },
  {
    name: 'Text Embeddings Inference',
    role: 'model server',
    repository: /text-embeddings-inference/,
    charts: ['text-embeddings-inference'],
    auth: 'none',
  },
  { name: 'Ollama', role: 'model server', repository: /(^|\/)ollama($|\/)/, charts: ['ollama'], auth: 'none', root: true },
  {
    name: 'llama.cpp',
    role: 'model server',
    repository: /(^|\/)llama[.-]cpp($|[/-])/,
    charts: ['llama-cpp', 'llamacpp'],
    auth: 'none',
    root: true,
  },
  { name: 'LocalAI', role: 'model server', repository: /(^|\/)(local-ai|localai)($|[/-])/, charts: ['local-ai'], auth: 'none' },
  // A page on which people deploy models: it has to create them, and answers no requests to them.
  { name: 'the KServe web app', role: 'AI application', repository: /(^|\/)models-web-app(lication)?$/, charts: [], auth: 'none' },
  {
    name: 'KServe',
    role: 'model server',
    repository: /(^|\/)(kserve|kfserving)\/|(^|\/)(huggingfaceserver|sklearnserver|xgbserver|lgbserver|pmmlserver)$/,
    charts: [],
    auth: 'none',
  },
  {
    name: 'Seldon',
    role: 'model server',
    repository: /(^|\/)seldonio\/(mlserver|seldon-)/,
    charts: ['seldon-core-v2-servers'],
    auth: 'none',
  },
  {
    name: 'JetStream',
    role: 'model server',
    repository: /(^|[/-])(jetstream|maxengine|maxtext|maxdiffusion)($|[/-])/,
    charts: [],
    auth: 'none',
  },
  {
    name: 'Ray',
    role: 'Ray cluster',
    repository: /(^|\/)rayproject\/ray(-ml|-llm)?$|(^|[/-])ray-llm($|[/-])/,
    charts: ['ray-cluster', 'ray'],
    auth: 'none',
  },
  { name: 'Qdrant', role: 'vector database', repository: /(^|\/)qdrant($|\/)/, charts: ['qdrant'], auth: 'none', root: true },
  { name: 'Weaviate', role: 'vector database', repository: /(^|\/)weaviate($|\/)/, charts: ['weaviate'], auth: 'none' },
  { name: 'Milvus', role: 'vector database', repository: /(^|\/)milvus($|\/)/, charts: ['milvus'], auth: 'none', root: true },
  { name: 'Chroma', role: 'vector database', repository: /(^|\/)(chroma|chromadb)($|\/)/, charts: ['chromadb', 'chroma'], auth: 'none' },
  { name: 'pgvector', role: 'vector database', repository: /(^|\/)pgvector($|\/)/, charts: [], auth: 'sign-in' },
  { name: 'MLflow', role: 'experiment tracker', repository: /(^|[/-])mlflow($|[/-])/, charts: ['mlflow'], auth: 'none', root: true },
  { name: 'TensorBoard', role: 'experiment tracker', repository: /(^|[/-])tensorboard($|[/-])/, charts: ['tensorboard'], auth: 'none' },
  { name: 'Langfuse', role: 'experiment tracker', repository: /(^|\/)langfuse($|[/-])/, charts: ['langfuse'], auth: 'sign-in' },
  { name: 'Label Studio', role: 'AI application', repository: /(^|\/)label-studio($|\/)/, charts: ['label-studio'], auth: 'sign-in' },
  { name: 'JupyterHub', role: 'notebook', repository: /(^|\/)(k8s-hub|jupyterhub)($|\/)/, charts: ['jupyterhub'], auth: 'sign-in' },
  {
    name: 'Jupyter',
    role: 'notebook',
    repository:
      /(^|\/)jupyter\/|(^|[/-])jupyter(lab)?($|[/-])|(^|\/)(scipy|tensorflow|pytorch|datascience|minimal|base)-notebook$|notebook-servers\//,
    charts: ['jupyter'],
    auth: 'sign-in',
  },
  { name: 'LiteLLM', role: 'AI gateway', repository: /(^|\/)litellm($|[/-])/, charts: ['litellm', 'litellm-helm'], auth: 'none' },
  { name: 'Open WebUI', role: 'AI application', repository: /(^|\/)open-webui($|\/)/, charts: ['open-webui'], auth: 'sign-in' },
  {
    name: 'Langflow',
    role: 'AI application',
    repository: /(^|\/)langflow($|[/-])/,
    charts: ['langflow', 'langflow-ide', 'langflow-runtime'],
    auth: 'none',
  },
  { name: 'Flowise', role: 'AI application', repository: /(^|\/)flowise($|\/)/, charts: ['flowise'], auth: 'none' },
  { name: 'Stable Diffusion', role: 'model server', repository: /stable-diffusion|comfyui/, charts: ['comfyui'], auth: 'none' },
  {
    name: 'NVIDIA GPU infrastructure',
    role: 'GPU infrastructure',
    repository:
      /k8s-device-plugin|gpu-operator|nvidia\/driver$|container-toolkit|dcgm(-exporter)?($|\/)|gpu-feature-discovery|k8s-mig-manager|k8s-driver-manager|kubevirt-gpu-device-plugin|cuda-driver-installer|nvidia-gpu-device-plugin/,
    charts: ['gpu-operator', 'nvidia-device-plugin', 'dcgm-exporter', 'gpu-feature-discovery'],
    auth: 'none',
  },
  {
    name: 'PyTorch',
    role: 'training',
    repository: /(^|\/)pytorch($|[/-])|(^|[/-])(deepspeed|megatron|nemo|axolotl|torchtune|verl)($|[/-])/,
    auth: 'none',
  },
];

/** The product that an image repository (host, tag and digest removed, lower case) belongs to. */
export const productOfRepository = (repository: string): AiProduct | undefined =>
  aiProducts.find((product) => product.repository.test(repository));

/** The same for a whole image: some repositories hold clients, too, told by their tag, and those serve nobody. */
export const productOfImage = ({ path, tag }: { readonly path: string; readonly tag?: string }): AiProduct | undefined =>
  isClientImage(path, tag) ? undefined : productOfRepository(path);

/** `tritonserver:26.06-py3-sdk` holds Triton's client libraries and load generators. Source: https://catalog.ngc.nvidia.com/orgs/nvidia/containers/tritonserver */
export const isClientImage = (path: string, tag: string | undefined): boolean =>
  tag?.endsWith('-sdk') === true && /(^|\/)tritonserver$/.test(path);

export const productOfChart = (chart: string): AiProduct | undefined =>
  aiProducts.find((product) => product.charts?.includes(chart.toLowerCase()));
