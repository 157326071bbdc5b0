import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openSurveyForm } from '../../src/form/survey-form.ts';
import { formSuite } from '../suites/form.suite.ts';

formSuite('engine with logic', openSurveyForm, { describe, it, assert });
