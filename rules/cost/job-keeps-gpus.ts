import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { finishedJob } from '../../src/concepts/finished-job.ts';

export default defineRule({
  id: 'cost/job-keeps-gpus',
  title: 'GPUs stay taken when the job has finished',
  severity: 'medium',
  requirements: ['R3', 'R6', 'R25', 'R39'],
  frameworks: { nist: ['SC-5', 'SC-6'], stride: ['denial-of-service'], atlas: ['AML.T0034'] },
  why: `A RayJob starts a cluster of its own and an MPIJob starts workers that wait for a launcher. Unless they are told otherwise, both leave them running when the work is done or has failed: the machines are paid for, and nobody else gets their GPUs, until somebody deletes the job.`,
  links: [
    'https://docs.ray.io/en/latest/cluster/kubernetes/getting-started/rayjob-quick-start.html',
    'https://www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/mpi/',
  ],
  looksAt: finishedJob,

  *check({ of, at, keeps, accelerator, again, setting, fix }) {
    yield {
      at,
      message: `${of.type} ${code(of.name)} leaves ${keeps} running after ${again ? 'every run' : 'it has finished'}, and the pods go on holding ${code(accelerator)}. Set ${code(setting)}; logs belong where they outlive the pods.`,
      fix,
    };
  },

  examples: {
    bad: [
      {
        name: 'a Ray job',
        files: yaml`
          apiVersion: ray.io/v1
          kind: RayJob
          metadata: { name: embed }
          spec:
            entrypoint: python embed.py
            shutdownAfterJobFinishes: false # <- finds
            rayClusterSpec:
              headGroupSpec:
                rayStartParams: {}
                template:
                  spec:
                    containers:
                      - name: head
                        image: rayproject/ray:2.52.0
              workerGroupSpecs:
                - groupName: gpu
                  replicas: 4
                  rayStartParams: {}
                  template:
                    spec:
                      containers:
                        - name: worker
                          image: rayproject/ray:2.52.0-gpu
                          resources: { limits: { nvidia.com/gpu: 1, memory: 32Gi } }
        `,
        suggests: '  shutdownAfterJobFinishes: true',
      },
      {
        name: 'every night, with workers that are never fewer than two',
        files: yaml`
          apiVersion: ray.io/v1
          kind: RayCronJob
          metadata: { name: embed-nightly }
          spec:
            schedule: "0 2 * * *"
            jobTemplate:
              entrypoint: python embed.py # <- finds
              rayClusterSpec:
                enableInTreeAutoscaling: true
                headGroupSpec:
                  rayStartParams: {}
                  template:
                    spec:
                      containers:
                        - name: head
                          image: rayproject/ray:2.52.0
                workerGroupSpecs:
                  - groupName: gpu
                    minReplicas: 2
                    rayStartParams: {}
                    template:
                      spec:
                        containers:
                          - name: worker
                            image: rayproject/ray:2.52.0-gpu
                            resources: { limits: { nvidia.com/gpu: 1, memory: 32Gi } }
        `,
        suggests: '                  resources: { limits: { nvidia.com/gpu: 1, memory: 32Gi } }\n    shutdownAfterJobFinishes: true',
      },
      {
        name: 'workers of an MPIJob',
        files: yaml`
          apiVersion: kubeflow.org/v2beta1
          kind: MPIJob
          metadata: { name: pretrain }
          spec:
            slotsPerWorker: 8
            runPolicy:
              cleanPodPolicy: None # <- finds
            mpiReplicaSpecs:
              Launcher:
                template:
                  spec:
                    containers:
                      - name: launcher
                        image: acme/pretrain:3.1.0
              Worker:
                replicas: 4
                template:
                  spec:
                    containers:
                      - name: worker
                        image: acme/pretrain:3.1.0
                        resources: { limits: { nvidia.com/gpu: 8 } }
        `,
        suggests: '    cleanPodPolicy: Running',
      },
    ],
    good: [
      {
        name: 'deleted afterwards, by a rule of its own, or not the job’s to delete',
        files: yaml`
          apiVersion: ray.io/v1
          kind: RayJob
          metadata: { name: embed }
          spec:
            entrypoint: python embed.py
            shutdownAfterJobFinishes: true
            rayClusterSpec:
              headGroupSpec:
                rayStartParams: {}
                template:
                  spec:
                    containers:
                      - name: head
                        image: rayproject/ray:2.52.0-gpu
                        resources: { limits: { nvidia.com/gpu: 1, memory: 32Gi } }
          ---
          apiVersion: ray.io/v1
          kind: RayJob
          metadata: { name: tune }
          spec:
            entrypoint: python tune.py
            deletionStrategy:
              deletionRules:
                - policy: DeleteCluster
                  condition: { jobStatus: SUCCEEDED, ttlSeconds: 600 }
            rayClusterSpec:
              headGroupSpec:
                rayStartParams: {}
                template:
                  spec:
                    containers:
                      - name: head
                        image: rayproject/ray:2.52.0-gpu
                        resources: { limits: { nvidia.com/gpu: 1, memory: 32Gi } }
          ---
          apiVersion: ray.io/v1
          kind: RayJob
          metadata: { name: evaluate }
          spec:
            entrypoint: python evaluate.py
            clusterSelector: { ray.io/cluster: shared }
        `,
      },
      {
        name: 'a server, which does not finish',
        files: yaml`
          apiVersion: ray.io/v1
          kind: RayJob
          metadata: { name: chat }
          spec:
            entrypoint: vllm serve facebook/opt-13b --tensor-parallel-size 2 --distributed-executor-backend ray
            rayClusterSpec:
              headGroupSpec:
                rayStartParams: {}
                template:
                  spec:
                    containers:
                      - name: head
                        image: rayproject/ray:2.52.0-gpu
                        resources: { limits: { nvidia.com/gpu: 1, memory: 32Gi } }
        `,
      },
      {
        name: 'idle workers are taken away, or there are no accelerators',
        files: yaml`
          apiVersion: ray.io/v1
          kind: RayJob
          metadata: { name: embed }
          spec:
            entrypoint: python embed.py
            rayClusterSpec:
              enableInTreeAutoscaling: true
              headGroupSpec:
                rayStartParams: {}
                template:
                  spec:
                    containers:
                      - name: head
                        image: rayproject/ray:2.52.0
              workerGroupSpecs:
                - groupName: gpu
                  replicas: 1
                  minReplicas: 0
                  rayStartParams: {}
                  template:
                    spec:
                      containers:
                        - name: worker
                          image: rayproject/ray:2.52.0-gpu
                          resources: { limits: { nvidia.com/gpu: 1, memory: 32Gi } }
          ---
          apiVersion: kubeflow.org/v2beta1
          kind: MPIJob
          metadata: { name: pi }
          spec:
            mpiReplicaSpecs:
              Worker:
                replicas: 2
                template:
                  spec:
                    containers:
                      - name: worker
                        image: mpioperator/mpi-pi:0.6.0
          ---
          apiVersion: kubeflow.org/v2beta1
          kind: MPIJob
          metadata: { name: pretrain }
          spec:
            runPolicy: { cleanPodPolicy: Running }
            mpiReplicaSpecs:
              Worker:
                replicas: 2
                template:
                  spec:
                    containers:
                      - name: worker
                        image: acme/pretrain:3.1.0
                        resources: { limits: { nvidia.com/gpu: 8 } }
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: embed\nversion: 1.0.0\n',
          'chart/templates/job.yaml': [
            'apiVersion: ray.io/v1',
            'kind: RayJob',
            'metadata: { name: embed }',
            'spec:',
            '  entrypoint: python embed.py',
            '  shutdownAfterJobFinishes: {{ .Values.shutdown }}',
            '  rayClusterSpec:',
            '    headGroupSpec:',
            '      rayStartParams: {}',
            '      template:',
            '        spec:',
            '          containers:',
            '            - name: head',
            '              image: rayproject/ray:2.52.0-gpu',
            '              resources: { limits: { nvidia.com/gpu: 1, memory: 32Gi } }',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});
