import type { ConsentDocument, DocumentSection } from '../../src/consent/document.ts';

/**
 * The places of a document, in the order in which one comes through them: each section, what has changed since an earlier
 * version was signed (right behind the key information, which nothing precedes), then what is asked, and the decision.
 */
export type Place =
  | { readonly kind: 'section'; readonly name: string; readonly section: DocumentSection }
  | { readonly kind: 'changes' | 'checks' | 'choices' | 'decision'; readonly name: string };

export function placesOf(document: ConsentDocument, hasChanges: boolean): readonly [Place, ...Place[]] {
  const [first, ...others] = document.sections.map(
    (section): Place => ({ kind: 'section', name: nameOfSection(section.id), section }),
  );
  const place = (kind: 'changes' | 'checks' | 'choices' | 'decision'): Place => ({ kind, name: kind });
  const decision = place('decision');
  if (first === undefined) return [decision];
  return [
    first,
    ...(hasChanges ? [place('changes')] : []),
    ...others,
    ...(document.checks.length > 0 ? [place('checks')] : []),
    // A choice of a section stands in it.
    ...(document.choices.some(({ section }) => section === undefined) ? [place('choices')] : []),
    decision,
  ];
}

export function nameOfSection(id: string): string {
  return `section:${id}`;
}

/** Words that a person reads in a minute, of a text that matters to them. */
const WORDS_PER_MINUTE = 180;

/** Minutes that a section takes to read, at least one half. */
export function minutesOf({ body = '', parts }: DocumentSection): number {
  const words = [body, ...parts.flatMap((part) => [part.title ?? '', part.body])].join(' ').split(/\s+/).length;
  return Math.max(0.5, words / WORDS_PER_MINUTE);
}
