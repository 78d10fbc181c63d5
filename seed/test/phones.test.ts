/** Telephone numbers: valid, fictional, never given out twice. */
import { MOBILE_NUMBERS, mobileNumber } from '../src/phones.js';
import { LANGUAGES } from '../src/texts.js';

const VALID = {
  cs: /^\+420(60[1-8]|70[2-5]|72\d|73\d|77[0-7]|79[0-7])000\d{3}$/,
  pl: /^\+48(5[013]|60|66|69|88)\d000\d{3}$/,
  en: /^\+44(7700900\d{3}|7(40|71|80|97)\d000\d{3})$/,
};

test.each(LANGUAGES)('every number of a %s speaker is a mobile one in E.164, with a subscriber part that nobody has', (language) => {
  const numbers = Array.from({ length: MOBILE_NUMBERS }, (_, index) => mobileNumber(language, index));
  expect(numbers.filter((number) => !VALID[language].test(number))).toEqual([]);
});

test('no number is given out twice', () => {
  for (const language of LANGUAGES) {
    const numbers = new Set(Array.from({ length: MOBILE_NUMBERS }, (_, index) => mobileNumber(language, index)));
    expect(numbers.size).toBe(MOBILE_NUMBERS);
  }
});
