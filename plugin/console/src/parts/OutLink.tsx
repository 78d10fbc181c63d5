/** A way out of the console to the CRM. In a frame of the CRM, what a link opens could not sign in: there only the words stand. */
import { isFramed } from '@patchbay/pages/frame';

export function OutLink({ href, children }: { href: string; children: string }) {
  if (isFramed()) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
