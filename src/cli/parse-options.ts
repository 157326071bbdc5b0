import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { nearest } from '../study/wording.ts';
import { UsageError } from './io.ts';

/** What a command was given: `parseArgs` of `node:util`, with the mistakes that people make told in words of this kit. */

type Parsed<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ args: string[]; options: Options; allowPositionals: true }>
>;

/**
 * @param options as `parseArgs` takes them
 * @param usage of the command, which shows what each option takes: `--start DATE`
 * @throws UsageError for an option that is not there, lacks its value, or has one that it does not take
 */
export function parseOptions<const Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
  usage: string,
): Parsed<Options> {
  // First leniently, for what was typed: the strict reading tells mistakes in its own words alone.
  const { tokens } = parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue, index } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) throw unknownOption(args[index] ?? rawName, Object.keys(options));
    if (option.type === 'boolean') {
      if (value !== undefined) throw new UsageError(`--${name} takes no value. Write it alone.`);
    } else if (value === undefined || value === '' || (!inlineValue && isOption(value, options))) {
      throw new UsageError(`--${name} takes a value, and none is there: write ${shown(name, usage)}.`);
    } else if (!inlineValue && value.length > 1 && value.startsWith('-')) {
      const fix = `write ${shown(name, usage)}, or --${name}=${value} if that is the value`;
      throw new UsageError(`--${name} takes a value, and ${value} looks like an option: ${fix}.`);
    }
  }
  return parseArgs({ args, options, allowPositionals: true });
}

/** Whether it is the next option, and not a value that begins as one. */
function isOption(typed: string, options: ParseArgsOptionsConfig): boolean {
  const [, name = ''] = /^--([^=]+)/.exec(typed) ?? [];
  return Object.hasOwn(options, name) || Object.values(options).some(({ short }) => typed === `-${short}`);
}

/** @param typed as it stands on the command line: `--formta`, `--formta=table`, or `-format` with a hyphen too few */
function unknownOption(typed: string, names: readonly string[]): UsageError {
  const [given = typed] = typed.split('=');
  const meant = nearest(given.replace(/^-+/, ''), names);
  return new UsageError(`has no option ${given}.${meant === undefined ? '' : ` Did you mean --${meant}?`}`);
}

/** An option with its value as the usage shows them: `--start DATE`. */
function shown(name: string, usage: string): string {
  return new RegExp(`--${name} [^\\s\\].]+`).exec(usage)?.[0] ?? `--${name}=…`;
}
