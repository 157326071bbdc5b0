import { all, type Example, none } from './example.ts';

/**
 * Five more for each instrument, worked out by hand from its rule: the comment above each is the working, in numbers.
 * Chosen where a wrong rule would show: reversed items alone, a limit and one short of it, both sides of a cut-off.
 */
export const derivedExamples: readonly Example[] = [
  ...cbi(),
  ...brs(),
  ...singleItem(),
  ...phqAndGad(),
  ...who5(),
  ...sus(),
  ...rtlx(),
  ...structures(),
];

function cbi(): Example[] {
  const [low, mid, high] = ['below 50: no or low burnout', 'moderate', 'high (100 = severe)'];
  return [
    {
      // personal 6*100/6 = 100. work 6*100 + (100-100 = 0) = 600; 600/7 = 85.714. client 0.
      instrument: 'cbi',
      name: 'always tired, always energy for the family, nothing with clients',
      answers: [...all(6, 100), ...all(7, 100), ...all(6, 0)],
      scores: { personal: 100, work: 600 / 7, client: 0 },
      bands: { personal: high, work: high, client: low },
    },
    {
      // personal 0. work 6*0 + (100-0 = 100) = 100; 100/7 = 14.286. client 6*25/6 = 25.
      instrument: 'cbi',
      name: 'never energy for the family is the only sign at work',
      answers: [...all(6, 0), ...all(7, 0), ...all(6, 25)],
      scores: { personal: 0, work: 100 / 7, client: 25 },
      bands: { personal: low, work: low, client: low },
    },
    {
      // personal 3 answered: (100+50+0)/3 = 50. work 4 answered: w1 75, w2 50, w3 25, w7 25 -> 75; 225/4 = 56.25.
      // client 3 answered: (25+50+75)/3 = 50.
      instrument: 'cbi',
      name: 'exactly as many as each scale needs',
      answers: [100, 50, 0, none, none, none, 75, 50, 25, none, none, none, 25, 25, 50, 75, none, none, none],
      scores: { personal: 50, work: 56.25, client: 50 },
      bands: { personal: mid, work: mid, client: mid },
    },
    {
      // personal 2 of 6 < 3. work 3 of 7 < 4. client 2 of 6 < 3.
      instrument: 'cbi',
      name: 'one short of what each scale needs',
      answers: [
        100,
        50,
        none,
        none,
        none,
        none,
        75,
        50,
        25,
        ...all(4, 0).map(() => none),
        25,
        50,
        none,
        none,
        none,
        none,
      ],
      scores: { personal: null, work: null, client: null },
      bands: { personal: null, work: null, client: null },
    },
    {
      // personal (100+75+50+25+0+50)/6 = 300/6 = 50. work 50*6 + (100-75 = 25) = 325; 325/7 = 46.429.
      // client (100+100+75+75+50+50)/6 = 450/6 = 75, where the next band begins.
      instrument: 'cbi',
      name: 'on both limits',
      answers: [100, 75, 50, 25, 0, 50, ...all(6, 50), 75, 100, 100, 75, 75, 50, 50],
      scores: { personal: 50, work: 325 / 7, client: 75 },
      bands: { personal: mid, work: low, client: high },
    },
  ];
}

