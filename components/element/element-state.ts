/**
 * What an element is doing, as far as its page may know. `sending`, `sent` and `kept` speak of delivery alone. The page
 * is no boundary, though: that somebody leaves a contact, which only the eligible are asked for, its scripts can see.
 */
export type ElementState = 'loading' | 'ready' | 'sending' | 'sent' | 'kept' | 'closed' | 'failed';
