import { define } from '../element/define.ts';
import { StudyProvider } from './study.ts';

define('steady-study', StudyProvider);
