import { posix } from 'node:path';
import { isFilledIn } from '../context/configuration.ts';
import { maxDataLength, parseJson, parseYaml } from '../documents/data.ts';
import type { Document } from '../documents/document.ts';
import { parseHcl } from '../documents/hcl.ts';
import type { Snapshot, SourceFile } from '../documents/snapshot.ts';
import { makeDataMemory, type DataMemory } from './data-memory.ts';
import { dataWorlds } from './data-worlds.ts';
import { withCarried } from './terraform-kubernetes.ts';
import { makeWorldMemory, type WorldMemory } from './terraform/world-memory.ts';
import { readTerraform } from './terraform/worlds.ts';
import type { Model } from './world.ts';

/**
 * Parses the files of a snapshot that may hold configuration; the others are not in the result. `onFile` is told each path before it is
 * parsed, so that whoever watches knows where time went. `cache` holds documents by path and blob id, across snapshots.
 */
export function readDocuments(snapshot: Snapshot, onFile?: (path: string) => void, cache?: Map<string, Document>): Map<string, Document> {
  const documents = new Map<string, Document>();
  for (const file of snapshot.values()) {
    const parse = parserOf(file);
    if (!parse) continue;
    const key = `${file.sha}:${file.path}`;
    const cached = file.sha === '' ? undefined : cache?.get(key);
    if (!cached) onFile?.(file.path);
    const document = cached ?? parse(file.path, file.text);
    if (file.sha !== '') cache?.set(key, document);
    documents.set(file.path, document);
  }
  return documents;
}

function parserOf({ path, text }: SourceFile): ((file: string, text: string) => Document) | undefined {
  const name = posix.basename(path);
  if (name.endsWith('.tf') || name.endsWith('.tfvars') || name === 'terragrunt.hcl') return parseHcl;
  if (/\.ya?ml$/.test(name)) return parseYaml;
  if (/\.(?:tf|tfvars)\.json$/.test(name)) return parseJson;
  if (name.endsWith('.json')) return mayBeJsonConfiguration(text) ? parseJson : undefined;
  if (isFilledIn(path) && !name.endsWith('.template')) return mayBeYamlConfiguration(text) ? parseYaml : undefined;
  if (name.endsWith('.template')) return /^\s*\{/.test(text.slice(0, 1000)) ? parseJson : parseYaml;
  return undefined;
}

/** Scripts, user data and a chart's helpers are templates, too: what is read names itself as Kubernetes does, or begins with a key. */
const mayBeYamlConfiguration = (text: string): boolean =>
  !/^#!|^#cloud-config|^\{\{-?\s*(?:define|\/\*)/.test(text) &&
  (/^apiVersion:\s/m.test(text) || /^[A-Za-z][\w-]{0,60}:(?:\s|$)/.test(text.replace(/^(?:[ \t]*(?:#.*)?\r?\n)+/, '')));

/** Most JSON in a repository is data. Only CloudFormation and Kubernetes are read, and both name themselves. */
const mayBeJsonConfiguration = (text: string): boolean =>
  text.length <= maxDataLength &&
  (text.includes('"AWSTemplateFormatVersion"') ||
    text.includes('"Resources"') ||
    (text.includes('"apiVersion"') && text.includes('"kind"')));

/** The worlds of earlier snapshots of one review: what has not changed is not made again. */
export interface ModelMemory {
  readonly terraform: WorldMemory;
  readonly data: DataMemory;
}

export const makeModelMemory = (): ModelMemory => ({ terraform: makeWorldMemory(), data: makeDataMemory() });

/** All worlds of a snapshot, in every dialect. `documents` is what `readDocuments` made of the same snapshot. */
export function buildModel(snapshot: Snapshot, documents: ReadonlyMap<string, Document>, memory = makeModelMemory()): Model {
  const evaluated = readTerraform(documents, snapshot, memory.terraform);
  const terraform = withCarried(evaluated.worlds);
  const data = dataWorlds(documents, terraform.files, memory.data);
  const read = new Map(data.read);
  const hcl = [...documents.values()].filter((document) => document.is === 'hcl');
  for (const document of hcl) read.set(document.file, 'terraform');
  return {
    worlds: [...terraform.worlds, ...data.worlds],
    problems: [...hcl.flatMap((document) => document.errors), ...evaluated.problems, ...data.problems],
    read,
  };
}
