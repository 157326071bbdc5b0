/** What public SurveyJS forms have and the kit does not, and what to write instead. */

const TIMER = 'Remove it: nobody is hurried, and WCAG 2.2.1 asks for no time limits.';
const ORDER = 'Remove it: everyone is asked in the same order, which a study can report.';
const OWN_NAME = 'Remove it: an answer is kept under the name of its question.';
const SENDING = 'Remove it: the element sends the answers, once, to its endpoint.';
const HERE = 'Write the choices here, as "choices": a form asks no other server.';
const START = 'Remove it, and write the page as the first of the others.';
const NO_FILES = 'Remove the question: answers are text, numbers and choices.';
const ONE_EACH = 'Ask for each in a question of its own, as many as there can be, with "visibleIf".';
const BESIDE = 'Ask for it in a "comment" of its own.';

export const INSTEAD_OF_TYPE: Readonly<Record<string, string>> = {
  tagbox: 'Use "checkbox".',
  buttongroup: 'Use "radiogroup".',
  imagepicker: 'Use "radiogroup" or "checkbox", with words for each choice.',
  image: 'Describe it in an "html" question: a form shows no pictures.',
  ranking: 'Ask for the first choice by "radiogroup", or for each one’s weight by "matrix".',
  slider: 'Use "rating", or "text" with the "inputType" "number".',
  multipletext: 'Use a "panel" with a "text" for each.',
  matrixdropdown: 'Use a "matrix" for each column, or a "panel" with a question for each cell.',
  matrixdynamic: ONE_EACH,
  paneldynamic: ONE_EACH,
  file: NO_FILES,
  signaturepad: 'Remove the question: what is signed is the consent.',
};

export const INSTEAD_OF_PROPERTY: Readonly<Record<string, string>> = {
  triggers: 'Use "visibleIf", "setValueIf" and "setValueExpression" at the questions that it acts on.',
  choicesByUrl: HERE,
  choicesFromQuestion: 'Write the choices here, with "choicesVisibleIf": "{other-question} contains {item}".',
  choicesLazyLoadEnabled: HERE,
  showTimer: TIMER,
  showTimerPanel: TIMER,
  timeLimit: TIMER,
  timeLimitPerPage: TIMER,
  maxTimeToFinish: TIMER,
  maxTimeToFinishPage: TIMER,
  questionsOrder: ORDER,
  rowsOrder: ORDER,
  randomize: ORDER,
  valueName: OWN_NAME,
  valuePropertyName: OWN_NAME,
  cookieName: SENDING,
  surveyId: SENDING,
  surveyPostId: SENDING,
  sendResultOnPageNext: SENDING,
  partialSendEnabled: SENDING,
  navigateToUrl: SENDING,
  showPreviewBeforeComplete: 'Remove it: a participant can go back to each page.',
  firstPageIsStarted: START,
  firstPageIsStartPage: START,
  goNextPageAutomatic: 'Remove it: a participant goes on by a button, as WCAG 3.2.2 asks.',
  autoAdvanceEnabled: 'Remove it: a participant goes on by a button, as WCAG 3.2.2 asks.',
  maskType: 'Use "validators" with a "regex", and say in the "description" how to write it.',
  maskSettings: 'Use "validators" with a "regex", and say in the "description" how to write it.',
  hasComment: BESIDE,
  showCommentArea: BESIDE,
  hasSelectAll: 'Remove it, or add a choice of your own that says "all of these".',
  showSelectAllItem: 'Remove it, or add a choice of your own that says "all of these".',
  maxTextLength: 'Give each question a "maxLength".',
  maxOthersLength: 'Remove it.',
};

export const INSTEAD_OF_VALUE: Readonly<Record<string, string>> = {
  choicesOrder: ORDER,
  questionOrder: ORDER,
  rowOrder: ORDER,
  clearInvisibleValues: 'Use "onComplete", "onHidden" or "onHiddenContainer": a hidden answer is never sent.',
  clearIfInvisible: 'Use "onComplete", "onHidden" or "onHiddenContainer": a hidden answer is never sent.',
  storeOthersAsComment: 'Remove it: the text beside "other" is an answer of its own, called "<question>-Comment".',
  questionsOnPageMode: 'Remove it: each page is shown by itself.',
};

/** Properties by older names. */
export const NEWER_NAME: Readonly<Record<string, string>> = {
  questions: 'elements',
  placeHolder: 'placeholder',
  optionsCaption: 'placeholder',
  otherPlaceHolder: 'otherPlaceholder',
  useDisplayValuesInTitle: 'useDisplayValuesInDynamicTexts',
  insensitive: 'caseInsensitive',
};
