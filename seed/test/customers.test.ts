/** Customers: unmistakable, reachable, and the same for the same seed. */
import { addressOf, customers, HISTORY_DAYS } from '../src/customers.js';

const NOW = Date.UTC(2026, 10, 21, 8);
const people = customers(1, 5_000, NOW);

test('the same seed gives the same people, another one others', () => {
  expect(customers(1, 300, NOW)).toEqual(people.slice(0, 300));
  expect(customers(2, 300, NOW).map(({ name }) => name)).not.toEqual(people.slice(0, 300).map(({ name }) => name));
});

test('the time of the run moves nothing but dates', () => {
  const later = customers(1, 300, NOW + 86_400_000);
  expect(later.map((person) => ({ ...person, createdAt: 0 }))).toEqual(people.slice(0, 300).map((person) => ({ ...person, createdAt: 0 })));
});

test('no identity belongs to two people', () => {
  const identities = people.flatMap((person) => person.identities.map(({ kind, value }) => `${kind} ${value}`));
  expect(new Set(identities).size).toBe(identities.length);
  expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
});

test('telephone numbers are in E.164, e-mail addresses lower-case and of domains that nobody owns', () => {
  const shape = { PHONE: /^\+[1-9]\d{9,13}$/, EMAIL: /^[a-z]+\.[a-z]+\d*@[a-z]+\.example$/, HANDLE: /^@[a-z]+_[a-z]+\d*$/ };
  expect(people.flatMap(({ identities }) => identities).filter(({ kind, value }) => !shape[kind].test(value))).toEqual([]);
});

test('everybody can be called, some have a company or a note, about one in fifty is a VIP', () => {
  expect(people.every((person) => addressOf(person, 'VOICE') !== null)).toBe(true);
  const share = (count: number) => count / people.length;
  expect(share(people.filter(({ tier }) => tier === 'VIP').length)).toBeGreaterThan(0.012);
  expect(share(people.filter(({ tier }) => tier === 'VIP').length)).toBeLessThan(0.028);
  expect(people.filter(({ tier, note }) => tier === 'VIP' && note === null)).toEqual([]);
  expect(share(people.filter(({ company }) => company !== null).length)).toBeGreaterThan(0.04);
  expect(share(people.filter(({ note }) => note !== null).length)).toBeGreaterThan(0.08);
});

test('everybody was a customer before the history begins', () => {
  expect(people.every(({ createdAt }) => createdAt < NOW - HISTORY_DAYS * 86_400_000)).toBe(true);
});

test('names keep their diacritics, and women their surnames', () => {
  const names = people
    .map(({ name }) => name)
    .join(' ')
    .toLowerCase();
  expect([...'áčďéěíňóřšťůýžąćęłńśźż'].filter((letter) => !names.includes(letter))).toEqual([]);
  const polishWomen = people.filter(({ language, name }) => language === 'pl' && /^(Anna|Maria|Katarzyna|Agnieszka|Ewa|Zofia) /.test(name));
  expect(polishWomen.length).toBeGreaterThan(20);
  expect(polishWomen.filter(({ name }) => /[sc]ki$/.test(name))).toEqual([]);
});
