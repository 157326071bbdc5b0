/** What a receiver runs as, and what every row it writes is marked with. */
export type Mode = 'live' | 'test';
