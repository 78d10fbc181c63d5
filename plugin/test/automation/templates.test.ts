/** Texts with gaps: what is refused when they are saved, and the bounds within which they are filled. */
import { LINE, render, templateProblem, TEXT } from '../../src/automation/templates.js';
import type { Facts } from '../../src/automation/facts.js';

const facts = {
  interaction: { number: 7, subject: 'Delivery\nof a parcel', skills: ['Czech', 'German'], createdAt: new Date('2026-01-31T23:30:00Z') },
  customer: { name: 'Ada' },
  event: { type: 'interaction.opened', actor: { kind: 'INTAKE', name: 'web' }, facts: { channel: 'CASE', deep: { er: 1 } } },
} as unknown as Facts;

it('fills gaps, loops and filters', () => {
  expect(render('Tell {{ customer.name }} about #{{ interaction.number }}', facts)).toBe('Tell Ada about #7');
  expect(render('{% for skill in interaction.skills %}{{ skill | upcase }} {% endfor %}', facts)).toBe('CZECH GERMAN');
  expect(render('{{ event.facts.deep.er }}{{ event.facts.not.there }} {{ event.actor.name }}', facts)).toBe('1 web');
  expect(render('{{ interaction.createdAt | date: "%Y-%m-%d %H:%M" }}', facts)).toBe('2026-01-31 23:30');
});

it('a line is one line, and neither line nor text is longer than the contract holds', () => {
  expect(render('{{ interaction.subject }}', facts, LINE)).toBe('Delivery of a parcel');
  const long = '{% for i in (1..9000) %}123456{% endfor %}';
  expect(render(long, facts, LINE)).toHaveLength(LINE);
  expect(render(long, facts)).toHaveLength(TEXT);
});

it.each([
  ['{{ customer.nmae }}', /no customer\.nmae; did you mean customer\.name\?/],
  ['{{ customer }}', /There is no customer; did you mean customer\.\w+\?/],
  ['{{ foo }}', /There is no foo; /],
  ['{{ interaction["subject"] }}{{ interaction[foo] }}', /There is no interaction/],
  ['one\n{% if %}', /line:2/],
  ['{{ customer.name', /not closed/],
  ['{{ customer.name | shout }}', /Undefined filter: shout/],
  ['{% include "/etc/passwd" %}', /Tag "include" not found/],
  ['{% render "x" %}', /Tag "render" not found/],
  ['{% layout "x" %}', /Tag "layout" not found/],
])('refuses %j', (source, problem) => {
  expect(templateProblem(source)).toMatch(problem);
});

it.each([
  'plain',
  '{{ event.facts.anything.at.all }}',
  '{% assign x = customer.name %}{{ x }}',
  '{% for s in interaction.skills %}{{ s }}{% endfor %}',
])('accepts %j', (source) => {
  expect(templateProblem(source)).toBeNull();
});

it.each([
  '{% for i in (1..100000000) %}x{% endfor %}',
  '{% for i in (1..9000) %}{% for j in (1..9000) %}{{ i | plus: j }}{% endfor %}{% endfor %}',
])('gives up on %j', (source) => {
  expect(() => render(source, facts)).toThrow(/cannot be filled: .*limit exceeded/);
});

it('reaches nothing but the facts', () => {
  expect(render('{{ customer.constructor.name }}|{{ customer.__proto__ }}', facts)).toBe('|');
});
