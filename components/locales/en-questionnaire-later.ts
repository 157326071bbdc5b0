import type { Words } from './catalogue.ts';

/** English, what a questionnaire says after its first page. */
export const enQuestionnaireLater = {
  'open-title': { one: 'One question is still open', other: '{count} questions are still open' },
  'open-text': 'You can answer now, or go on and leave it as it is.',
  'open-item': 'Not answered yet.',
  'answers-sent-title': 'Thank you',
  'answers-sent-text': 'Your answers have reached the study team. Nobody at your work sees them.',
  'answers-kept-title': 'Almost there',
  'answers-kept-text': 'Your answers have not reached the study team yet.',
  'one-more': 'One more questionnaire is open for you: {title}.',
  'one-more-begin': 'Go on with it',
  'next-opens': 'The next questionnaire opens on {day}.',
  'nothing-due-title': 'There is nothing to answer now',
  'nothing-due-text': 'The study team will tell you when it is time for the next questionnaire.',
  'missed-title': 'The time for this questionnaire is over',
  'missed-text':
    'That is all right, and you do not have to explain it. You are still in the study, and nothing else changes.',
  'not-yet-title': 'It is not time yet',
  'not-yet-text': 'This questionnaire opens on {day}.',
  'done-title': 'You have answered this questionnaire',
  'done-text': 'Thank you. Your answers arrived on {day}.',
  'members-title': 'This questionnaire is for people who take part in the study',
  'members-text':
    'Please open this page with your personal link or code. If you do not have one, the study team can help you.',
  'consent-first-title': 'The consent comes first',
  'consent-first-text': 'These questions are asked of people who have agreed to take part.',
  'unreachable-title': 'We cannot see right now what is next for you',
  'unreachable-text': 'The study could not be reached. Nothing is lost: please try again in a moment.',
  'support-title': 'If things are hard right now',
  'support-text': 'You do not have to carry this alone. These people are there for you.',
  'support-told': 'The study team sees an answer like this and gets in touch with you.',
  'support-within-hours': {
    one: 'The study team sees an answer like this and gets in touch with you within {count} hour.',
    other: 'The study team sees an answer like this and gets in touch with you within {count} hours.',
  },
  'support-within-days': {
    one: 'The study team sees an answer like this and gets in touch with you within {count} day.',
    other: 'The study team sees an answer like this and gets in touch with you within {count} days.',
  },
  'course-title': 'Your answers over time',
  'course-text': 'These are your own scores. They are no diagnosis, and one score says little by itself.',
  'course-better': 'Between {min} and {max}. Higher is better.',
  'course-worse': 'Between {min} and {max}. Lower is better.',
  'course-when': 'Answered on',
  'course-score': 'Score',
  'course-none': 'no score',
  'course-band': 'Range',
  'draft-other-words':
    'Some questions have changed since you started. Please answer those again; your other answers are still here.',
} as const satisfies Record<string, Words>;
