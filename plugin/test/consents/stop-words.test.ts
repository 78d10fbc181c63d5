/** STOP and START as whole messages, in five languages, however they are typed. */
import fc from 'fast-check';
import { stopWordOf } from '../../src/consents/stop-words.js';

test.each([
  'STOP',
  'stop.',
  ' Stop! ',
  'S T O P'.replaceAll(' ', ''),
  '„STOP“',
  'Unsubscribe',
  'opt-out',
  'Odhlásit',
  'ODHLASIT SE',
  'odhla\u0301sit',
  'wypisz',
  'Rezygnuje',
  'REZYGNUJĘ',
  'nie wysyłaj',
  'NIE WYSYLAJ',
  'Стоп',
  'отписаться\n',
  '退订',
  '退订。',
  'ＴＤ',
  'ＳＴＯＰ',
])('%j takes back', (text) => expect(stopWordOf(text)).toBe('STOP'));

test.each(['START', 'unstop', 'Přihlásit', 'prihlasit', 'Zapisz', 'старт', '订阅'])('%j gives back', (text) =>
  expect(stopWordOf(text)).toBe('START'),
);

test.each([
  '',
  ' ',
  '?',
  'Please stop calling my wife',
  'nonstop',
  'STOP at the corner',
  'Nechci odhlásit',
  'не стоп',
  '我想退订宽带',
  'starter',
  'Yes',
])('%j says something else', (text) => expect(stopWordOf(text)).toBeNull());

test('whatever stands around it, case and marks make no difference, and a word more does', () => {
  const words = fc.constantFrom('STOP', 'Odhlásit', 'wypisz', 'стоп', '退订');
  const around = fc.stringMatching(/^[ .!?"'\n]{0,4}$/);
  fc.assert(
    fc.property(words, around, around, fc.boolean(), (word, before, after, upper) => {
      expect(stopWordOf(`${before}${upper ? word.toUpperCase() : word.toLowerCase()}${after}`)).toBe('STOP');
      expect(stopWordOf(`${before}${word} x${after}`)).toBeNull();
    }),
  );
});
