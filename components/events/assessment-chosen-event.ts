/** A participant is on their way to a questionnaire. A page that takes them there itself prevents the link from being followed. */
export class AssessmentChosenEvent extends Event {
  static readonly eventName = 'steady-assessment-chosen';
  /** The assessment's id in the study file. */
  readonly assessment: string;

  constructor(assessment: string) {
    super(AssessmentChosenEvent.eventName, { bubbles: true, composed: true, cancelable: true });
    this.assessment = assessment;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'steady-assessment-chosen': AssessmentChosenEvent;
  }
}
