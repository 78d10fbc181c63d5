/** Text on each ground it stands on, light and dark: WCAG AA. */
import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('../../../pages/styles/roles.css', import.meta.url), 'utf8');

function colour(role: string, scheme: 'light' | 'dark'): string {
  const both = new RegExp(`--${role}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css);
  const one = new RegExp(`--${role}: (#\\w{6})`).exec(css);
  const found = both ? both[scheme === 'light' ? 1 : 2] : one?.[1];
  if (!found) throw new Error(`roles.css has no colour --${role}.`);
  return found;
}

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

const GROUNDS = ['canvas', 'surface', 'raised', 'sunken', 'hover'];
const PAIRS: [text: string, ground: string][] = [
  ...['text', 'soft', 'accent'].flatMap((text) => GROUNDS.map((ground): [string, string] => [text, ground])),
  ...['canvas', 'surface', 'raised'].flatMap((ground) =>
    ['faint', 'good', 'warn', 'bad', 'vip'].map((text): [string, string] => [text, ground]),
  ),
  ...['accent', 'good', 'warn', 'bad', 'vip'].map((role): [string, string] => [role, `${role}-soft`]),
  ...['warn-soft', 'note-soft', 'bad-soft'].map((ground): [string, string] => ['text', ground]),
  ...['warn-soft', 'note-soft'].map((ground): [string, string] => ['soft', ground]),
  ...['accent-fill', 'accent-fill-hover', 'good-fill', 'good-fill-hover', 'bad-fill', 'bad-fill-hover'].map((ground): [string, string] => [
    'on-fill',
    ground,
  ]),
];

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  it.each(PAIRS)('--%s is read on --%s', (text, ground) => {
    expect(contrast(colour(text, scheme), colour(ground, scheme))).toBeGreaterThanOrEqual(4.5);
  });
});
