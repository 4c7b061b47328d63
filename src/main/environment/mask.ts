const MASK = '***'

/** `scheme://user:` and all up to the last `@` before a query: a password that holds `/` or `@` unescaped is covered too. */
const USER_AND_PASSWORD = /([a-z][a-z\d+.-]*:\/\/)([^\s:@/?#]*):([^\s?"]*)@/gi

/** Parameters of a query that are secrets by their name, e.g. `tlsCertificateKeyFilePassword` or `api_key`. */
const SECRET_PARAMETER =
  /([?&;][^=&\s"]*(?:password|secret|token|key|credential|authmechanismproperties)[^=&\s"]*=)[^&\s"]+/gi

/** The text with passwords of the addresses in it replaced by `***`. */
export function maskAddresses(text: string): string {
  return text.replace(USER_AND_PASSWORD, `$1$2:${MASK}@`).replace(SECRET_PARAMETER, `$1${MASK}`)
}

/** A value as it may be shown; see `VariableFacts.secret`. */
export function maskValue(value: string, secret: 'no' | 'whole' | 'address'): string {
  switch (secret) {
    case 'no':
      return value
    case 'whole':
      return MASK
    case 'address':
      return maskAddresses(value)
  }
}
