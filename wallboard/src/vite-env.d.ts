/** What the compiler should know besides: Vite's own types, and CSS variables in a style. */
/// <reference types="vite/client" />
import 'react';

declare module 'react' {
  interface CSSProperties {
    [property: `--${string}`]: string | number;
  }
}
