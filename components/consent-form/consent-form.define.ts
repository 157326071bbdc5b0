import { define } from '../element/define.ts';
import { ConsentForm } from './consent-form.ts';

define('steady-consent-form', ConsentForm);
