/**
 * What may be newer than the floor, each for a reason that holds on the floor's browsers: the code asks first whether it
 * is there, or doing without it loses nothing. One that is used nowhere any more is reported.
 */
export type Allowed = { readonly feature: string; readonly why: string };

export const allowed: readonly Allowed[] = [
  { feature: 'api.TrustedTypePolicyFactory.createPolicy', why: 'lit asks whether there are trusted types at all' },
  { feature: 'css.properties.text-size-adjust', why: 'where it is missing, nothing enlarges texts by itself' },
  { feature: 'css.properties.text-size-adjust.none', why: 'as above' },
  { feature: 'css.properties.-webkit-tap-highlight-color', why: 'only browsers that highlight a tap know it' },
  { feature: 'css.properties.forced-color-adjust', why: 'Safari has no forced colours' },
  { feature: 'css.properties.forced-color-adjust.none', why: 'Safari has no forced colours' },
  { feature: 'css.properties.cursor.*', why: 'a touch screen has no pointer to change' },
  { feature: 'css.properties.resize', why: 'a touch screen has no corner to drag; text areas grow there by scrolling' },
  { feature: 'css.properties.resize.vertical', why: 'as above' },
  { feature: 'css.selectors.-webkit-progress-bar', why: 'each engine has a name of its own for the same part' },
  { feature: 'css.selectors.-webkit-progress-value', why: 'as above' },
  { feature: 'css.selectors.-moz-progress-bar', why: 'as above' },
  {
    feature: 'api.PointerEvent.persistentDeviceId',
    why: 'signature_pad takes the pointer’s own id where there is none',
  },
];
