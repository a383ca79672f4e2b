import type { SourceFile } from '../documents/snapshot.ts';

/** A settings file as GitHub last gave it. */
export interface Remembered {
  /** What GitHub calls this version; absent when there was no file. */
  readonly etag?: string;
  readonly file: SourceFile | undefined;
  /** When GitHub last said that it is so, in milliseconds. */
  readonly at: number;
}

export interface SettingsCache {
  get(key: string): Remembered | undefined;
  set(key: string, entry: Remembered): void;
}

/** Remembers the most recently used settings files, up to so many. */
export function createSettingsCache(limit = 200): SettingsCache {
  const entries = new Map<string, Remembered>();
  return {
    get: (key) => entries.get(key),
    set(key, entry) {
      entries.delete(key);
      entries.set(key, entry);
      for (const oldest of entries.keys()) {
        if (entries.size <= limit) break;
        entries.delete(oldest);
      }
    },
  };
}
