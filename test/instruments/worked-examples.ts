import { all, type Example } from './example.ts';

/**
 * The worked example that came with each instrument's description when it was gathered from its publication: one each,
 * named after what it shows. Full sets of answers, so that no rule about missing items plays a part.
 */
export const workedExamples: readonly Example[] = [
  // Schaufeli 2020, cut-offs of Schaufeli 2023: a mean of 3 is above 2.96.
  {
    instrument: 'bat12',
    name: 'sometimes throughout',
    answers: all(12, 3),
    scores: { exhaustion: 3, mental_distance: 3, cognitive_impairment: 3, emotional_impairment: 3, total: 3 },
    bands: { total: 'red: very likely burnout' },
  },
  // Sinclair & Wallston 2004: the highest sum that is still low.
  {
    instrument: 'brcs',
    name: 'the top of the low band',
    answers: [3, 3, 3, 4],
    scores: { total: 13 },
    bands: { total: 'low resilient coping' },
  },
  // Smith 2008, bands of Smith 2013.
  {
    instrument: 'brs',
    name: 'neutral throughout',
    answers: all(6, 3),
    scores: { resilience: 3 },
    bands: { resilience: 'normal' },
  },
  // Kristensen 2005: six times 75 and the reversed item 25, 475 / 7.
  {
    instrument: 'cbi',
    name: 'often throughout, and often enough energy for the family',
    answers: [...all(13, 75), ...all(6, 50)],
    scores: { personal: 75, work: 67.85714285714286, client: 50 },
  },
  // Kroenke 2007.
  {
    instrument: 'gad2',
    name: 'at the cut',
    answers: [2, 1],
    scores: { total: 3 },
    bands: { total: 'positive screen' },
  },
  // Spitzer 2006.
  {
    instrument: 'gad7',
    name: 'several days throughout',
    answers: all(7, 1),
    scores: { total: 7 },
    bands: { total: 'mild' },
  },
  // Linzer 2022.
  {
    instrument: 'miniz2',
    name: 'four throughout',
    answers: all(10, 4),
    scores: { supportive: 20, pace_emr: 20, joy: 40 },
  },
  // Hart 2006: 300 / 6.
  { instrument: 'nasa_rtlx', name: 'mixed', answers: [50, 10, 70, 30, 60, 80], scores: { rtlx: 50 } },
  // Demerouti 2003, English by Halbesleben 2005: in each subscale four 2 become 3, four stay 2.
  {
    instrument: 'olbi',
    name: 'agree throughout',
    answers: all(16, 2),
    scores: { exhaustion: 2.5, disengagement: 2.5, total: 2.5 },
  },
  // Trockel 2018: burnout is 12 / 10; the mean of the two subscales would be 1.1667.
  {
    instrument: 'pfi',
    name: 'fulfilled and not burnt out',
    answers: [...all(6, 4), 1, 1, 1, 1, 1, 2, 1, 1, 2, 1],
    scores: { fulfillment: 4, work_exhaustion: 1, interpersonal_disengagement: 1.3333333333333333, burnout: 1.2 },
  },
  // Kroenke 2003.
  {
    instrument: 'phq2',
    name: 'at the cut',
    answers: [1, 2],
    scores: { total: 3 },
    bands: { total: 'positive screen' },
  },
  // Kroenke 2009.
  {
    instrument: 'phq8',
    name: 'more than half the days throughout',
    answers: all(8, 2),
    scores: { total: 16 },
    bands: { total: 'moderately severe' },
  },
  // Kroenke 2001. Item 9 is answered with 1: the flag does not wait for a total.
  {
    instrument: 'phq9',
    name: 'several days throughout',
    answers: all(9, 1),
    scores: { total: 9 },
    bands: { total: 'mild' },
    flags: ['q9'],
  },
  // Cohen 1983, Cohen & Williamson 1988: the four reversed 2 stay 2.
  { instrument: 'pss10', name: 'sometimes throughout', answers: all(10, 2), scores: { total: 20 } },
  { instrument: 'pss4', name: 'sometimes throughout', answers: all(4, 2), scores: { total: 8 } },
  // Rohland 2004, Dolan 2015.
  {
    instrument: 'single_item_burnout',
    name: 'under stress now and then',
    answers: [2],
    scores: { burnout: 2 },
    bands: { burnout: 'no burnout' },
  },
  // Brooke 1996: ten times 2, times 2.5.
  { instrument: 'sus', name: 'the centre throughout', answers: all(10, 3), scores: { sus: 50 } },
  // Schaufeli 2019.
  { instrument: 'uwes3', name: 'very often throughout', answers: all(3, 5), scores: { total: 5 } },
  // Schaufeli 2006.
  {
    instrument: 'uwes9',
    name: 'often throughout',
    answers: all(9, 4),
    scores: { vigor: 4, dedication: 4, absorption: 4, total: 4 },
  },
  // Topp 2015: 15 times 4.
  {
    instrument: 'who5',
    name: 'more than half of the time throughout',
    answers: all(5, 3),
    scores: { index: 60 },
    bands: { index: 'well-being not reduced' },
  },
];
