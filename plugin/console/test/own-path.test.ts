/** A link to the sign-in cannot lead whoever signs in to a foreign page. */
import fc from 'fast-check';
import { ownPath } from '../src/own-path';

const ORIGIN = 'https://center.example.org';

it('leads back to a page of this engine', () => {
  expect(ownPath('/console/queues?sort=name', ORIGIN)).toBe('/console/queues?sort=name');
  expect(ownPath('/desk/', ORIGIN)).toBe('/desk/');
  expect(ownPath('/console/sign-ins', ORIGIN)).toBe('/console/sign-ins');
});

it.each([
  '//evil.example.org/console/',
  'https://evil.example.org/console/',
  '/\\evil.example.org/console/',
  'javascript:alert(1)',
  '/console/../session',
  '/console/sign-in?to=/console/sign-in',
  '/graphql',
  'console/queues',
  '',
])('leads nowhere with %j', (wanted) => expect(ownPath(wanted, ORIGIN)).toBeNull());

it('whatever is wanted, the answer stays on this origin', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string(),
        fc.string().map((rest) => `/console/${rest}`),
      ),
      (wanted) => {
        const path = ownPath(wanted, ORIGIN);
        if (path !== null) expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
      },
    ),
  );
});
