import { define } from '../element/define.ts';
import { ScreenerLink } from './screener-link.ts';

define('steady-screener-link', ScreenerLink);
