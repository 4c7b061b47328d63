import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import './states.css'

interface PictureProps {
  readonly src: string
  readonly alt: string
  readonly fit?: 'contain' | 'cover'
  readonly className?: string
}

type Loading = 'loading' | 'shown' | 'lost'

/** A picture of the store: a skeleton of its size until it is there, words where it is not. */
export function Picture({ src, alt, fit = 'contain', className = '' }: PictureProps) {
  const { t } = useTranslation()
  const [{ of, loading }, setState] = useState<{ of: string; loading: Loading }>({ of: src, loading: 'loading' })
  const state = of === src ? loading : 'loading'
  return (
    <div className={`picture ${className}`} data-fit={fit}>
      {state === 'loading' && <div className="skeleton" />}
      {state === 'lost' ? (
        <div className="picture-lost">{t('pictureLost')}</div>
      ) : (
        <img
          src={src}
          alt={alt}
          draggable={false}
          decoding="async"
          onLoad={() => setState({ of: src, loading: 'shown' })}
          onError={() => setState({ of: src, loading: 'lost' })}
        />
      )}
    </div>
  )
}
