import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';

/** What the receiver tells its operator. Never an answer, never the id of a person or of what they sent. */
export type Logger = Pick<PinoLogger, 'info' | 'warn' | 'error'>;

export const SILENT: Logger = pino({ level: 'silent' });

/** One line of JSON for each event. */
export function createLogger(destination: DestinationStream): Logger {
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