function brs(): Example[] {
  return [
    // 5 + (6-1) + 5 + (6-1) + 5 + (6-1) = 30; 30/6 = 5.
    {
      instrument: 'brs',
      name: 'as resilient as can be',
      answers: [5, 1, 5, 1, 5, 1],
      scores: { resilience: 5 },
      bands: { resilience: 'high' },
    },
    // 1 + (6-5) + 1 + (6-5) + 1 + (6-5) = 6; 6/6 = 1.
    {
      instrument: 'brs',
      name: 'as little as can be',
      answers: [1, 5, 1, 5, 1, 5],
      scores: { resilience: 1 },
      bands: { resilience: 'low' },
    },
    // 5 + (6-5) + 5 + (6-5) + 5 + (6-5) = 18; 18/6 = 3.
    {
      instrument: 'brs',
      name: 'strongly agree throughout says nothing',
      answers: all(6, 5),
      scores: { resilience: 3 },
      bands: { resilience: 'normal' },
    },
    // 4 + (6-2 = 4) + 4 + (6-1 = 5) = 17; 17/4 = 4.25, which is not above 4.30.
    {
      instrument: 'brs',
      name: 'four of six',
      answers: [4, 2, 4, 1, none, none],
      kitRules: true,
      scores: { resilience: 4.25 },
      bands: { resilience: 'normal' },
    },
    // 2 + (6-3 = 3) + 3 = 8; 8/3 = 2.667 by the published rule; the kit's minimum of 4 is off.
    {
      instrument: 'brs',
      name: 'three of six, by the published rule',
      answers: [2, 3, 3, none, none, none],
      scores: { resilience: 8 / 3 },
      bands: { resilience: 'low' },
    },
    // 3 answered < 4, the kit's minimum.
    {
      instrument: 'brs',
      name: 'three of six, by the kit’s rule',
      answers: [2, 3, 3, none, none, none],
      kitRules: true,
      scores: { resilience: null },
      bands: { resilience: null },
    },
    // 5 + (6-2 = 4) + 4 + (6-2 = 4) + 5 + (6-2 = 4) = 26; 26/6 = 4.333, above 4.30.
    {
      instrument: 'brs',
      name: 'just high',
      answers: [5, 2, 4, 2, 5, 2],
      scores: { resilience: 26 / 6 },
      bands: { resilience: 'high' },
    },
  ];
}

function singleItem(): Example[] {
  const one = (value: number | undefined, band: string | null, flags: string[] = []): Example => ({
    instrument: 'single_item_burnout',
    name: `answer ${value ?? 'missing'}`,
    answers: [value],
    scores: { burnout: value ?? null },
    bands: { burnout: band },
    flags,
  });
  const burnout = 'burnout (one or more symptoms)';
  // The value is the score: 3 or more is burnout; 4 and 5 show support contacts; nothing is nothing.
  return [one(1, 'no burnout'), one(3, burnout), one(4, burnout, ['q1']), one(5, burnout, ['q1']), one(none, null)];
}

