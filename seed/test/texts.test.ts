/** Texts in three languages: complete, filled, and written with the letters of their language. */
import fc from 'fast-check';
import { randomStream } from '../src/random.js';
import {
  agentLetter,
  customerLetter,
  drawFacts,
  fill,
  LANGUAGES,
  recogniseSubject,
  TEXTS,
  TOPICS,
  type LanguageTexts,
} from '../src/texts.js';

const templatesOf = (texts: LanguageTexts): string[] => [
  ...Object.values(texts.topics).flatMap(({ subjects, requests, reply, chat, notes }) => [
    ...subjects,
    ...requests,
    reply,
    ...chat,
    ...notes,
  ]),
  ...[
    texts.customerAnswers,
    texts.thanks,
    texts.questions,
    texts.transferNotes,
    texts.escalationNotes,
    texts.caseReasons,
    texts.customerNotes,
    texts.vipNotes,
  ].flat(),
  texts.noAnswer,
];

test.each(LANGUAGES)('%s: every template can be filled, with any facts', (language) => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 4_000_000_000_000 }), (seed, at) => {
      const facts = drawFacts(randomStream(seed, 'facts'), language, at);
      for (const template of templatesOf(TEXTS[language])) expect(fill(template, facts)).not.toMatch(/[{}]|undefined|NaN/);
    }),
    { numRuns: 20 },
  );
});

test('a fact that a template needs and does not get is an error', () => {
  expect(() => fill('Dear {customer}', {})).toThrow('customer');
});

test.each([
  ['cs', 'áčďéěíňóřšťúůýž'],
  ['pl', 'ąćęłńóśźż'],
] as const)('%s: the texts have all letters of the language', (language, letters) => {
  const all = [...templatesOf(TEXTS[language]), ...TEXTS[language].places, ...TEXTS[language].streets].join(' ').toLowerCase();
  expect([...letters].filter((letter) => !all.includes(letter))).toEqual([]);
});

test('texts hold no character that the contract refuses, and lines are short enough for it', () => {
  for (const language of LANGUAGES) {
    const texts = TEXTS[language];
    for (const template of templatesOf(texts)) expect(template).not.toMatch(/[\p{Cc}]/u);
    for (const { subjects } of Object.values(texts.topics)) {
      for (const subject of subjects) for (const place of texts.places) expect(`${subject} · ${place}`.length).toBeLessThanOrEqual(200);
    }
  }
});

test('conversations begin with the customer and take turns', () => {
  for (const language of LANGUAGES) for (const topic of TOPICS) expect(TEXTS[language].topics[topic].chat.length % 2).toBe(0);
});

test('a subject tells its topic and language, as an answer and with a place too', () => {
  for (const language of LANGUAGES) {
    for (const topic of TOPICS) {
      for (const subject of TEXTS[language].topics[topic].subjects) {
        expect(recogniseSubject(subject)).toEqual({ language, topic });
        expect(recogniseSubject(`Re: ${subject} · ${TEXTS[language].places[0]}`)).toEqual({ language, topic });
      }
    }
  }
  expect(recogniseSubject('Something a person wrote')).toBeUndefined();
  expect(recogniseSubject(null)).toBeUndefined();
});

test('letters have greeting, text and signature', () => {
  expect(customerLetter('en', 'this is about my bill.', 'Ann Lee')).toBe('Hello,\n\nThis is about my bill.\n\nKind regards\nAnn Lee');
  expect(agentLetter('cs', 'fakturu jsme opravili.', 'Jana Nováková')).toBe(
    'Dobrý den,\n\nfakturu jsme opravili.\n\nS přáním hezkého dne\nJana Nováková\nVltavia, zákaznická péče',
  );
});
