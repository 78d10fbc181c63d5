/** Nobody stands in front of a wall to reload it: after a defect in drawing, the page says so and starts anew. */
import { Component, type ReactNode } from 'react';
import { Message } from './message';

const RELOAD_AFTER_MS = 10_000;

export class SafetyNet extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(): void {
    setTimeout(() => location.reload(), RELOAD_AFTER_MS);
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return <Message title="The board could not be drawn">This page starts anew in a few seconds.</Message>;
  }
}