function phqAndGad(): Example[] {
  return [
    // 0+0 = 0; 2+0 = 2 < 3; 3+0 = 3; 3+3 = 6; one missing: no rule, no score.
    {
      instrument: 'phq2',
      name: 'not at all',
      answers: [0, 0],
      scores: { total: 0 },
      bands: { total: 'negative screen' },
    },
    {
      instrument: 'phq2',
      name: 'under the cut',
      answers: [2, 0],
      scores: { total: 2 },
      bands: { total: 'negative screen' },
    },
    {
      instrument: 'phq2',
      name: 'one item alone reaches the cut',
      answers: [3, 0],
      scores: { total: 3 },
      bands: { total: 'positive screen' },
    },
    {
      instrument: 'phq2',
      name: 'the most',
      answers: [3, 3],
      scores: { total: 6 },
      bands: { total: 'positive screen' },
    },
    {
      instrument: 'phq2',
      name: 'one missing, though the other is 3',
      answers: [3, none],
      kitRules: true,
      scores: { total: null },
      bands: { total: null },
    },
    // 0+0 = 0; 1+1 = 2; 0+3 = 3; 3+3 = 6; one missing.
    {
      instrument: 'gad2',
      name: 'not at all',
      answers: [0, 0],
      scores: { total: 0 },
      bands: { total: 'negative screen' },
    },
    {
      instrument: 'gad2',
      name: 'under the cut',
      answers: [1, 1],
      scores: { total: 2 },
      bands: { total: 'negative screen' },
    },
    {
      instrument: 'gad2',
      name: 'one item alone reaches the cut',
      answers: [0, 3],
      scores: { total: 3 },
      bands: { total: 'positive screen' },
    },
    {
      instrument: 'gad2',
      name: 'the most',
      answers: [3, 3],
      scores: { total: 6 },
      bands: { total: 'positive screen' },
    },
    {
      instrument: 'gad2',
      name: 'one missing',
      answers: [none, 3],
      kitRules: true,
      scores: { total: null },
      bands: { total: null },
    },
    // 1+1+1+1+0+0+0+0 = 4, the most that is minimal.
    {
      instrument: 'phq8',
      name: 'the top of minimal',
      answers: [1, 1, 1, 1, 0, 0, 0, 0],
      scores: { total: 4 },
      bands: { total: 'minimal' },
    },
    // 2*5 = 10.
    {
      instrument: 'phq8',
      name: 'where moderate begins',
      answers: [2, 2, 2, 2, 2, 0, 0, 0],
      scores: { total: 10 },
      bands: { total: 'moderate' },
    },
    // 8*3 = 24.
    { instrument: 'phq8', name: 'the most', answers: all(8, 3), scores: { total: 24 }, bands: { total: 'severe' } },
    // 7 answered: 3+2+1+1+1+0+0 = 8; 8/7*8 = 64/7 = 9.143, which is still below 10.
    {
      instrument: 'phq8',
      name: 'one missing',
      answers: [3, 2, 1, 1, 1, 0, 0, none],
      scores: { total: 64 / 7 },
      bands: { total: 'mild' },
    },
    // 5 answered < 6.
    {
      instrument: 'phq8',
      name: 'three missing',
      answers: [3, 3, 3, 3, 3, none, none, none],
      kitRules: true,
      scores: { total: null },
      bands: { total: null },
    },
    // 0; item 9 is not at all: no flag.
    {
      instrument: 'phq9',
      name: 'nothing',
      answers: all(9, 0),
      scores: { total: 0 },
      bands: { total: 'minimal' },
      flags: [],
    },
    // 0*8 + 1 = 1, minimal, and flagged.
    {
      instrument: 'phq9',
      name: 'item 9 alone',
      answers: [...all(8, 0), 1],
      scores: { total: 1 },
      bands: { total: 'minimal' },
      flags: ['q9'],
    },
    // 7 answered: 7*2 = 14; 14/7*9 = 18.
    {
      instrument: 'phq9',
      name: 'two missing, item 9 one of them',
      answers: [...all(7, 2), none, none],
      scores: { total: 18 },
      bands: { total: 'moderately severe' },
      flags: [],
    },
    // 6 answered < 7: no total, but item 9 is 3.
    {
      instrument: 'phq9',
      name: 'three missing: no score, and flagged',
      answers: [1, 1, 1, 1, 1, none, none, none, 3],
      scores: { total: null },
      bands: { total: null },
      flags: ['q9'],
    },
    // 8 answered: 3+3+3+3+3+2+0+0 = 17; 17/8*9 = 153/8 = 19.125, still below 20.
    {
      instrument: 'phq9',
      name: 'one missing, just below severe',
      answers: [3, 3, 3, 3, 3, 2, 0, none, 0],
      scores: { total: 19.125 },
      bands: { total: 'moderately severe' },
      flags: [],
    },
    // 2+2+0+0+0+0+0 = 4.
    {
      instrument: 'gad7',
      name: 'the top of minimal',
      answers: [2, 2, 0, 0, 0, 0, 0],
      scores: { total: 4 },
      bands: { total: 'minimal' },
    },
    // 3+3+3+1+0+0+0 = 10.
    {
      instrument: 'gad7',
      name: 'where moderate begins',
      answers: [3, 3, 3, 1, 0, 0, 0],
      scores: { total: 10 },
      bands: { total: 'moderate' },
    },
    // 7*3 = 21.
    { instrument: 'gad7', name: 'the most', answers: all(7, 3), scores: { total: 21 }, bands: { total: 'severe' } },
    // The kit's: 5 answered, 5*2 = 10; 10/5*7 = 14.
    {
      instrument: 'gad7',
      name: 'two missing, by the kit’s rule',
      answers: [2, 2, 2, 2, 2, none, none],
      kitRules: true,
      scores: { total: 14 },
      bands: { total: 'moderate' },
    },
    // Nothing was published: without the kit's rule there is no score.
    {
      instrument: 'gad7',
      name: 'two missing, with nothing but what was published',
      answers: [2, 2, 2, 2, 2, none, none],
      scores: { total: null },
      bands: { total: null },
    },
  ];
}

