import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MemoryCredentialStore } from '../../src/delivery/credential-store.ts';
import { openCredentialStore } from '../../src/delivery/indexed-db-credential-store.ts';
import { credentialStoreSuite } from '../suites/credential-store.suite.ts';

const tools = { describe, it, assert };
credentialStoreSuite('memory', { open: async () => new MemoryCredentialStore(), durable: false }, tools);
// Node has no IndexedDB, as some frames have none.
credentialStoreSuite('where there is no disk', { open: () => openCredentialStore(), durable: false }, tools);
