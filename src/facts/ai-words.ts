/**
 * Words that people give to what belongs to an AI system, looked for as whole words of names, tags and paths (`ml-models`, `ml_models` and
 * `mlModels` all hold `ml` and `models`). Chosen by reading the names in public AI infrastructure repositories.
 */

/** One of these is enough. */
export const tellingWords: ReadonlySet<string> = new Set(
  `ai aiml bedrock bentoml chroma chromadb comfyui cuda datasets embedding embeddings featurestore finetune finetuned finetuning genai gpu gpus
   huggingface hyperpod inference inferencing jupyter jupyterhub kserve kuberay kubeflow langchain langfuse litellm llama llm llms milvus ml mlflow
   mlops mlplatform mosaicml neuron nim notebook notebooks ollama openai pinecone pytorch qdrant rag ray sagemaker seldon sklearn slurm tensorboard
   tensorflow tgi torchserve trainium triton vertex vertexai vllm weaviate workbench deepspeed mistral nemo nvidia flyte metaflow zenml clearml wandb
   kubeflowpipelines kfp feast tpu tpus jetstream maxtext maxengine transformers mlserver modelmesh xgboost diffusion chatbot kaito labelstudio autogluon`.split(
    /\s+/,
  ),
);

/** These also have ordinary meanings (a data model, employee training, a phone's features): two different ones are needed. */
export const hintingWords: ReadonlySet<string> = new Set(
  `artifact artifacts checkpoint checkpoints data dataset endpoint endpoints experiment experiments feature features model models predict prediction
   predictions ranker ranking recommendation recommender registry scoring serving studio tracking train training tuning vector vectors weights`.split(
    /\s+/,
  ),
);

/** Resource types that are part of an AI system whatever they are called. Each entry is a prefix of the tool's own type. */
export const aiTypePrefixes: readonly (readonly [prefix: string, what: string])[] = [
  ['aws_sagemaker_', 'a SageMaker resource'],
  ['aws_bedrock', 'a Bedrock resource'],
  ['aws_kendra_', 'a Kendra resource'],
  ['aws_comprehend_', 'a Comprehend resource'],
  ['aws_opensearchserverless_', 'a vector store'],
  ['aws_s3vectors_', 'a vector store'],
  ['aws_qbusiness_', 'an Amazon Q resource'],
  ['AWS::SageMaker::', 'a SageMaker resource'],
  ['AWS::Bedrock', 'a Bedrock resource'],
  ['AWS::Kendra::', 'a Kendra resource'],
  ['AWS::OpenSearchServerless::', 'a vector store'],
  ['AWS::S3Vectors::', 'a vector store'],
  ['AWS::QBusiness::', 'an Amazon Q resource'],
  ['google_vertex_ai_', 'a Vertex AI resource'],
  ['google_notebooks_', 'a Vertex AI notebook'],
  ['google_workbench_', 'a Vertex AI notebook'],
  ['google_colab_', 'a Colab Enterprise resource'],
  ['google_tpu_', 'a TPU'],
  ['google_discovery_engine_', 'a Vertex AI Search resource'],
  ['google_dialogflow_', 'a Dialogflow resource'],
  ['azurerm_machine_learning_', 'an Azure Machine Learning resource'],
  ['azurerm_cognitive_', 'an Azure AI service'],
  ['azurerm_ai_', 'an Azure AI service'],
  ['azurerm_search_', 'an Azure AI Search service'],
  ['azurerm_bot_', 'an Azure bot'],
  ['model_endpoint', 'a model endpoint'],
  ['training_cluster', 'a training cluster'],
];

/** Services named in policies, trust relationships and azapi types that only AI systems use. */
export const aiServiceText =
  /\b(?:sagemaker|bedrock|bedrock-agentcore|bedrock-agent)(?:\.amazonaws\.com|:[A-Za-z*]+)|\baiplatform\.[A-Za-z]|roles\/(?:aiplatform|ml|notebooks)\.|Microsoft\.(?:MachineLearningServices|CognitiveServices)\/|AmazonSageMaker|AmazonBedrock/;

/**
 * Machine types with GPUs or other accelerators, by their cloud's naming: EC2 (`p4d.24xlarge`, `p6-b200.48xlarge`, `ml.g5.xlarge`), Compute
 * Engine (`a2-highgpu-1g`, `g2-standard-4`, `nvidia-l4`, `nvidia-h100-80gb`, but not `nvidia-triton-server`), Azure
 * (`Standard_NC24ads_A100_v4`).
 */
export const acceleratorMachine =
  /^(?:ml\.)?(?:p[2-6][a-z]*(?:-g?b[0-9]+)?|g[3-7][a-z]*|gr6[a-z]*|trn[12][a-z]*|inf[12]|dl[12][a-z]*)\.[0-9]*(?:x?large|metal|medium)[a-z0-9-]*$|^(?:a[234]x?|g2|g4)-[a-z]+-[0-9]+|^nvidia-(?:tesla-[a-z]+[0-9]+|g?[abhl][0-9]+|rtx-)[a-z0-9-]*$|^Standard_N[CDGV][0-9]|^ct[456][a-z]*-/;