function who5(): Example[] {
  const [low, poor, good] = ['low; screen for depression', 'poor well-being', 'well-being not reduced'];
  return [
    // 0*4 = 0.
    { instrument: 'who5', name: 'at no time', answers: all(5, 0), scores: { index: 0 }, bands: { index: low } },
    // 2+2+1+1+1 = 7; 7*4 = 28, which still is low.
    {
      instrument: 'who5',
      name: 'the top of low',
      answers: [2, 2, 1, 1, 1],
      scores: { index: 28 },
      bands: { index: low },
    },
    // 3+3+2+2+2 = 12; 12*4 = 48, poor; one more is 13*4 = 52.
    {
      instrument: 'who5',
      name: 'the top of poor',
      answers: [3, 3, 2, 2, 2],
      scores: { index: 48 },
      bands: { index: poor },
    },
    {
      instrument: 'who5',
      name: 'one more than poor',
      answers: [3, 3, 3, 2, 2],
      scores: { index: 52 },
      bands: { index: good },
    },
    // 25*4 = 100.
    { instrument: 'who5', name: 'all of the time', answers: all(5, 5), scores: { index: 100 }, bands: { index: good } },
    // One missing: nothing is prorated.
    {
      instrument: 'who5',
      name: 'one missing',
      answers: [5, 5, 5, 5, none],
      kitRules: true,
      scores: { index: null },
      bands: { index: null },
    },
  ];
}

function sus(): Example[] {
  return [
    // odd 5-1 = 4, five times 20; even 5-1 = 4, five times 20; 40*2.5 = 100.
    {
      instrument: 'sus',
      name: 'the best',
      answers: [5, 1, 5, 1, 5, 1, 5, 1, 5, 1],
      scores: { sus: 100 },
      bands: { sus: 'above average' },
    },
    // odd 1-1 = 0; even 5-5 = 0.
    {
      instrument: 'sus',
      name: 'the worst',
      answers: [1, 5, 1, 5, 1, 5, 1, 5, 1, 5],
      scores: { sus: 0 },
      bands: { sus: null },
    },
    // odd 4-1 = 3, 15; even 5-2 = 3, 15; 30*2.5 = 75.
    {
      instrument: 'sus',
      name: 'good',
      answers: [4, 2, 4, 2, 4, 2, 4, 2, 4, 2],
      scores: { sus: 75 },
      bands: { sus: 'above average' },
    },
    // odd 3+3+3+3+2 = 14; even 5-2 = 3 three times, 5-3 = 2 twice: 13; 27*2.5 = 67.5, below 68.
    {
      instrument: 'sus',
      name: 'just below average',
      answers: [4, 2, 4, 2, 4, 2, 4, 3, 3, 3],
      scores: { sus: 67.5 },
      bands: { sus: null },
    },
    // The kit's: q9, q10 empty count as 3: odd 4*4 + 2 = 18; even 4*4 + 2 = 18; 36*2.5 = 90.
    {
      instrument: 'sus',
      name: 'two empty, by the kit’s rule',
      answers: [5, 1, 5, 1, 5, 1, 5, 1, none, none],
      kitRules: true,
      scores: { sus: 90 },
      bands: { sus: 'above average' },
    },
    // 7 answered < 8.
    {
      instrument: 'sus',
      name: 'three empty',
      answers: [5, 1, 5, 1, 5, 1, 5, none, none, none],
      kitRules: true,
      scores: { sus: null },
      bands: { sus: null },
    },
    // The kit's rule off: an empty item is not marked by anybody.
    {
      instrument: 'sus',
      name: 'one empty',
      answers: [5, 1, 5, 1, 5, 1, 5, 1, 5, none],
      scores: { sus: null },
      bands: { sus: null },
    },
  ];
}

