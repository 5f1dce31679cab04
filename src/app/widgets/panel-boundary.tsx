import { Component, type ReactNode } from 'react'
import shared from './shared.module.css'

interface Props {
  /** What the panel shows, for the sentence: “The chart of losses”. */
  name: string
  children: ReactNode
}

/** Keeps a panel that fails from taking the page, and the run, with it. */
export class PanelBoundary extends Component<Props, { failure?: string }> {
  override state: { failure?: string } = {}

  static getDerivedStateFromError(error: unknown) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    const { failure } = this.state
    if (failure === undefined) return this.props.children
    return (
      <div className={shared.failed}>
        <p>
          {this.props.name} cannot be shown ({failure}). Training goes on.
        </p>
        <button type="button" className={shared.button} onClick={() => this.setState({ failure: undefined })}>
          Show it again
        </button>
      </div>
    )
  }
}
