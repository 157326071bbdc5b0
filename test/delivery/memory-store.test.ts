import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MemoryStore } from '../../src/delivery/memory-store.ts';
import { outboxStoreSuite } from '../suites/outbox-store.suite.ts';

outboxStoreSuite('memory', { open: async () => new MemoryStore(), durable: false }, { describe, it, assert });
