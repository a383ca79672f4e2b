/**
 * Ports on which AI software listens by default. Source: each product's own documentation (the link in its row). `opens` says what whoever
 * reaches the port can do when nothing stands in front, because none of these asks for a credential in its default configuration.
 */
export interface ServingPort {
  readonly port: number;
  readonly product: string;
  readonly opens: string;
  readonly source: string;
  /** Also a common port for ordinary web applications, so that the number alone proves nothing. */
  readonly shared?: true;
}

export const servingPorts: readonly ServingPort[] = [
  { port: 8500, product: 'TensorFlow Serving (gRPC)', opens: 'query the model', source: 'https://www.tensorflow.org/tfx/serving/docker' },
  {
    port: 8501,
    product: 'TensorFlow Serving (REST) or Streamlit',
    opens: 'query the model or use the app',
    source: 'https://www.tensorflow.org/tfx/serving/docker',
  },
  {
    port: 8000,
    product: 'vLLM, Triton or Chroma',
    opens: 'query the model or the collection',
    source: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
    shared: true,
  },
  {
    port: 8001,
    product: 'Triton (gRPC)',
    opens: 'query models and, with explicit model control, load new ones',
    source: 'https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/protocol/README.html',
    shared: true,
  },
  {
    port: 8002,
    product: 'Triton (metrics)',
    opens: 'read which models run and how they are used',
    source: 'https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/metrics.html',
    shared: true,
  },
  {
    port: 8080,
    product: 'TorchServe or another model server (inference)',
    opens: 'query the model',
    source: 'https://pytorch.org/serve/configuration.html',
    shared: true,
  },
  {
    port: 8081,
    product: 'TorchServe (management)',
    opens: 'register a model from any URL, which runs its code',
    source: 'https://pytorch.org/serve/management_api.html',
    shared: true,
  },
  {
    port: 8082,
    product: 'TorchServe (metrics)',
    opens: 'read how models are used',
    source: 'https://pytorch.org/serve/configuration.html',
    shared: true,
  },
  { port: 7070, product: 'TorchServe (gRPC inference)', opens: 'query the model', source: 'https://pytorch.org/serve/grpc_api.html' },
  {
    port: 7071,
    product: 'TorchServe (gRPC management)',
    opens: 'register a model from any URL, which runs its code',
    source: 'https://pytorch.org/serve/grpc_api.html',
  },
  { port: 11434, product: 'Ollama', opens: 'run, pull and delete models', source: 'https://docs.ollama.com/faq' },
  { port: 30000, product: 'SGLang', opens: 'query the model', source: 'https://docs.sglang.ai/', shared: true },
  {
    port: 8265,
    product: 'the Ray dashboard',
    opens: 'submit jobs, which is running any code on the cluster',
    source: 'https://docs.ray.io/en/latest/ray-security/index.html',
  },
  {
    port: 10001,
    product: 'Ray Client',
    opens: 'run any code on the cluster',
    source: 'https://docs.ray.io/en/latest/ray-security/index.html',
  },
  {
    port: 6379,
    product: 'Ray GCS or Redis',
    opens: 'read and change all of its state',
    source: 'https://docs.ray.io/en/latest/ray-core/configure.html',
  },
  {
    port: 5000,
    product: 'MLflow',
    opens: 'read, change and delete experiments and registered models',
    source: 'https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/',
    shared: true,
  },
  {
    port: 8888,
    product: 'Jupyter',
    opens: 'run any code as the notebook user',
    source: 'https://jupyter-server.readthedocs.io/en/latest/operators/security.html',
  },
  { port: 6006, product: 'TensorBoard', opens: 'read training runs', source: 'https://www.tensorflow.org/tensorboard/get_started' },
  { port: 7860, product: 'Gradio', opens: 'use the demo and its files', source: 'https://www.gradio.app/docs/gradio/blocks' },
  {
    port: 4000,
    product: 'LiteLLM',
    opens: 'spend the model keys behind it',
    source: 'https://docs.litellm.ai/docs/proxy/deploy',
    shared: true,
  },
  { port: 19530, product: 'Milvus', opens: 'read, change and drop vector collections', source: 'https://milvus.io/docs/authenticate.md' },
  { port: 9091, product: 'Milvus (management)', opens: 'manage the database', source: 'https://milvus.io/docs/monitor.md', shared: true },
  {
    port: 6333,
    product: 'Qdrant (REST)',
    opens: 'read, change and drop vector collections',
    source: 'https://qdrant.tech/documentation/guides/security/',
  },
  {
    port: 6334,
    product: 'Qdrant (gRPC)',
    opens: 'read, change and drop vector collections',
    source: 'https://qdrant.tech/documentation/guides/security/',
  },
  {
    port: 50051,
    product: 'Weaviate (gRPC)',
    opens: 'read and change vector collections',
    source: 'https://docs.weaviate.io/deploy/configuration',
    shared: true,
  },
  {
    port: 9200,
    product: 'OpenSearch or Elasticsearch',
    opens: 'read, change and drop indexes',
    source: 'https://docs.opensearch.org/latest/security/',
  },
  {
    port: 29500,
    product: 'PyTorch rendezvous',
    opens: 'join or stop the training job',
    source: 'https://docs.pytorch.org/docs/stable/security.html',
  },
];

/** The rows whose port lies in an inclusive range, unshared ports first. */
export function servingPortsIn(from: number, to: number): readonly ServingPort[] {
  return servingPorts
    .filter((row) => row.port >= from && row.port <= to)
    .toSorted((a, b) => Number(a.shared ?? false) - Number(b.shared ?? false));
}
