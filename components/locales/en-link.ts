import type { Words } from './catalogue.ts';

/** English, what recruiters see first beside `en.ts`: signing in, and choosing. */
export const enLink = {
  'link-sign-in-title': 'Links for recruiting',
  'link-sign-in-lead': 'Make links and posters that lead to the study, and see how many people have used yours.',
  'link-token': 'Your staff token',
  'link-token-help':
    'It starts with “steady-staff-”. It is not kept on this device: leave this page, and you are signed out.',
  'link-sign-in': 'Sign in',
  'link-token-missing': 'Type or paste your token.',
  'link-token-wrong':
    'This token does not open this study. Check that all of it is there, or ask your coordinator for a new one.',
  'link-signed-out': 'Your token has ended or was not used for long. Please sign in again.',
  'link-idle': 'You were signed out because nobody used this page for a while.',
  'link-role': 'This token is not for recruiting. Ask your coordinator for one that is.',
  'link-unreachable': 'The server could not be reached. Please try again in a moment.',
  'link-refused': 'The server did not do this ({code}). Please try again, or ask your coordinator.',
  'link-new-title': 'A new link',
  'link-new-lead':
    'One for each place where it is seen, so that you can tell what works. You will see how many people used it, never who.',
  'link-site': 'Site',
  'link-site-choose': 'Choose one',
  'link-site-none': 'No particular site',
  'link-channel': 'Where will people see it?',
  'channel-email': 'In an e-mail',
  'channel-text-message': 'In a text message',
  'channel-poster': 'On a poster',
  'channel-slide': 'On a slide',
  'channel-chat': 'In a chat',
  'link-language': 'Language of the people who see it',
  'link-day': 'Last day',
  'link-day-help': 'Leave it empty if the link should work for as long as the study takes people.',
  'link-make': 'Make the link',
  'link-unverified': 'Not counted, and not checked',
  'link-unverified-text':
    'This page has no endpoint for links. It makes a plain address that says where people came from. Whoever opens it can change that, so answers keep it as unverified. It does not expire, and nobody counts who opens it.',
  'link-failed-title': 'The page for links could not be loaded',
} as const satisfies Record<string, Words>;
