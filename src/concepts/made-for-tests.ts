import type { Resource } from '../model/resource.ts';

const tests =
  /(?:^|\/)\.?(?:tests?|testing|testdata|test-data|fixtures?|ci|e2e|conformance|benchmarks?|(?:load|smoke|chainsaw)-?tests?)\//i;

/** Whether a resource stands in a directory of tests: what runs there is made up, starts for minutes, and holds nothing worth guarding. */
export const isForTests = ({ at }: Resource): boolean => tests.test(at.file);

/** Whether a path says that a resource is for a cluster on one's own machine. */
export const isForOwnMachine = ({ at }: Resource): boolean => /(?:^|[/_.-])(?:kind|minikube|k3d)(?:[/_.-]|$)/.test(at.file);
