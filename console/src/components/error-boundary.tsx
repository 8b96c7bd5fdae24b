import { Component, type ReactNode } from 'react';
import { Failed } from './async-state.tsx';

interface Props {
  readonly children: ReactNode;
}

/** A part of the screen that broke says so and can be tried again; the rest goes on. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Failed error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}
