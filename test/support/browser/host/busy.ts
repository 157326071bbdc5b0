/** What the page in busy.html does: nothing, or what a web team pastes. Its query says which, and with what. */
const { script, ...attributes } = Object.fromEntries(new URLSearchParams(location.search));
const element = document.querySelector('steady-eligibility-screener');
for (const [name, value] of Object.entries(attributes)) element?.setAttribute(name, value);

export {};

if (script === 'loader') await import('../../../../components/loader.ts');
