/** On or off, with effect at once. */
import { Switch as Track } from 'react-aria-components/Switch';

interface SwitchProps {
  label: string;
  value: boolean;
  onChange: (value: boolean) => void;
  disabled: boolean;
}

export const Switch = ({ label, value, onChange, disabled }: SwitchProps) => (
  <Track className="switch" aria-label={label} isSelected={value} isDisabled={disabled} onChange={onChange}>
    <span className="switch-track" aria-hidden="true" />
  </Track>
);