function rtlx(): Example[] {
  return [
    { instrument: 'nasa_rtlx', name: 'the least', answers: all(6, 0), scores: { rtlx: 0 } },
    { instrument: 'nasa_rtlx', name: 'the most', answers: all(6, 100), scores: { rtlx: 100 } },
    // Performance is not reversed: failure, 100, adds; 100/6 = 16.667.
    { instrument: 'nasa_rtlx', name: 'failure alone', answers: [0, 0, 0, 100, 0, 0], scores: { rtlx: 100 / 6 } },
    // 5+10+15+20+25+30 = 105; 105/6 = 17.5.
    { instrument: 'nasa_rtlx', name: 'in steps', answers: [5, 10, 15, 20, 25, 30], scores: { rtlx: 17.5 } },
    {
      instrument: 'nasa_rtlx',
      name: 'one missing',
      answers: [50, 50, 50, 50, 50, none],
      kitRules: true,
      scores: { rtlx: null },
    },
  ];
}

function structures(): Example[] {
  return [
    // Each subscale's three: (1+2+3)/3 = 2, (2+2+2)/3 = 2, (3+3+3)/3 = 3, (4+3+2)/3 = 3; total 6+6+9+9 = 30; 30/12 = 2.5.
    {
      instrument: 'bat12',
      name: 'just green',
      answers: [1, 2, 3, 2, 2, 2, 3, 3, 3, 4, 3, 2],
      scores: { exhaustion: 2, mental_distance: 2, cognitive_impairment: 3, emotional_impairment: 3, total: 2.5 },
      bands: { total: 'green: no risk' },
    },
    // 31/12 = 2.583, above 2.54.
    {
      instrument: 'bat12',
      name: 'just orange',
      answers: [2, 2, 3, 2, 2, 2, 3, 3, 3, 4, 3, 2],
      scores: {
        exhaustion: 7 / 3,
        mental_distance: 2,
        cognitive_impairment: 3,
        emotional_impairment: 3,
        total: 31 / 12,
      },
      bands: { total: 'orange: at risk' },
    },
    // The kit's: two of three each: (4+2)/2 = 3, 3, 3, 3; total 4+2+3*6 = 24; 24/8 = 3.
    {
      instrument: 'bat12',
      name: 'two of three in each, by the kit’s rule',
      answers: [4, 2, none, 3, 3, none, 3, none, 3, none, 3, 3],
      kitRules: true,
      scores: { exhaustion: 3, mental_distance: 3, cognitive_impairment: 3, emotional_impairment: 3, total: 3 },
      bands: { total: 'red: very likely burnout' },
    },
    // 10 of 12 answered, more than 8, but one subscale has one of three: no total.
    {
      instrument: 'bat12',
      name: 'a total needs all four',
      answers: [...all(9, 5), 5, none, none],
      kitRules: true,
      scores: { exhaustion: 5, mental_distance: 5, cognitive_impairment: 5, emotional_impairment: null, total: null },
      bands: { total: null },
    },
    // One missing, the kit's rule off: its subscale and the total have no score, the others have.
    {
      instrument: 'bat12',
      name: 'one missing, with nothing but what was published',
      answers: [none, ...all(11, 1)],
      scores: { exhaustion: null, mental_distance: 1, cognitive_impairment: 1, emotional_impairment: 1, total: null },
      bands: { total: null },
    },
    // Sums of four: 4, 14 (one above low), 16, 17, and nothing with one missing.
    {
      instrument: 'brcs',
      name: 'the least',
      answers: all(4, 1),
      scores: { total: 4 },
      bands: { total: 'low resilient coping' },
    },
    {
      instrument: 'brcs',
      name: 'where medium begins',
      answers: [4, 4, 3, 3],
      scores: { total: 14 },
      bands: { total: 'medium' },
    },
    {
      instrument: 'brcs',
      name: 'the top of medium',
      answers: all(4, 4),
      scores: { total: 16 },
      bands: { total: 'medium' },
    },
    {
      instrument: 'brcs',
      name: 'where high begins',
      answers: [5, 4, 4, 4],
      scores: { total: 17 },
      bands: { total: 'high' },
    },
    {
      instrument: 'brcs',
      name: 'one missing',
      answers: [5, 5, 5, none],
      kitRules: true,
      scores: { total: null },
      bands: { total: null },
    },
    // 5*5 = 25; 5*1 = 5; 30.
    {
      instrument: 'miniz2',
      name: 'supported and hurried',
      answers: [...all(5, 5), ...all(5, 1)],
      scores: { supportive: 25, pace_emr: 5, joy: 30 },
      bands: { joy: null, supportive: 'favourable', pace_emr: null },
    },
    // 4+4+4+4+3 = 19; 5+5+5+5+1 = 21; 40.
    {
      instrument: 'miniz2',
      name: 'joy at its threshold',
      answers: [4, 4, 4, 4, 3, 5, 5, 5, 5, 1],
      scores: { supportive: 19, pace_emr: 21, joy: 40 },
      bands: { joy: 'joyous workplace', supportive: null, pace_emr: 'favourable' },
    },
    // 19 + 20 = 39.
    {
      instrument: 'miniz2',
      name: 'joy one short',
      answers: [4, 4, 4, 4, 3, ...all(5, 4)],
      scores: { supportive: 19, pace_emr: 20, joy: 39 },
      bands: { joy: null, supportive: null, pace_emr: 'favourable' },
    },
    {
      instrument: 'miniz2',
      name: 'the least',
      answers: all(10, 1),
      scores: { supportive: 5, pace_emr: 5, joy: 10 },
      bands: { joy: null, supportive: null, pace_emr: null },
    },
    // 5*3 = 15; 4 of 5 is no sum; nor is 9 of 10.
    {
      instrument: 'miniz2',
      name: 'one missing',
      answers: [...all(9, 3), none],
      kitRules: true,
      scores: { supportive: 15, pace_emr: null, joy: null },
      bands: { joy: null, supportive: null, pace_emr: null },
    },
    // Strongly agree, 1: exhaustion 2,4,8,12 reversed to 4, four 1: 20/8 = 2.5; so disengagement (3,6,9,11) and total.
    {
      instrument: 'olbi',
      name: 'strongly agree throughout says nothing',
      answers: all(16, 1),
      scores: { exhaustion: 2.5, disengagement: 2.5, total: 2.5 },
      bands: { exhaustion: 'high exhaustion', disengagement: 'high disengagement' },
    },
    // 1 where reversed (2,3,4,6,8,9,11,12) gives 4, 4 elsewhere: all 4.
    {
      instrument: 'olbi',
      name: 'as burnt out as can be',
      answers: [4, 1, 1, 1, 4, 1, 4, 1, 1, 4, 1, 1, 4, 4, 4, 4],
      scores: { exhaustion: 4, disengagement: 4, total: 4 },
      bands: { exhaustion: 'high exhaustion', disengagement: 'high disengagement' },
    },
    // Mirrored: all 1.
    {
      instrument: 'olbi',
      name: 'as little as can be',
      answers: [1, 4, 4, 4, 1, 4, 1, 4, 4, 1, 4, 4, 1, 1, 1, 1],
      scores: { exhaustion: 1, disengagement: 1, total: 1 },
      bands: { exhaustion: null, disengagement: null },
    },
    // Exhaustion q2 3->2, q4 3->2, q5 2, q8 3->2, q10 2, q12 2->3, q14 2, q16 3: 18; 18/8 = 2.25.
    // Disengagement q1 2, q3 3->2, q6 3->2, q7 2, q9 3->2, q11 3->2, q13 2, q15 2: 16/8 = 2. Total 34/16 = 2.125.
    {
      instrument: 'olbi',
      name: 'exhaustion at its threshold',
      answers: [2, 3, 3, 3, 2, 3, 2, 3, 3, 2, 3, 2, 2, 2, 2, 3],
      scores: { exhaustion: 2.25, disengagement: 2, total: 2.125 },
      bands: { exhaustion: 'high exhaustion', disengagement: null },
    },
    // The kit's: exhaustion without q14, q16: q2 2->3, q4 3, q5 2, q8 3, q10 2, q12 3 = 16/6. Disengagement full: 2,3,3,2,3,3,2,2 = 20/8.
    // Total 36/14.
    {
      instrument: 'olbi',
      name: 'two of eight missing, by the kit’s rule',
      answers: [...all(13, 2), none, 2, none],
      kitRules: true,
      scores: { exhaustion: 16 / 6, disengagement: 20 / 8, total: 36 / 14 },
      bands: { exhaustion: 'high exhaustion', disengagement: 'high disengagement' },
    },
    {
      instrument: 'pfi',
      name: 'nothing at all',
      answers: all(16, 0),
      scores: { fulfillment: 0, work_exhaustion: 0, interpersonal_disengagement: 0, burnout: 0 },
      bands: { burnout: null, fulfillment: null },
    },
    // 6*3/6 = 3; 4*4/4 = 4; 6*0 = 0; burnout 16/10 = 1.6, not (4+0)/2 = 2.
    {
      instrument: 'pfi',
      name: 'exhausted, not disengaged',
      answers: [...all(6, 3), ...all(4, 4), ...all(6, 0)],
      scores: { fulfillment: 3, work_exhaustion: 4, interpersonal_disengagement: 0, burnout: 1.6 },
      bands: { burnout: 'burnout', fulfillment: 'professional fulfillment' },
    },
    // Fulfillment 17/6 = 2.833. Burnout 4*1 + 2+2+2+1+1+1 = 13; 13/10 = 1.3 < 1.33.
    {
      instrument: 'pfi',
      name: 'just below both thresholds',
      answers: [3, 3, 3, 3, 3, 2, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1],
      scores: { fulfillment: 17 / 6, work_exhaustion: 1, interpersonal_disengagement: 1.5, burnout: 1.3 },
      bands: { burnout: null, fulfillment: null },
    },
    // The kit's: 3 of 6: (4+4+1)/3 = 3. 2 of 4: (1+2)/2 = 1.5. 3 of 6: (1+1+1)/3 = 1. Burnout 6/5 = 1.2.
    {
      instrument: 'pfi',
      name: 'half of each, by the kit’s rule',
      answers: [4, 4, 1, none, none, none, 1, 2, none, none, 1, 1, 1, none, none, none],
      kitRules: true,
      scores: { fulfillment: 3, work_exhaustion: 1.5, interpersonal_disengagement: 1, burnout: 1.2 },
      bands: { burnout: null, fulfillment: 'professional fulfillment' },
    },
    // The kit's: 1 of 4 exhaustion: none, and so no burnout, though 7 of its 10 are answered.
    {
      instrument: 'pfi',
      name: 'burnout needs both its parts',
      answers: [...all(6, 2), 4, none, none, none, ...all(6, 4)],
      kitRules: true,
      scores: { fulfillment: 2, work_exhaustion: null, interpersonal_disengagement: 4, burnout: null },
      bands: { burnout: null, fulfillment: null },
    },
    // All 4: six 4 = 24, four reversed to 0: 24. All 0: four reversed to 4 = 16. Bands only where asked for.
    { instrument: 'pss10', name: 'very often throughout', answers: all(10, 4), scores: { total: 24 }, bands: {} },
    {
      instrument: 'pss10',
      name: 'never throughout',
      answers: all(10, 0),
      scores: { total: 16 },
      conventionalBands: true,
      bands: { total: 'moderate' },
    },
    // 4 where not reversed, 0 where reversed (4,5,7,8): 40.
    {
      instrument: 'pss10',
      name: 'as stressed as can be',
      answers: [4, 4, 4, 0, 0, 4, 0, 0, 4, 4],
      scores: { total: 40 },
      conventionalBands: true,
      bands: { total: 'high' },
    },
    // 4 + 1*5 = 9; four reversed 4-3 = 1: 4; 9+4 = 13.
    {
      instrument: 'pss10',
      name: 'the top of low',
      answers: [4, 1, 1, 3, 3, 1, 3, 3, 1, 1],
      scores: { total: 13 },
      conventionalBands: true,
      bands: { total: 'low' },
    },
    {
      instrument: 'pss10',
      name: 'one missing',
      answers: [...all(9, 4), none],
      kitRules: true,
      scores: { total: null },
      bands: {},
    },
    // q1 + (4-q2) + (4-q3) + q4.
    { instrument: 'pss4', name: 'very often throughout', answers: all(4, 4), scores: { total: 8 } },
    { instrument: 'pss4', name: 'as stressed as can be', answers: [4, 0, 0, 4], scores: { total: 16 } },
    { instrument: 'pss4', name: 'as little as can be', answers: [0, 4, 4, 0], scores: { total: 0 } },
    // 1 + (4-2) + (4-3) + 3 = 7.
    { instrument: 'pss4', name: 'mixed', answers: [1, 2, 3, 3], scores: { total: 7 } },
    { instrument: 'pss4', name: 'one missing', answers: [1, 2, none, 3], kitRules: true, scores: { total: null } },
    // (0+0+0)/3; (6+6+6)/3; (6+5+4)/3 = 5; (1+0+0)/3; one missing.
    { instrument: 'uwes3', name: 'never', answers: all(3, 0), scores: { total: 0 } },
    { instrument: 'uwes3', name: 'always', answers: all(3, 6), scores: { total: 6 } },
    { instrument: 'uwes3', name: 'in steps', answers: [6, 5, 4], scores: { total: 5 } },
    { instrument: 'uwes3', name: 'almost never', answers: [1, 0, 0], scores: { total: 1 / 3 } },
    { instrument: 'uwes3', name: 'one missing', answers: [6, 6, none], kitRules: true, scores: { total: null } },
    // vigor 1,2,5: 6,6,6 = 6. dedication 3,4,7: 3,3,3 = 3. absorption 6,8,9: 0 = 0. total 27/9 = 3.
    {
      instrument: 'uwes9',
      name: 'each subscale its own',
      answers: [6, 6, 3, 3, 6, 0, 3, 0, 0],
      scores: { vigor: 6, dedication: 3, absorption: 0, total: 3 },
    },
    {
      instrument: 'uwes9',
      name: 'always',
      answers: all(9, 6),
      scores: { vigor: 6, dedication: 6, absorption: 6, total: 6 },
    },
    // vigor 0,1,4 = 5/3; dedication 2,3,6 = 11/3; absorption 5,0,1 = 2; total 22/9.
    {
      instrument: 'uwes9',
      name: 'in steps',
      answers: [0, 1, 2, 3, 4, 5, 6, 0, 1],
      scores: { vigor: 5 / 3, dedication: 11 / 3, absorption: 2, total: 22 / 9 },
    },
    // The kit's: vigor 1,2: (6+4)/2 = 5; dedication 3,4: (2+2)/2 = 2; absorption 8,9: (1+3)/2 = 2; total 18/6 = 3.
    {
      instrument: 'uwes9',
      name: 'two of three in each, by the kit’s rule',
      answers: [6, 4, 2, 2, none, none, none, 1, 3],
      kitRules: true,
      scores: { vigor: 5, dedication: 2, absorption: 2, total: 3 },
    },
    // The kit's: absorption has one of three: none, and no total, though 7 of 9 are answered.
    {
      instrument: 'uwes9',
      name: 'a total needs all three',
      answers: [...all(6, 2), 2, none, none],
      kitRules: true,
      scores: { vigor: 2, dedication: 2, absorption: null, total: null },
    },
  ];
}
