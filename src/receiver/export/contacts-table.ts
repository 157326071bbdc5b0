import { elementsOf, isQuestion } from '../../study/form-walk.ts';
import type { Study } from '../../study/schema.ts';
import { ERASED } from '../store/erasures-store.ts';
import type { ContactRow } from '../store/store.ts';
import type { Cell } from './cells.ts';
import type { Coding } from './coding.ts';
import type { Table } from './tables.ts';

/** Who people are: the one table that is not coded, for whoever writes to them. */
export function contactsTable(studies: readonly Study[], coding: Coding): Table<ContactRow> {
  const questions = [
    ...new Set(
      studies.flatMap(({ screening }) =>
        screening === undefined
          ? []
          : [...elementsOf(screening.contact)].flatMap(({ element }) => (isQuestion(element) ? [element.name] : [])),
      ),
    ),
  ];
  return {
    file: 'contacts.csv',
    columns: [
      { name: 'participant', note: 'code of the participant, as in the other files; nothing of who was not enrolled' },
      { name: 'participant_id', note: 'by which staff calls know them' },
      { name: 'received_at', note: 'UTC' },
      ...questions.map((name) => ({ name: `contact.${name}`, note: 'as it was given' })),
    ],
    rows: ({ participant, receivedAt, body }) => {
      const { answers = {} }: { answers?: Record<string, unknown> } = body === ERASED ? {} : JSON.parse(body);
      return [
        [
          participant === null ? null : coding.participant(participant),
          participant,
          receivedAt,
          ...questions.map((name) => asCell(Object.hasOwn(answers, name) ? answers[name] : undefined)),
        ],
      ];
    },
  };
}

function asCell(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);
}
