import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPlainForm } from '../../src/form/plain-form.ts';
import { formSuite } from '../suites/form.suite.ts';

formSuite('plain engine', openPlainForm, { describe, it, assert });
