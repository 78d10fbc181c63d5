/** The routes, and what stands around every page: the person's session, the language of the components, the address. */
import { useState } from 'react';
import { ApolloProvider } from '@apollo/client/react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createBrowserRouter, createMemoryRouter, RouterProvider, type RouteObject } from 'react-router';
import { isFramed } from '@patchbay/pages/frame';
import { framePath } from './frame';
import { speech } from './language';
import { brought } from './parts/later';
import { PageFailed } from './parts/States';
import { PLACES, type Place } from './places';
import { openClient } from './session';
import { Shell } from './Shell';

/** A part that was loaded for an address. */
const part =
  (load: Place['page']): RouteObject['lazy'] =>
  async () => ({ Component: (await brought(load)).default });

const routes: RouteObject[] = [
  { path: 'sign-in', lazy: part(() => import('./pages/SignIn')), HydrateFallback: () => null, ErrorBoundary: PageFailed },
  {
    Component: Shell,
    HydrateFallback: () => null,
    ErrorBoundary: PageFailed,
    children: [
      {
        ErrorBoundary: PageFailed,
        children: PLACES.flatMap(({ path, page, record }) => [
          { path, lazy: part(page) },
          ...(record ? [{ path: `${path}/:id`, lazy: part(record) }] : []),
        ]),
      },
      { path: 'in-crm/:id', lazy: part(() => import('./pages/RecordOfCrm')), ErrorBoundary: PageFailed },
      { path: 'sign-ins', lazy: part(() => import('./pages/MySessions')), ErrorBoundary: PageFailed },
      { path: '*', lazy: part(() => import('./pages/NotFound')) },
    ],
  },
];

/** A frame without an origin may not change its address. */
const openRouter = () =>
  isFramed()
    ? createMemoryRouter(routes, { basename: '/console', initialEntries: [`/console/${framePath()}`] })
    : createBrowserRouter(routes, { basename: '/console' });

export function App() {
  const [router] = useState(openRouter);
  const [client] = useState(openClient);
  return (
    <I18nProvider locale={speech()}>
      <ApolloProvider client={client}>
        <RouterProvider router={router} />
      </ApolloProvider>
    </I18nProvider>
  );
}
