/** What has just been done, with the way back where there is one; each goes away by itself. */
import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { problemOf } from './problem';

export interface Toast {
  text: string;
  /** Takes it back; where it fails, the toast says why. */
  undo?: { label: string; run: () => Promise<unknown> };
}

interface Shown extends Toast {
  key: number;
}

const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

export const useToast = (): ((toast: Toast) => void) => useContext(ToastContext);

const STAYS_MS = 8_000;

function ToastCard({ toast, gone }: { toast: Shown; gone: (key: number) => void }) {
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => gone(toast.key), STAYS_MS);
    return () => clearTimeout(timer);
  }, [toast.key, gone, failed]);
  const undo = toast.undo;
  return (
    <li className="toast">
      <span>{failed ?? toast.text}</span>
      {undo && (
        <button
          type="button"
          className="button on-dark small"
          disabled={busy}
          onClick={() => {
            setBusy(true);
            undo.run().then(
              () => gone(toast.key),
              (error: unknown) => {
                setBusy(false);
                setFailed(problemOf(error).message);
              },
            );
          }}
        >
          {undo.label}
        </button>
      )}
    </li>
  );
}

let lastKey = 0;

export function Toasts({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([]);
  const show = useCallback((toast: Toast) => {
    lastKey += 1;
    const key = lastKey;
    // Two at most: more would be a log, and nobody reads one while working.
    setShown((before) => [...before, { ...toast, key }].slice(-2));
  }, []);
  const gone = useCallback((key: number) => setShown((before) => before.filter((toast) => toast.key !== key)), []);
  return (
    <ToastContext value={show}>
      {children}
      <ul className="toasts" role="status" aria-live="polite">
        {shown.map((toast) => (
          <ToastCard key={toast.key} toast={toast} gone={gone} />
        ))}
      </ul>
    </ToastContext>
  );
}
