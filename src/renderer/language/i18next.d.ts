import 'i18next'
import type { ENGLISH } from './en/messages.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'studio'
    resources: typeof ENGLISH
  }
}
