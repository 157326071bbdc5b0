/**
 * What an element is doing, as far as its page may know. `sending`, `sent` and `kept` speak of delivery alone: whether a
 * person is eligible stays between them and the study.
 */
export type ElementState = 'loading' | 'ready' | 'sending' | 'sent' | 'kept' | 'closed' | 'failed';
