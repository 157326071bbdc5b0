/** Name and version of the kit, as every submission carries it. The version is package.json's: a test holds them together. */
export const KIT = 'steady-kit/0.1.0';
