import { Component, type ErrorInfo, type ReactNode } from 'react'
import { type WithTranslation, withTranslation } from 'react-i18next'
import { toStudioError } from '../../domain/errors.ts'
import { Button } from '../ui/button.tsx'
import { ErrorBox } from '../ui/states.tsx'

interface Props extends WithTranslation {
  readonly onCaught: (thrown: unknown, info: ErrorInfo) => void
  readonly children: ReactNode
}

interface State {
  readonly thrown: { readonly value: unknown } | null
}

/** A screen that breaks takes itself down, not the studio: jobs go on in main. */
class Boundary extends Component<Props, State> {
  override state: State = { thrown: null }

  static getDerivedStateFromError(value: unknown): State {
    return { thrown: { value } }
  }

  override componentDidCatch(thrown: unknown, info: ErrorInfo): void {
    this.props.onCaught(thrown, info)
  }

  override render(): ReactNode {
    const { thrown } = this.state
    if (thrown === null) return this.props.children
    const { t } = this.props
    const error = toStudioError(thrown.value)
    return (
      <div className="empty">
        <h2>{t('broken')}</h2>
        <ErrorBox
          error={error}
          actions={<Button onClick={() => this.setState({ thrown: null })}>{t('tryAgain')}</Button>}
        />
      </div>
    )
  }
}

export const ErrorBoundary = withTranslation()(Boundary)
