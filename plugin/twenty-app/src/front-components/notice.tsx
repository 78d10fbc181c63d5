/** A message in the place of the frame. */
import { type CSSProperties } from 'react';

const page: CSSProperties = {
  alignItems: 'center',
  background: 'var(--t-background-primary)',
  boxSizing: 'border-box',
  color: 'var(--t-font-color-secondary)',
  display: 'flex',
  flexDirection: 'column',
  fontFamily: 'var(--t-font-family)',
  fontSize: 'var(--t-font-size-md)',
  gap: 'var(--t-spacing-3)',
  height: '100%',
  justifyContent: 'center',
  lineHeight: 1.5,
  minHeight: '240px',
  padding: 'var(--t-spacing-6)',
  textAlign: 'center',
};

const title: CSSProperties = {
  color: 'var(--t-font-color-primary)',
  fontSize: 'var(--t-font-size-lg)',
  fontWeight: 'var(--t-font-weight-semi-bold)',
};

const button: CSSProperties = {
  background: 'var(--t-background-secondary)',
  border: '1px solid var(--t-border-color-medium)',
  borderRadius: 'var(--t-border-radius-sm)',
  color: 'var(--t-font-color-primary)',
  cursor: 'pointer',
  font: 'inherit',
  fontWeight: 'var(--t-font-weight-medium)',
  padding: 'var(--t-spacing-2) var(--t-spacing-4)',
};

interface Props {
  heading?: string;
  text: string;
  action?: { label: string; run: () => void };
}

export const Notice = ({ heading, text, action }: Props) => (
  <div style={page} role={heading ? 'alert' : 'status'}>
    {heading && <div style={title}>{heading}</div>}
    <div style={{ maxWidth: '480px', overflowWrap: 'anywhere' }}>{text}</div>
    {action && (
      <button type="button" style={button} onClick={action.run}>
        {action.label}
      </button>
    )}
  </div>
);
