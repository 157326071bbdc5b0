import type { CatalogueParts } from './catalogue.ts';

/** Spanish, what a questionnaire says after its first page. */
export const esQuestionnaireLater: CatalogueParts['questionnaireLater'] = {
  'open-title': { one: 'Queda una pregunta sin responder', other: 'Quedan {count} preguntas sin responder' },
  'open-text': 'Puede responder ahora, o seguir y dejarlo como está.',
  'open-item': 'Aún sin responder.',
  'answers-sent-title': 'Gracias',
  'answers-sent-text': 'Sus respuestas han llegado al equipo del estudio. Nadie en su trabajo las ve.',
  'answers-kept-title': 'Ya casi está',
  'answers-kept-text': 'Sus respuestas todavía no han llegado al equipo del estudio.',
  'next-opens': 'El próximo cuestionario se abre el {day}.',
  'nothing-due-title': 'Ahora no hay nada que responder',
  'nothing-due-text': 'El equipo del estudio le avisará cuando toque el próximo cuestionario.',
  'missed-title': 'El plazo de este cuestionario ha terminado',
  'missed-text': 'No pasa nada, y no tiene que explicarlo. Sigue en el estudio y nada más cambia.',
  'not-yet-title': 'Todavía no es el momento',
  'not-yet-text': 'Este cuestionario se abre el {day}.',
  'done-title': 'Ya respondió este cuestionario',
  'done-text': 'Gracias. Sus respuestas llegaron el {day}.',
  'members-title': 'Este cuestionario es para quienes participan en el estudio',
  'members-text':
    'Abra esta página con su enlace o código personal. Si no tiene uno, el equipo del estudio puede ayudarle.',
  'consent-first-title': 'Primero está el consentimiento',
  'consent-first-text': 'Estas preguntas se hacen a quienes han aceptado participar.',
  'unreachable-title': 'Ahora no podemos ver qué sigue para usted',
  'unreachable-text': 'No se pudo conectar con el estudio. No se ha perdido nada: inténtelo de nuevo en un momento.',
  'support-title': 'Si las cosas están difíciles ahora mismo',
  'support-text': 'No tiene que cargar con esto a solas. Estas personas están para usted.',
  'support-told': 'El equipo del estudio ve una respuesta así y se pone en contacto con usted.',
  'support-within-hours': {
    one: 'El equipo del estudio ve una respuesta así y se pone en contacto con usted en menos de {count} hora.',
    other: 'El equipo del estudio ve una respuesta así y se pone en contacto con usted en menos de {count} horas.',
  },
  'support-within-days': {
    one: 'El equipo del estudio ve una respuesta así y se pone en contacto con usted en menos de {count} día.',
    other: 'El equipo del estudio ve una respuesta así y se pone en contacto con usted en menos de {count} días.',
  },
  'course-title': 'Sus respuestas a lo largo del tiempo',
  'course-text': 'Son sus propias puntuaciones. No son un diagnóstico, y una sola dice poco.',
  'course-better': 'Entre {min} y {max}. Más alto es mejor.',
  'course-worse': 'Entre {min} y {max}. Más bajo es mejor.',
  'course-when': 'Respondido el',
  'course-score': 'Puntuación',
  'course-none': 'sin puntuación',
  'course-band': 'Rango',
  'draft-other-words':
    'Algunas preguntas han cambiado desde que empezó. Respóndalas otra vez, por favor; sus otras respuestas siguen aquí.',
};
