import type { CatalogueParts } from './catalogue.ts';

/** Spanish, what the first page of a questionnaire needs beside `es.ts`. */
export const esQuestionnaire: CatalogueParts['questionnaire'] = {
  'part-of': 'Parte {part} de {parts}',
  'item-legend': 'Elija una respuesta en cada línea.',
  'items-language': 'Estas preguntas están en {language}. Todavía no se ha publicado una traducción.',
  'until-day': 'Puede responder hasta el {day}.',
  'stop-and-go-on': 'Puede parar cuando quiera y seguir más tarde, también en otro dispositivo.',
};
