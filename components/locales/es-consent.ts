import type { CatalogueParts } from './catalogue.ts';

/** Spanish, what the first section of a consent document needs beside `es.ts`. */
export const esConsent: CatalogueParts['consent'] = {
  'section-of': 'Sección {section} de {sections}',
  'section-minutes': { one: '{count} min', other: '{count} min' },
  'section-read': 'leída',
  'section-now': 'ahora',
  'section-open': 'sin leer',
  'all-sections': 'Todas las secciones',
  'consent-continue': 'Continuar',
  'have-question': 'Tengo una pregunta',
  'consent-version': 'Versión {version} de este documento',
  'consent-effective': 'en uso desde el {day}',
  'consent-expires': 'hasta el {day}',
  'consent-approved': 'aprobación {id}',
  'consent-not-approved': 'borrador que ningún comité de ética ha aprobado',
  'consent-coming': 'Un momento',
  'consent-failed-title': 'No se pudo cargar el documento',
};
